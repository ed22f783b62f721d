import { createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { digestOf, isSecret, type SecretDigest } from './secrets.js';

export const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

const grant = z.enum(['client_credentials', 'authorization_code', 'refresh_token', JWT_BEARER]);
export type Grant = z.infer<typeof grant>;

function readPublicKey(pem: string, context: z.RefinementCtx): KeyObject {
  try {
    return createPublicKey(pem);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be a public key or a certificate in PEM form' });
    return z.NEVER;
  }
}

/** An OAuth client, as it is registered. */
const clientRegistration = z
  .strictObject({
    id: z.string().regex(/^[\x21-\x7e]{1,128}$/, 'must be 1 to 128 visible ASCII characters'),
    /** Absent: a public client, which proves itself by PKCE or a signed token. */
    secret: z.string().min(1).optional(),
    grants: z.array(grant).readonly().default(grant.options),
    redirectUris: z.array(z.url()).readonly().default([]),
    /** Scopes that it may ask for; absent: any. */
    scopes: z.array(z.string().min(1)).readonly().optional(),
    /** Public keys or certificates (PEM) that verify the assertions of the JWT bearer grant. */
    publicKeys: z.array(z.string().transform(readPublicKey)).readonly().default([]),
  })
  .readonly();
export type ClientRegistration = z.input<typeof clientRegistration>;

/** Credentials for requests without OAuth. */
const accountRegistration = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('basic'), name: z.string().min(1), password: z.string().min(1) }),
    z.strictObject({ kind: z.literal('apiKey'), name: z.string().min(1), key: z.string().min(1) }),
  ])
  .readonly();
export type AccountRegistration = z.input<typeof accountRegistration>;

export interface RegisteredClient {
  readonly id: string;
  readonly secret: SecretDigest | undefined;
  readonly grants: readonly Grant[];
  readonly redirectUris: readonly string[];
  readonly scopes: readonly string[] | undefined;
  readonly publicKeys: readonly KeyObject[];
}

/** Who may talk to the external system. Of secrets it keeps digests only. */
export class Registry {
  readonly #clients = new Map<string, RegisteredClient>();
  readonly #passwords = new Map<string, SecretDigest>();
  readonly #keys = new Map<string, SecretDigest>();

  /**
   * Adds a client, or replaces the one with that id. Throws ZodError.
   * @param registration a ClientRegistration, not checked yet
   * @returns its id
   */
  public registerClient(registration: unknown): string {
    const { secret, ...client } = clientRegistration.parse(registration);
    const digest = secret === undefined ? undefined : digestOf(secret);
    this.#clients.set(client.id, { ...client, scopes: client.scopes, secret: digest });
    return client.id;
  }

  /**
   * Adds a user or an API key, or replaces the one with that name. Throws ZodError.
   * @param registration an AccountRegistration, not checked yet
   * @returns its name
   */
  public registerAccount(registration: unknown): string {
    const account = accountRegistration.parse(registration);
    switch (account.kind) {
      case 'basic':
        this.#passwords.set(account.name, digestOf(account.password));
        break;
      case 'apiKey':
        this.#keys.set(account.name, digestOf(account.key));
        break;
    }
    return account.name;
  }

  public client(id: string): RegisteredClient | undefined {
    return this.#clients.get(id);
  }

  public clientIds(): readonly string[] {
    return [...this.#clients.keys()];
  }

  public removeClient(id: string): boolean {
    return this.#clients.delete(id);
  }

  public isPassword(name: string, password: string): boolean {
    const digest = this.#passwords.get(name);
    return digest !== undefined && isSecret(password, digest);
  }

  /** Name of the API key. */
  public apiKeyOwner(key: string): string | undefined {
    for (const [name, digest] of this.#keys) if (isSecret(key, digest)) return name;
    return undefined;
  }
}
