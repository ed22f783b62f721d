import type { CalloutResponse, TraceEvent } from '../../../local-org/src/apex/runtime/index.js';
import {
  startExternalSystem,
  type BehaviourInput,
  type ExternalSystem,
} from '../../../local-org/src/external/index.js';
import type { Component } from '../../../local-org/src/model/index.js';
import {
  Credentials,
  type CredentialRights,
  type CredentialWorld,
} from '../../../local-org/src/platform/credentials/index.js';
import type { CredentialSettingsInput } from '../../../local-org/src/platform/settings/index.js';
import { SecretStore } from '../../../local-org/src/platform/secrets/index.js';
import { Routes, type Route } from '../../../local-org/src/platform/network/index.js';
import { orgOf } from './components.js';

export const USER = '005000000000001AAA';
export const OTHER = '005000000000002AAA';
export const CLIENT = { id: 'erp-client', secret: 'very-secret-value' };

export const ALL: CredentialRights = { read: true, create: true, edit: true, delete: true, modifyAll: true };
/** What most permission sets in the field grant (PLATFORM 1.5.2). */
export const READ_ONLY: CredentialRights = { read: true, create: false, edit: false, delete: false, modifyAll: false };
export const NONE: CredentialRights = { read: false, create: false, edit: false, delete: false, modifyAll: false };

export interface Request {
  readonly endpoint: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly timeoutMs?: number;
  readonly compressed?: boolean;
  readonly userId?: string;
}

export interface WorldOptions {
  readonly components: readonly Component[];
  readonly rights?: Readonly<Record<string, CredentialRights>>;
  /** Principals that every user may use; by default all. */
  readonly principals?: readonly string[];
  readonly settings?: CredentialSettingsInput;
  readonly routes?: readonly Route[];
  readonly dataDir?: string;
  readonly certificateAuthorities?: readonly string[];
}

/** An org's credentials without an org: components, permissions and settings are what a test says. */
export class TestOrg {
  readonly credentials: Credentials;
  readonly events: TraceEvent[] = [];
  components: readonly Component[];
  rights: Readonly<Record<string, CredentialRights>>;

  constructor(private readonly options: WorldOptions) {
    this.components = options.components;
    this.rights = options.rights ?? {};
    const routes = new Routes();
    routes.replace(options.routes ?? []);
    const world: CredentialWorld = {
      hasPrincipalAccess: (_user, name) => this.options.principals?.includes(name) ?? true,
      rights: (userId) => this.rights[userId] ?? ALL,
      global: (userId, path) =>
        ({ '$organization.id': '00D000000000001EAA', '$user.id': userId })[path.join('.').toLowerCase()],
      componentId: (type, name) => (type === 'NamedCredential' ? `0XA_${name}` : undefined),
      now: () => Date.now(),
    };
    this.credentials = new Credentials({
      org: () => orgOf(this.components),
      world,
      routes,
      settings: options.settings,
      secrets: new SecretStore(options.dataDir),
      orgUrl: () => 'http://127.0.0.1:1',
      certificateAuthorities: options.certificateAuthorities,
    });
    opened.push(this);
  }

  call({
    endpoint,
    method = 'POST',
    headers = {},
    body = '{}',
    timeoutMs = 10_000,
    compressed = false,
    userId = USER,
  }: Request): Promise<CalloutResponse> {
    return this.credentials.callouts(
      {
        endpoint,
        method,
        headers: Object.entries(headers),
        body: Buffer.isBuffer(body) ? body : Buffer.from(body, 'utf8'),
        timeoutMs,
        compressed,
      },
      { userId, requestId: 'TX1', trace: (event) => this.events.push(event) },
    );
  }

  /** What is deployed has changed. */
  deployed(): void {
    this.credentials.deployed(orgOf(this.components));
  }

  /** Gives a principal its secrets, as the Connect API does. */
  store(
    externalCredential: string,
    protocol: string,
    values: Readonly<Record<string, string>>,
    userId = USER,
    principalName: string | undefined = 'Integration',
    principalType = 'NamedPrincipal',
  ): void {
    const encrypted = new Set(['clientSecret', 'password', 'ApiKey']);
    this.credentials.service.replace(
      {
        externalCredential,
        principalName,
        principalType: principalType === 'PerUserPrincipal' ? 'PerUserPrincipal' : 'NamedPrincipal',
        authenticationProtocol: protocol === 'Basic' ? 'Basic' : protocol === 'Custom' ? 'Custom' : 'OAuth',
        credentials: Object.fromEntries(
          Object.entries(values).map(([name, text]) => [name, { value: text, encrypted: encrypted.has(name) }]),
        ),
      },
      userId,
    );
  }

  storeClient(externalCredential: string): void {
    this.store(externalCredential, 'OAuth', { clientId: CLIENT.id, clientSecret: CLIENT.secret });
  }
}

const opened: TestOrg[] = [];
const systems: ExternalSystem[] = [];

export async function external(behaviour: BehaviourInput = {}): Promise<ExternalSystem> {
  const system = await startExternalSystem({
    behaviour,
    clients: [{ ...CLIENT, redirectUris: ['http://127.0.0.1:1/services/authcallback/Idp'] }],
    accounts: [
      { kind: 'basic', name: 'user', password: 'pass' },
      { kind: 'apiKey', name: 'key', key: 'key-123' },
    ],
  });
  systems.push(system);
  return system;
}

export async function closeAll(): Promise<void> {
  for (const { credentials } of opened.splice(0)) credentials.close();
  await Promise.all(systems.splice(0).map((system) => system.close()));
}

/** Message of the failure of a callout. */
export async function failure(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error.message;
    throw error;
  }
  throw new Error('nothing failed');
}
