import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sync as writeFileAtomicSync } from 'write-file-atomic';
import {
  secretFile,
  type CredentialValue,
  type PrincipalKey,
  type PrincipalRecord,
  type SecretFile,
  type StoredToken,
} from './records.js';

/** The file with the secrets of an org cannot be read. The message says nothing of what is in it. */
export class SecretFileError extends Error {
  public override readonly name = 'SecretFileError';
}

export type CredentialValues = Readonly<Record<string, CredentialValue>>;

const FILE = 'secrets.json';
const OWNER_ONLY = 0o600;
const KEY_BITS = 2048;
const EMPTY: SecretFile = { version: 1, principals: [], providers: [], keys: [] };

/**
 * Secrets of an org: what principals and identity providers were given, tokens, private keys of certificates. They are kept in memory, and
 * below a data folder in a file that only its owner reads. Nothing else may hold them: no journal, log, error or answer.
 */
export class SecretStore {
  readonly #path: string | undefined;
  readonly #principals = new Map<string, PrincipalRecord>();
  readonly #providers = new Map<string, Readonly<Record<string, string>>>();
  readonly #keys = new Map<string, KeyObject>();

  /** @param dataDir folder that keeps the org; undefined: memory only. Throws SecretFileError. */
  public constructor(dataDir: string | undefined) {
    this.#path = dataDir === undefined ? undefined : join(dataDir, FILE);
    const { principals, providers, keys } = this.#path === undefined ? EMPTY : readSecrets(this.#path);
    for (const record of principals) this.#principals.set(textOf(record.key), record);
    for (const { name, values } of providers) this.#providers.set(name, values);
    for (const { certificate, privateKey } of keys) this.#keys.set(certificate, createPrivateKey(privateKey));
  }

  public principal(key: PrincipalKey): PrincipalRecord | undefined {
    return this.#principals.get(textOf(key));
  }

  /** Replaces what a principal was given; its token goes with what it was issued for. */
  public putValues(key: PrincipalKey, values: CredentialValues): void {
    this.#principals.set(textOf(key), { key, values: { ...values } });
    this.#save();
  }

  public putToken(key: PrincipalKey, token: Omit<StoredToken, 'revision'>): StoredToken {
    const before = this.principal(key);
    const next = { ...token, revision: (before?.token?.revision ?? 0) + 1 };
    this.#principals.set(textOf(key), { key, values: before?.values ?? {}, token: next });
    this.#save();
    return next;
  }

  public remove(key: PrincipalKey): boolean {
    const removed = this.#principals.delete(textOf(key));
    if (removed) this.#save();
    return removed;
  }

  /** Deletes the secrets of principals that are gone (PLATFORM 1.6). */
  public prune(exists: (key: PrincipalKey) => boolean): void {
    const gone = [...this.#principals.values()].filter(({ key }) => !exists(key));
    for (const { key } of gone) this.#principals.delete(textOf(key));
    if (gone.length > 0) this.#save();
  }

  /** `clientId` and `clientSecret` of an identity provider. */
  public provider(name: string): Readonly<Record<string, string>> | undefined {
    return this.#providers.get(name.toLowerCase());
  }

  public putProvider(name: string, values: Readonly<Record<string, string>>): void {
    this.#providers.set(name.toLowerCase(), { ...values });
    this.#save();
  }

  /** The private key of a certificate, made when it is first needed. */
  public privateKey(certificate: string): KeyObject {
    const name = certificate.toLowerCase();
    let key = this.#keys.get(name);
    if (key === undefined) {
      key = generateKeyPairSync('rsa', { modulusLength: KEY_BITS }).privateKey;
      this.#keys.set(name, key);
      this.#save();
    }
    return key;
  }

  /** The public key of a certificate (SPKI, PEM), for whoever verifies what it signs. */
  public publicKey(certificate: string): string {
    return createPublicKey(this.privateKey(certificate)).export({ type: 'spki', format: 'pem' }).toString();
  }

  #save(): void {
    if (this.#path === undefined) return;
    const content: SecretFile = {
      version: 1,
      principals: [...this.#principals.values()],
      providers: [...this.#providers].map(([name, values]) => ({ name, values })),
      keys: [...this.#keys].map(([certificate, key]) => ({
        certificate,
        privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
      })),
    };
    writeFileAtomicSync(this.#path, JSON.stringify(content), { mode: OWNER_ONLY });
  }
}

/** Names ignore case, as everywhere in an org. */
function textOf({ externalCredential, principalType, principalName, userId = '' }: PrincipalKey): string {
  return [externalCredential.toLowerCase(), principalType, principalName.toLowerCase(), userId].join('\0');
}

function readSecrets(path: string): SecretFile {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return EMPTY;
    throw error;
  }
  // Neither parser's message is passed on: both quote what they read.
  const unreadable = new SecretFileError(
    `${path} cannot be read, so the org was not started. Remove it to start without secrets.`,
  );
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw unreadable;
  }
  const { data } = secretFile.safeParse(parsed);
  if (data === undefined) throw unreadable;
  return data;
}
