import { compileOnce, parseSoql, type Program } from '../../apex/index.js';
import { compileComponents, createRuntime, errorsOf, findClass, loadApex } from '../../apex/engine/index.js';
import {
  performDml,
  runClientQuery,
  runStepsSuspendable,
  type ApexRuntime,
  type Clock,
  type Quiddity,
  type Steps,
  type Transaction,
} from '../../apex/runtime/index.js';
import {
  SoqlError,
  type DmlOperation,
  type DmlOutcome,
  type QueryResult,
  type SObject,
  type Store,
} from '../../data/index.js';
import type { Component, OrgUser } from '../../model/index.js';
import type { OrgState, OrgStore } from '../../store/index.js';
import { allUsers, findUser } from './find-user.js';
import { InvalidApexError } from './invalid-apex-error.js';
import { OrgRecords } from './org-records.js';
import type { OrgParts, Pump } from './parts.js';
import type { Section } from './persistence.js';
import { holdSameMetadata } from './same-metadata.js';
import { TraceHub } from './trace-hub.js';

export interface LiveOrgOptions {
  /** What is deployed, and who the users are. */
  readonly store: OrgStore;
  readonly clock: Clock;
  readonly parts?: OrgParts;
  /** Told of errors that belong to no request, such as a data directory that cannot be written. */
  readonly onError?: ((error: unknown) => void) | undefined;
  /** Bytes by which the journal of a data directory grows before it is written anew. */
  readonly journalGrowth?: number | undefined;
}

/** How a request changes records. */
export interface DmlOptions {
  readonly allOrNone: boolean;
  /** Upsert: the field that identifies records; the Id when absent. */
  readonly externalId?: string | undefined;
}

/** The runtime for one state of the deployed metadata. */
interface Built {
  /** The latest state that holds it. */
  state: OrgState;
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
  private readonly records: OrgRecords;
  private built: Built | undefined;
  private readonly deployed = new Set<() => void>();
  private isClosed = false;

  /** Throws DataDirError when what a data directory holds is damaged. */
  constructor({ store, clock, parts = {}, onError = () => undefined, journalGrowth }: LiveOrgOptions) {
    this.store = store;
    this.clock = clock;
    this.parts = parts;
    this.records = new OrgRecords(store, onError, journalGrowth);
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
    return findUser(this.rows(), username);
  }

  /** Whether a user may work in the org now. */
  isActive(userId: string): boolean {
    return this.rows().rowOfId(userId)?.row.values['IsActive'] === true;
  }

  /** Every user as the records have them now. */
  users(): readonly OrgUser[] {
    const kinds = new Map(this.store.state.users.map(({ id, kind }) => [id, kind]));
    return allUsers(this.rows()).map((user) => ({ ...user, kind: kinds.get(user.id) ?? user.kind }));
  }

  /** Makes schema, rows and runtime now, so that the first request does not wait for them. Apex waits until some of it is to run. */
  warmUp(): void {
    this.refresh();
  }

  /** What a part of the org keeps besides records, across restarts. Ask once, when the part is made. */
  section(name: string): Section {
    return this.records.section(name);
  }

  /** Writes what transactions have changed, where there is a data directory. Call it before something leaves the org because of them. */
  flush(): void {
    this.records.flush();
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

  /** The same for steps that may take several transactions and wait at callouts. Each is written when it commits. */
  async executeSteps<T>(steps: (runtime: ApexRuntime) => Steps<T>): Promise<T> {
    const runtime = this.runtime();
    this.records.check();
    try {
      return await runStepsSuspendable(runtime, steps(runtime));
    } finally {
      this.records.flush();
      this.wake();
    }
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
        forApi: true,
      }),
    );
  }

  /** Lets start what earlier transactions left behind; for those who run transactions on the runtime by themselves. */
  wake(): void {
    this.pump?.wake();
  }

  /** Starts nothing any more; transactions that wait are given up. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.pump?.close();
    this.records.close();
  }

  private transact<T>(
    runtime: ApexRuntime,
    userId: string,
    work: (runtime: ApexRuntime, tx: Transaction) => T,
    quiddity: Quiddity,
  ): T {
    this.records.check();
    try {
      return runtime.transact(quiddity, 'sync', userId, undefined, (tx) => work(runtime, tx));
    } finally {
      this.records.flush();
      this.wake();
    }
  }

  /** Brings schema, rows and runtime up to what is deployed, unless a transaction is under way. */
  private refresh(): Built {
    const { state } = this.store;
    const { built } = this;
    if (built !== undefined && (built.state === state || built.runtime.inTransaction)) return built;
    if (built !== undefined && holdSameMetadata(built.state, state)) {
      built.state = state;
      return built;
    }
    const components = state.all().flatMap(({ type, fullName }) => state.component(type, fullName) ?? []);
    const { store, identity } = this.records.adopt(state, components, this.clock.now());
    const next: Built = {
      state,
      components,
      checked: undefined,
      runtime: createRuntime({
        components,
        store,
        identity,
        clock: this.clock,
        findClass: (name) => findClass(this.load(next), name),
        flows: this.parts.flows,
        callouts: this.parts.callouts,
        credentials: this.parts.credentials,
        // What waits has been written by then, so that a crash forgets nothing that others may know of.
        beforeWaiting: () => this.flush(),
        isStopped: () => this.isClosed,
        traces: this.traces,
      }),
    };
    this.built = next;
    this.pump?.attach(next.runtime);
    if (built !== undefined) for (const listener of this.deployed) listener();
    return next;
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
