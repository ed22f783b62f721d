import { compileOnce, parseSoql, type Program } from '../../apex/index.js';
import {
  compileComponents,
  createRuntime,
  errorsOf,
  findClass,
  loadApex,
  prepareRows,
  schemaOf,
} from '../../apex/engine/index.js';
import {
  performDml,
  runClientQuery,
  type ApexRuntime,
  type Clock,
  type OrgIdentity,
  type Quiddity,
  type Transaction,
} from '../../apex/runtime/index.js';
import {
  KeyPrefixes,
  SoqlError,
  Store,
  type DmlOperation,
  type DmlOutcome,
  type QueryResult,
  type SchemaRegistry,
  type SObject,
} from '../../data/index.js';
import type { Component, OrgUser } from '../../model/index.js';
import type { OrgState, OrgStore } from '../../store/index.js';
import { InvalidApexError } from './invalid-apex-error.js';
import type { OrgParts, Pump } from './parts.js';
import { isMadeAnew, schemaIdsOf, type SchemaIds } from './schema-ids.js';
import { TraceHub } from './trace-hub.js';

export interface LiveOrgOptions {
  /** What is deployed, and who the users are. */
  readonly store: OrgStore;
  readonly clock: Clock;
  readonly parts?: OrgParts;
}

/** How a request changes records. */
export interface DmlOptions {
  readonly allOrNone: boolean;
  /** Upsert: the field that identifies records; the Id when absent. */
  readonly externalId?: string | undefined;
}

/** The runtime for one state of the deployed metadata. */
interface Built {
  readonly state: OrgState;
  readonly components: readonly Component[];
  readonly runtime: ApexRuntime;
  /** Compiled and loaded when it is first needed. */
  checked: Program | undefined;
}

/**
 * The org that lives as long as its server: one store of records, and the runtime over it that fits what is deployed.
 *
 * A deployment takes effect at the next request. Records stay, by object and field name; the schema, the rows of metadata and the code
 * change. Transactions that wait at a callout at that moment go on with the code that they started with, as on the platform, and on the same
 * records, which is sound because a waiting transaction has no uncommitted changes.
 */
export class LiveOrg {
  /** Who wants to know what happens in transactions joins here. */
  readonly traces = new TraceHub();
  readonly clock: Clock;
  private readonly store: OrgStore;
  private readonly parts: OrgParts;
  private readonly pump: Pump | undefined;
  private readonly prefixes = new KeyPrefixes();
  private records: Store | undefined;
  private schemaIds: SchemaIds = new Map();
  private readonly followed = new Map<string, readonly string[]>();
  private built: Built | undefined;
  private readonly deployed = new Set<() => void>();

  constructor({ store, clock, parts = {} }: LiveOrgOptions) {
    this.store = store;
    this.clock = clock;
    this.parts = parts;
    this.pump = parts.pump?.(this);
  }

  /** The runtime of what is deployed now, with all Apex loaded. @throws InvalidApexError when it does not compile */
  runtime(): ApexRuntime {
    const built = this.refresh();
    this.load(built);
    return built.runtime;
  }

  /** The checked Apex of what is deployed now, for anonymous blocks and test runs. @throws InvalidApexError */
  program(): Program {
    return this.load(this.refresh());
  }

  /** The org's own records, also while tests work on a view of them. */
  rows(): Store {
    return this.refresh().runtime.options.store;
  }

  /** The listener is called after each deployment, when its rows are there, until the result is called. */
  onDeployed(listener: () => void): () => void {
    this.deployed.add(listener);
    return () => this.deployed.delete(listener);
  }

  /** An active user by username, in any case, also one whom people made. */
  user(username: string): OrgUser | undefined {
    const { data } = this.refresh().runtime;
    const object = data.schema.object('User');
    const field = object?.fields.get('username');
    if (object === undefined || field === undefined) return undefined;
    const table = data.store.table(object);
    for (const id of table.indexOf(field).find(username)) {
      const row = table.get(id);
      if (row === undefined || row.deleted || row.values['IsActive'] !== true) continue;
      const { Username, Name, UserType } = row.values;
      return {
        id,
        username: typeof Username === 'string' ? Username : username,
        name: typeof Name === 'string' ? Name : username,
        active: true,
        kind: UserType === 'AutomatedProcess' ? 'automatedProcess' : 'standard',
      };
    }
    return undefined;
  }

  /** Makes schema, rows and runtime now, so that the first request does not wait for them. Apex waits until some of it is to run. */
  warmUp(): void {
    this.refresh();
  }

  /** Everything that is deployed now. */
  components(): readonly Component[] {
    return this.refresh().components;
  }

  /**
   * Runs one transaction as a user: commits when `work` returns, takes everything back when it throws, and then lets start what it left behind.
   */
  execute<T>(userId: string, work: (runtime: ApexRuntime, tx: Transaction) => T, quiddity: Quiddity = 'REST'): T {
    return this.transact(this.runtime(), userId, work, quiddity);
  }

  /** The same for work that only reads: it starts no code, so it does not wait for any to be compiled. */
  read<T>(userId: string, work: (runtime: ApexRuntime) => T): T {
    return this.transact(this.refresh().runtime, userId, work, 'REST');
  }

  /** Runs SOQL with the rights of a user. @throws SoqlError */
  query(userId: string, soql: string): QueryResult {
    const parsed = parseSoql(soql);
    if (!parsed.ok) throw new SoqlError(parsed.problems[0]?.message ?? 'unexpected token');
    return this.read(userId, (runtime) => runClientQuery(runtime, parsed.value));
  }

  /** Changes records with the rights of a user in one transaction. What became of each record, in their order. */
  dml(
    userId: string,
    operation: DmlOperation,
    records: (runtime: ApexRuntime) => readonly SObject[],
    { allOrNone, externalId = undefined }: DmlOptions,
  ): readonly DmlOutcome[] {
    return this.execute(userId, (runtime) =>
      performDml(runtime, operation, records(runtime), {
        allOrNone,
        externalId: externalId ?? null,
        userMode: true,
      }),
    );
  }

  /** Lets start what earlier transactions left behind; for those who run transactions on the runtime by themselves. */
  wake(): void {
    this.pump?.wake();
  }

  /** Starts nothing any more. */
  async close(): Promise<void> {
    await this.pump?.close();
  }

  private transact<T>(
    runtime: ApexRuntime,
    userId: string,
    work: (runtime: ApexRuntime, tx: Transaction) => T,
    quiddity: Quiddity,
  ): T {
    try {
      return runtime.transact(quiddity, 'sync', userId, undefined, (tx) => work(runtime, tx));
    } finally {
      this.wake();
    }
  }

  /** Brings schema, rows and runtime up to what is deployed, unless a transaction is under way. */
  private refresh(): Built {
    const { state } = this.store;
    const { built } = this;
    if (built !== undefined && (built.state === state || built.runtime.inTransaction)) return built;
    const components = state.all().flatMap(({ type, fullName }) => state.component(type, fullName) ?? []);
    const records = this.adopt(schemaOf(components, this.prefixes), state);
    const next: Built = {
      state,
      components,
      checked: undefined,
      runtime: createRuntime({
        components,
        store: records,
        identity: this.prepare(records, state, components),
        clock: this.clock,
        findClass: (name) => findClass(this.load(next), name),
        flows: this.parts.flows,
        traces: this.traces,
      }),
    };
    this.built = next;
    this.pump?.attach(next.runtime);
    if (built !== undefined) for (const listener of this.deployed) listener();
    return next;
  }

  private adopt(schema: SchemaRegistry, state: OrgState): Store {
    const [before, after] = [this.schemaIds, schemaIdsOf(state)];
    this.schemaIds = after;
    if (this.records === undefined) return (this.records = new Store(schema));
    this.records.adopt(schema, (name) => isMadeAnew(name, before, after));
    return this.records;
  }

  private prepare(records: Store, state: OrgState, components: readonly Component[]): OrgIdentity {
    const componentId = (type: string, fullName: string): string | undefined => state.stored(type, fullName)?.id;
    try {
      return prepareRows(records, this.store.facts(), { components, componentId }, this.clock.now(), this.followed);
    } catch (error) {
      records.rollbackTo(0);
      throw error;
    }
  }

  private load(built: Built): Program {
    if (built.checked !== undefined) return built.checked;
    const checked = compileComponents(built.components, compileOnce);
    const errors = errorsOf(checked);
    if (errors.length > 0) throw new InvalidApexError(errors);
    loadApex(built.runtime, checked);
    built.checked = checked;
    return checked;
  }
}
