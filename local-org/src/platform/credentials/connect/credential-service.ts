import type { CredentialValue, PrincipalKey, SecretStore } from '../../secrets/index.js';
import { CalloutFailure } from '../../../apex/runtime/index.js';
import { keyOf, mayStoreTokens } from '../callout/principal.js';
import { credentialField } from '../callout/credential-fields.js';
import type { CredentialCatalog } from '../metadata/catalog.js';
import type { ExternalCredential, Principal } from '../metadata/model.js';
import { toStored, type TokenSource } from '../oauth/token-source.js';
import type { CredentialWorld } from '../world.js';
import { allowedValues } from './allowed-values.js';
import { ConnectError, invalidInput, noAccess, notThere } from './connect-error.js';
import type { CredentialInput, CredentialReference, ProviderInput } from './inputs.js';
import {
  connectProtocol,
  credentialOutput,
  externalCredentialOutput,
  type CredentialOutput,
  type ExternalCredentialOutput,
} from './outputs.js';
import { statusOf } from './status.js';

export interface CredentialServiceParts {
  readonly catalog: CredentialCatalog;
  readonly secrets: SecretStore;
  readonly tokens: TokenSource;
  readonly world: CredentialWorld;
}

/** A principal that a request names. */
export interface FoundPrincipal {
  readonly external: ExternalCredential;
  readonly principal: Principal;
  readonly key: PrincipalKey;
}

/** Connect REST API: External Auth Identity Provider Credentials. */
export interface ProviderOutput {
  readonly credentials: readonly {
    readonly credentialName: string;
    readonly credentialValue: string | null;
    readonly encrypted: boolean;
  }[];
}

const REFRESH_TIMEOUT_MILLISECONDS = 10_000;
const PROVIDER_VALUES = [
  { name: 'clientId', encrypted: false },
  { name: 'clientSecret', encrypted: true },
];

/** What the Connect API's named-credentials resources do, without HTTP (PLATFORM 1.6). Every method throws ConnectError. */
export class CredentialService {
  readonly #parts: CredentialServiceParts;

  public constructor(parts: CredentialServiceParts) {
    this.#parts = parts;
  }

  public get(reference: CredentialReference, userId: string): CredentialOutput {
    return this.#output(this.find(reference, userId));
  }

  /** Gives a principal its first credentials. */
  public create(input: CredentialInput, userId: string): CredentialOutput {
    const found = this.#writable(input, userId);
    if (Object.keys(this.#parts.secrets.principal(found.key)?.values ?? {}).length > 0)
      throw new ConnectError(
        409,
        'CONFLICT',
        `Authentication credentials for the principal "${found.principal.name}" already exist. Use the PUT method to overwrite them.`,
      );
    return this.#store(found, input.credentials);
  }

  /** Replaces all credentials of a principal; what the request leaves out is gone. */
  public replace(input: CredentialInput, userId: string): CredentialOutput {
    return this.#store(this.#writable(input, userId), input.credentials);
  }

  /** Changes some credentials of a custom protocol. */
  public update(input: CredentialInput, userId: string): CredentialOutput {
    const found = this.#writable(input, userId);
    if (found.external.protocol.kind !== 'custom')
      throw invalidInput('PATCH is supported only for credentials with a custom authentication protocol.');
    const before = this.#parts.secrets.principal(found.key)?.values ?? {};
    return this.#store(found, { ...before, ...input.credentials });
  }

  /** @param names of a custom protocol; undefined deletes everything */
  public delete(reference: CredentialReference, names: readonly string[] | undefined, userId: string): void {
    const found = this.find(reference, userId);
    this.#requireRights(found, userId);
    const record = this.#parts.secrets.principal(found.key);
    if (record === undefined) throw notThere('The credential');
    if (names === undefined) {
      this.#parts.secrets.remove(found.key);
      return;
    }
    if (found.external.protocol.kind !== 'custom')
      throw invalidInput('authenticationParameters is supported only for custom authentication protocols.');
    const kept = Object.entries(record.values).filter(([name]) => !names.includes(name));
    this.#parts.secrets.putValues(found.key, Object.fromEntries(kept));
  }

  /** `?action=Refresh`: a new token for a principal of an OAuth credential. The body needs to name the principal only (PLATFORM section 6.5). */
  public async refresh(reference: CredentialReference, userId: string): Promise<CredentialOutput> {
    const found = this.find(reference, userId);
    this.#requireRights(found, userId);
    const { external, principal, key } = found;
    const { protocol } = external;
    if (protocol.kind !== 'clientCredentials' && protocol.kind !== 'browser' && protocol.kind !== 'jwtBearer')
      throw invalidInput(`Credentials of the authentication protocol ${connectProtocol(external)} can't be refreshed.`);
    const { secrets, tokens, world } = this.#parts;
    const record = secrets.principal(key);
    const proof = { external, record, token: record?.token, clientId: record?.values['clientId']?.value };
    try {
      const issued = await tokens.obtain({
        external,
        protocol,
        principal,
        record,
        formulas: {
          credential: (path) => credentialField(proof, path),
          global: (path) => world.global(userId, path),
          now: world.now(),
        },
        timeoutMs: REFRESH_TIMEOUT_MILLISECONDS,
      });
      if (issued === undefined) throw invalidInput('The credential has no refresh token.');
      secrets.putToken(key, toStored(issued));
    } catch (error) {
      if (error instanceof CalloutFailure) throw invalidInput(error.message);
      throw error;
    }
    return this.#output(found);
  }

  public externalCredential(name: string, userId: string): ExternalCredentialOutput {
    const external = this.#parts.catalog.externalCredential(name);
    if (external === undefined) throw notThere(`The external credential "${name}"`);
    return this.#describe(external, userId);
  }

  public externalCredentials(userId: string): readonly ExternalCredentialOutput[] {
    return this.#parts.catalog.externalCredentials().map((external) => this.#describe(external, userId));
  }

  public provider(name: string): ProviderOutput {
    this.#requireProvider(name);
    const stored = this.#parts.secrets.provider(name) ?? {};
    return {
      credentials: PROVIDER_VALUES.filter(({ name: value }) => stored[value] !== undefined).map(
        ({ name: value, encrypted }) => ({
          credentialName: value,
          credentialValue: encrypted ? null : (stored[value] ?? null),
          encrypted,
        }),
      ),
    };
  }

  /** @param replace false: there must be none yet */
  public putProvider(name: string, input: ProviderInput, replace: boolean, userId: string): ProviderOutput {
    this.#requireProvider(name);
    if (!this.#parts.world.rights(userId).modifyAll) throw noAccess();
    const values = Object.fromEntries(
      input.credentials.map(({ credentialName, credentialValue }) => [credentialName, credentialValue]),
    );
    if (Object.keys(values).some((given) => PROVIDER_VALUES.every(({ name: known }) => known !== given)))
      throw invalidInput('An external auth identity provider takes the credentials clientId and clientSecret.');
    if (!replace && this.#parts.secrets.provider(name) !== undefined)
      throw new ConnectError(
        409,
        'CONFLICT',
        `Credentials for "${name}" already exist. Use the PUT method to overwrite them.`,
      );
    this.#parts.secrets.putProvider(name, values);
    return this.provider(name);
  }

  /** The principal that a request names. A legacy named credential stands for its own, because there is no other way to give it a secret. */
  public find(reference: CredentialReference, userId: string): FoundPrincipal {
    const { externalCredential, principalName = '', principalType } = reference;
    const external = this.#parts.catalog.authentication(externalCredential);
    if (external === undefined) throw notThere(`The external credential "${externalCredential}"`);
    const principal = external.principals.find(
      ({ name, type }) =>
        type === principalType &&
        // A name is required for named principals only; the one principal of a legacy credential has none.
        (name.toLowerCase() === principalName.toLowerCase() ||
          external.legacy ||
          (type === 'PerUserPrincipal' && principalName === '')),
    );
    if (principal === undefined) throw notThere(`The ${principalType} "${principalName}"`);
    return { external, principal, key: keyOf(external.name, principal, userId) };
  }

  /** Whether the user may have credentials of the principal stored. */
  public mayWrite({ external, principal }: FoundPrincipal, userId: string): boolean {
    return mayStoreTokens(external, principal, userId, this.#parts.world);
  }

  #requireRights(found: FoundPrincipal, userId: string): void {
    if (!this.mayWrite(found, userId)) throw noAccess();
  }

  #writable(input: CredentialInput, userId: string): FoundPrincipal {
    const found = this.find(input, userId);
    const { external } = found;
    if (input.authenticationProtocol !== connectProtocol(external))
      throw invalidInput(`The authentication protocol of the external credential is ${connectProtocol(external)}.`);
    const variant = input.authenticationProtocolVariant ?? external.variant;
    if (variant !== external.variant)
      throw invalidInput(`The authentication protocol variant must match the external credential's.`);
    this.#requireRights(found, userId);
    requireAllowed(external, input.credentials);
    return found;
  }

  #store(found: FoundPrincipal, values: Readonly<Record<string, CredentialValue>>): CredentialOutput {
    this.#parts.secrets.putValues(found.key, values);
    return this.#output(found);
  }

  #output({ external, principal, key }: FoundPrincipal): CredentialOutput {
    const record = this.#parts.secrets.principal(key);
    return credentialOutput(external, principal, record, statusOf(external, record));
  }

  #describe(external: ExternalCredential, userId: string): ExternalCredentialOutput {
    const principals = external.principals.map((principal) => ({
      authenticationStatus: statusOf(external, this.#parts.secrets.principal(keyOf(external.name, principal, userId))),
      principalName: principal.name,
      principalType: principal.type,
      sequenceNumber: principal.sequence,
    }));
    const related = this.#parts.catalog
      .namedCredentials()
      .filter(
        ({ authentication }) =>
          'external' in authentication && authentication.external.toLowerCase() === external.name.toLowerCase(),
      );
    const id = this.#parts.world.componentId('ExternalCredential', external.name);
    return externalCredentialOutput(external, id, principals, related);
  }

  /** An AuthProvider's secret is entered in Setup; here the same resource takes it. */
  #requireProvider(name: string): void {
    const { catalog } = this.#parts;
    const found =
      catalog.provider({ kind: 'ExternalAuthIdentityProvider', name }) ??
      catalog.provider({ kind: 'AuthProvider', name });
    if (found === undefined) throw notThere(`The external auth identity provider "${name}"`);
  }
}

function requireAllowed(external: ExternalCredential, values: Readonly<Record<string, CredentialValue>>): void {
  const allowed = allowedValues(external);
  if (allowed === undefined) return;
  for (const [name, { encrypted }] of Object.entries(values)) {
    const known = allowed.find((value) => value.name === name);
    if (known === undefined)
      throw invalidInput(`The credential "${name}" isn't valid for this authentication protocol.`);
    if (known.encrypted !== encrypted)
      throw invalidInput(`The credential "${name}" must ${known.encrypted ? '' : 'not '}be encrypted.`);
  }
}
