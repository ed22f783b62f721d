import { fileURLToPath } from 'node:url';
import { loadProject } from '../../../generator/src/pipeline/index.js';
import { connectExternal } from '../../../generator/src/prove/index.js';
import type { BehaviourInput, ExternalSystem } from '../../../local-org/src/index.js';
import { Place, USERS } from './place.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const ACCESS = fileURLToPath(new URL('../metadata/record-access', import.meta.url));
const HOUR = 3_600_000;
/** The receiver's clock follows the org's in steps of this length. */
const STEP_MILLISECONDS = 15_000;
const MOST_STEPS = (2 * HOUR) / STEP_MILLISECONDS;

/** What became of the deliveries of some changes. */
export interface Deliveries {
  /** Statuses of the rows of the outbox. */
  readonly statuses: readonly string[];
  /** What changed something at the receiver, in order. */
  readonly applied: ReturnType<ExternalSystem['requests']>;
}

/** The generated design of the sample project in a place of its own; deployed once, used for one cause after the other. */
export class GeneratedDesign {
  private changes = 0;

  private constructor(readonly place: Place) {}

  static async deploy(): Promise<GeneratedDesign> {
    const { project } = await loadProject(`${ROOT}config`);
    if (project === undefined) throw new Error('the sample project has errors');
    const place = await Place.start();
    await place.deploy([`${ROOT}force-app`, ACCESS]);
    await connectExternal({
      org: place.org,
      receiver: place.receiver,
      integrations: project.integrations,
      integrationUser: USERS.integration,
    });
    // Who changes records has no part in the callouts: access to the records, and to no credential.
    for (const user of [USERS.sales, USERS.automation])
      for (const set of ['Record_Access', 'Callout_Samples']) await place.grant(user, set);
    return new GeneratedDesign(place);
  }

  /** Forgets all earlier deliveries and tokens, and lets the receiver behave in some way. */
  async begin(behaviour: BehaviourInput = {}): Promise<void> {
    const { admin } = this.place;
    for (const { Id: id } of await admin.query('SELECT Id FROM CalloutQueue__c'))
      await admin.data('DELETE', `/sobjects/CalloutQueue__c/${String(id)}`);
    this.place.resetReceiver(behaviour);
  }

  /** New accounts, of which nothing is sent before they change. */
  accounts(count: number): Promise<readonly string[]> {
    return this.place.insert(
      'Account',
      Array.from({ length: count }, (_, at) => ({ Name: `Account ${at}` })),
    );
  }

  change(username: string, ids: readonly string[]): Promise<void> {
    this.changes += 1;
    return this.place.change(username, 'Account', ids, { Name: `Changed ${this.changes}` });
  }

  /** Runs what is due, and goes ahead until nothing waits any more, for some hours at most; and then once more, for what might come twice. */
  async deliver(): Promise<Deliveries> {
    const { place } = this;
    await place.advance(0);
    for (let at = 0; at < MOST_STEPS && (await this.isWaiting()); at++) await place.advance(STEP_MILLISECONDS);
    await place.advance(HOUR);
    const rows = await place.admin.query('SELECT Status__c FROM CalloutQueue__c ORDER BY Id');
    return {
      statuses: rows.map((row) => String(row['Status__c'])),
      applied: place.receiver.requests({ outcome: 'applied' }).filter(({ method }) => method !== 'GET'),
    };
  }

  private async isWaiting(): Promise<boolean> {
    const waiting = "SELECT Id FROM CalloutQueue__c WHERE Status__c IN ('Pending', 'In Flight') LIMIT 1";
    return (await this.place.admin.query(waiting)).length > 0;
  }
}
