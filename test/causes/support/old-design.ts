import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { BehaviourInput } from '../../../local-org/src/index.js';
import type { OrgClient } from '../../../generator/src/org-client/index.js';
import { Place } from './place.js';

const HOST = 'https://erp.example.com';
const CLIENT = 'salesforce';
const PROVIDER = 'ErpLogin';
const NAMED = { externalCredential: 'Erp', principalName: 'Integration', principalType: 'NamedPrincipal' } as const;

/** Files of the design that the failure was reported of, and of its variations. */
export const OLD = {
  whole: metadata('../../old-design/metadata'),
  flow: metadata('../../old-design/metadata/flows'),
  service: metadata('../../old-design/metadata/externalServiceRegistrations'),
  namedCredential: metadata('../../old-design/metadata/namedCredentials'),
  namedPrincipal: metadata('../metadata/named-principal'),
  readOnlyCredential: metadata('../metadata/read-only-credential'),
  sequence: metadata('../metadata/sequence'),
  calloutInTrigger: metadata('../metadata/callout-in-trigger'),
  immediatePath: metadata('../metadata/immediate-path'),
} as const;

function metadata(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

/** An old design in a place of its own. */
export class OldDesign {
  private changes = 0;

  private constructor(readonly place: Place) {}

  static async deploy(paths: readonly string[], behaviour: BehaviourInput = {}): Promise<OldDesign> {
    const place = await Place.start();
    const { receiver } = place;
    place.resetReceiver(behaviour);
    await place.admin.request('PUT', '/callout/routes', [
      { from: HOST, to: receiver.url },
      { from: `${HOST}/oauth2/token`, to: receiver.tokenUrl },
      { from: `${HOST}/oauth2/authorize`, to: receiver.authorizeUrl },
    ]);
    await place.deploy(paths);
    await place.watchFaults();
    const old = new OldDesign(place);
    await (paths.includes(OLD.whole) ? old.registerProvider() : old.storeClient());
    return old;
  }

  /** Logs a user in to the receiver in a browser. */
  async logIn(client: OrgClient): Promise<void> {
    const answer = await client.data('POST', '/named-credentials/credential/auth-url/o-auth', {
      externalCredential: 'Erp',
      principalName: 'Users',
      principalType: 'PerUserPrincipal',
    });
    const response = await fetch(String(Object(answer).authenticationUrl));
    if (!response.ok) throw new Error(`the login ended with HTTP ${response.status}`);
  }

  accounts(count: number): Promise<readonly string[]> {
    return this.place.insert(
      'Account',
      Array.from({ length: count }, (_, at) => ({ Name: `Account ${at}` })),
    );
  }

  /** Saves changes of accounts as a user, and runs what follows. */
  async change(username: string, ids: readonly string[]): Promise<void> {
    await this.save(username, ids);
    await this.settle();
  }

  save(username: string, ids: readonly string[]): Promise<void> {
    this.changes += 1;
    return this.place.change(username, 'Account', ids, { Name: `Changed ${this.changes}` });
  }

  /** Runs what is due now. Nothing in an old design waits for later. */
  settle(): Promise<void> {
    return this.place.advance(0);
  }

  /** Accounts that the receiver has stored, in the order of their arrival. */
  stored(): readonly string[] {
    const paths = this.place.receiver.requests({ outcome: 'applied', method: 'PUT' }).map(({ path }) => path);
    return [...new Set(paths.map((path) => path.replace('/api/accounts/', '')))];
  }

  private async registerProvider(): Promise<void> {
    const secret = newSecret();
    this.place.receiver.registerClient({
      id: CLIENT,
      secret,
      grants: ['authorization_code', 'refresh_token'],
      redirectUris: [new URL(`/services/authcallback/${PROVIDER}`, this.place.org.url).href],
    });
    await this.place.admin.data('POST', `/named-credentials/external-auth-identity-provider-credentials/${PROVIDER}`, {
      credentials: [
        { credentialName: 'clientId', credentialValue: CLIENT },
        { credentialName: 'clientSecret', credentialValue: secret },
      ],
    });
  }

  /** Stores the secret, and asks for the first token as an administrator does in Setup. */
  private async storeClient(): Promise<void> {
    const secret = newSecret();
    this.place.receiver.registerClient({ id: CLIENT, secret, grants: ['client_credentials'] });
    await this.place.admin.data('PUT', '/named-credentials/credential', {
      ...NAMED,
      authenticationProtocol: 'OAuth',
      credentials: {
        clientId: { value: CLIENT, encrypted: false },
        clientSecret: { value: secret, encrypted: true },
      },
    });
    await this.place.admin.data('POST', '/named-credentials/credential?action=Refresh', NAMED);
  }
}

function newSecret(): string {
  return randomBytes(24).toString('base64url');
}
