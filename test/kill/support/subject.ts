import { expect } from 'chai';
import { z } from 'zod';
import type { Integration } from '../../../generator/src/model/index.js';
import { OrgClient, type OrgAddress } from '../../../generator/src/org-client/index.js';
import { setUpIntegrations, startCounterpart, type Counterpart } from '../../../generator/src/prove/index.js';
import type { ExternalSystem } from '../../../local-org/src/index.js';
import { accountSync, INTEGRATION_USER } from './account-sync.js';

const saved = z.array(z.object({ id: z.string(), success: z.literal(true) }));
const clock = z.object({ now: z.string() });
const body = z.object({ externalId: z.string() });

type Outcome = NonNullable<Parameters<ExternalSystem['requests']>[0]>['outcome'];

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** A local org with the sample integration, and the external system that it calls. The org may be another process after a while. */
export class Subject {
  #org: OrgClient;
  /** Number of the newest request that does not matter any more. */
  #seen = 0;

  private constructor(
    org: OrgClient,
    private readonly counterpart: Counterpart,
    private readonly integration: Integration,
  ) {
    this.#org = org;
  }

  /** Sets up an org to which the integration is deployed, as an administrator does. */
  static async of(address: OrgAddress): Promise<Subject> {
    const integration = await accountSync();
    const counterpart = await startCounterpart([integration], address.url);
    // Other tests are about sessions that end; here each request that is counted is one that was let in.
    counterpart.system.configure({ token: { lifetimeSeconds: 3600 } });
    const subject = new Subject(new OrgClient(address), counterpart, integration);
    await subject.route();
    await setUpIntegrations(subject.org, counterpart, {
      integrations: [integration],
      integrationUser: INTEGRATION_USER,
    });
    return subject;
  }

  get org(): OrgClient {
    return this.#org;
  }

  get system(): Counterpart['system'] {
    return this.counterpart.system;
  }

  /** Goes on with the org in its next process. */
  reconnect(address: OrgAddress): void {
    this.#org = new OrgClient(address);
  }

  /** Leads the callouts of the org to the external system. */
  async route(): Promise<void> {
    await this.#org.request('PUT', '/callout/routes', this.counterpart.routes);
  }

  /** The org's time, milliseconds since 1970. */
  async now(): Promise<number> {
    return Date.parse(clock.parse(await this.#org.request('GET', '/callout/clock')).now);
  }

  /** Runs everything that is due, now and within some time. */
  async advance(milliseconds: number): Promise<void> {
    await this.#org.request('POST', '/callout/clock/advance', { milliseconds });
  }

  /** Inserts accounts and changes all of them in one request: one delivery each. Their Ids. */
  async changeAccounts(count: number): Promise<readonly string[]> {
    const records = Array.from({ length: count }, (_, at) => ({
      attributes: { type: 'Account' },
      Name: `Customer ${String(at)}`,
    }));
    const ids = saved.parse(await this.#org.data('POST', '/composite/sobjects', { records })).map(({ id }) => id);
    const changes = ids.map((id) => ({ attributes: { type: 'Account' }, id, Phone: '+1 555 0100' }));
    saved.parse(await this.#org.data('PATCH', '/composite/sobjects', { records: changes }));
    return ids;
  }

  /** Deletes all rows of the queue, and looks only at later requests from now on. */
  async startAnew(): Promise<void> {
    await this.deleteAll('CalloutQueue__c');
    this.#seen = this.system.requests().at(-1)?.sequence ?? 0;
  }

  async deleteAll(object: string): Promise<void> {
    for (const { Id: id } of await this.#org.query(`SELECT Id FROM ${object}`))
      await this.#org.data('DELETE', `/sobjects/${object}/${String(id)}`);
  }

  /** What the external system received. */
  requests(outcome?: Outcome): ReturnType<ExternalSystem['requests']> {
    return this.system.requests({ after: this.#seen, outcome });
  }

  /** Fails unless the deliveries of exactly these accounts have succeeded, and the external system has applied each of them once. */
  async expectDeliveredOnce(accounts: readonly string[]): Promise<void> {
    const rows = await this.#org.query(
      'SELECT Record_Id__c, Status__c, Idempotency_Key__c, Attempts__c, Last_Error__c FROM CalloutQueue__c ' +
        `WHERE Integration__c = '${this.integration.apiName}'`,
    );
    const unfinished = rows.filter(({ Status__c }) => Status__c !== 'Succeeded');
    expect(unfinished, 'rows that are not delivered').to.deep.equal([]);
    const applied = this.requests('applied');
    const externalIds = applied.map((request) => body.parse(JSON.parse(request.body)).externalId);
    expect(rows.map((row) => row['Record_Id__c']).toSorted(), 'queued').to.deep.equal(accounts.toSorted());
    expect(externalIds.toSorted(), 'applied').to.deep.equal(accounts.toSorted());
    const keys = applied.map(({ idempotencyKey }) => idempotencyKey);
    expect(keys.toSorted(), 'keys').to.deep.equal(rows.map((row) => row['Idempotency_Key__c']).toSorted());
  }
}
