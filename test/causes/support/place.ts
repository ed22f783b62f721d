import { ComponentSet, MetadataConverter } from '@salesforce/source-deploy-retrieve';
import { strFromU8, unzipSync } from 'fflate';
import { setImmediate } from 'node:timers/promises';
import { OrgClient } from '../../../generator/src/org-client/index.js';
import { listen } from '../../../generator/src/watch/index.js';
import {
  createLocalOrg,
  startExternalSystem,
  type BehaviourInput,
  type ExternalSystem,
  type LocalOrg,
} from '../../../local-org/src/index.js';
import { Client } from '../../local-org/server/client.js';
import type { PackageFiles } from '../../local-org/support/packages.js';

const API_VERSION = '66.0';
const START = Date.parse('2026-03-02T09:00:00Z');

/** People and programs that change records, and the user as whom the generated design calls out. */
export const USERS = {
  sales: 'sales@causes.example',
  automation: 'automation@causes.example',
  integration: 'integration@callout.example',
} as const;

/** A local org and the receiver of its callouts, which share one virtual clock. */
export class Place {
  readonly admin: OrgClient;
  private readonly faultTexts: string[] = [];
  private readonly stop = new AbortController();
  private listening: Promise<void> | undefined;

  private constructor(
    readonly org: LocalOrg,
    readonly receiver: ExternalSystem,
    private readonly time: { now: number },
  ) {
    this.admin = new OrgClient(org);
  }

  static async start(): Promise<Place> {
    const time = { now: START };
    const receiver = await startExternalSystem({ seed: 1, now: () => time.now });
    const org = await createLocalOrg({
      alias: 'causes',
      users: Object.values(USERS),
      clock: 'virtual',
      now: () => new Date(START),
    });
    return new Place(org, receiver, time);
  }

  async close(): Promise<void> {
    this.stop.abort();
    await this.listening;
    await this.org.close();
    await this.receiver.close();
  }

  /** Deploys files and folders in source format, as the SF CLI would send them. */
  async deploy(paths: readonly string[]): Promise<void> {
    // The checks warn of what the old designs are here to show.
    await new Client(this.org).deploy(await packageOf(paths), { ignoreWarnings: true });
  }

  async grant(username: string, permissionSet: string): Promise<void> {
    const id = async (object: string, field: string, value: string): Promise<unknown> => {
      const [row] = await this.admin.query(`SELECT Id FROM ${object} WHERE ${field} = '${value}'`);
      if (row === undefined) throw new Error(`there is no ${object} ${value}`);
      return row['Id'];
    };
    await this.admin.data('POST', '/sobjects/PermissionSetAssignment', {
      AssigneeId: await id('User', 'Username', username),
      PermissionSetId: await id('PermissionSet', 'Name', permissionSet),
    });
  }

  /** From now on `faults` tells what interviews failed with. */
  async watchFaults(): Promise<void> {
    let opened = (): void => undefined;
    const open = new Promise<void>((resolve) => (opened = resolve));
    const collect = async (): Promise<void> => {
      for await (const event of listen(this.org, this.stop.signal, opened))
        if (event.kind === 'note' && event.event.startsWith('FLOW_ELEMENT_'))
          this.faultTexts.push(event.text.split('|').at(0) ?? '');
    };
    this.listening = collect();
    await Promise.race([open, this.listening]);
  }

  /** Waits for the texts of so many faults that interviews ended with, which are e-mails to the administrator on a real org. */
  async faults(count: number): Promise<readonly string[]> {
    while (this.faultTexts.length < count && !this.stop.signal.aborted) await setImmediate();
    return [...this.faultTexts];
  }

  /** Inserts records as the administrator. Their Ids. */
  async insert(object: string, values: readonly Readonly<Record<string, unknown>>[]): Promise<readonly string[]> {
    const ids: string[] = [];
    for (const one of values) ids.push(await new Client(this.org).insert(object, one));
    return ids;
  }

  /** Changes records in one request; throws OrgRequestError or Error when one of them is not saved. */
  async change(
    username: string,
    object: string,
    ids: readonly string[],
    values: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const client = await this.admin.as(username);
    const records = ids.map((id) => ({ attributes: { type: object }, Id: id, ...values }));
    const outcomes = await client.data('PATCH', '/composite/sobjects', { allOrNone: false, records });
    const refused = Array.isArray(outcomes) ? outcomes.filter((one) => Object(one).success !== true) : [outcomes];
    if (refused.length > 0) throw new Error(JSON.stringify(refused));
  }

  /** Goes ahead in the time of the receiver, and then of the org, and runs what is due by then. */
  async advance(milliseconds: number): Promise<void> {
    this.time.now += milliseconds;
    await this.admin.request('POST', '/callout/clock/advance', { milliseconds });
  }

  /** Forgets what came before and behaves like this from now on. */
  resetReceiver(behaviour: BehaviourInput): void {
    this.receiver.reset();
    this.receiver.configure(DEFAULTS);
    this.receiver.configure(behaviour);
  }
}

const DEFAULTS = {
  token: { lifetimeSeconds: 3600, live: 'many' },
  expiredSession: { status: 401, form: 'rest', path: '*' },
  rateLimit: null,
  faults: [],
} as const;

/** The files of components as the Metadata API takes them. */
async function packageOf(paths: readonly string[]): Promise<PackageFiles> {
  const set = ComponentSet.fromSource([...paths]);
  set.sourceApiVersion = API_VERSION;
  set.apiVersion = API_VERSION;
  const { zipBuffer } = await new MetadataConverter().convert(set, 'metadata', { type: 'zip' });
  if (zipBuffer === undefined) throw new Error(`nothing to deploy in ${paths.join(', ')}`);
  return Object.fromEntries(Object.entries(unzipSync(zipBuffer)).map(([path, bytes]) => [path, strFromU8(bytes)]));
}
