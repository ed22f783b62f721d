import {
  fileRule,
  SObject,
  type DmlHooks,
  type FieldValue,
  type ObjectSchema,
  type SchemaRegistry,
  type Store,
} from '../../data/index.js';
import { accessOf, accessRule } from '../../access/index.js';
import { beginsWithSharing, SECOND, type Constant } from '../compile/index.js';
import { ApexDecimal } from '../../data/index.js';
import { isToolingObject } from '../platform-types/index.js';
import type { TypeSymbol } from '../types/symbols.js';
import { Unsupported, type ApexThrowable } from './exceptions.js';
import { makeHelpers } from './helpers.js';
import type { CalloutPort } from './callout.js';
import type { CredentialPort } from './connect.js';
import type { AsyncHost } from './job.js';
import { JobQueue } from './jobs.js';
import { SimpleHost } from './simple-host.js';
import { EventBus } from './events.js';
import { Library, type LibraryModule } from './library.js';
import { LimitCounter, type Governor, type LimitValues } from './limits.js';
import { isCallable, methodOf } from './methods.js';
import { OrgData, type Clock, type FlowHooks, type Notice, type OrgIdentity } from './org.js';
import { Program, type CompiledClass, type ProgramHost } from './program.js';
import { Thread } from './thread.js';
import { asSuspendable, type Suspendable } from './suspension.js';
import type { TraceCategory, TraceEvent, TraceLevel, TraceSink } from './trace.js';
import type { Transaction, Quiddity, TestState } from './transaction.js';
import { Transactions, type TransactionSpec } from './transactions.js';
import { noteValidation } from './validation-trace.js';
import { runTriggers, type TriggerSource } from './triggers.js';
import { ApexDouble, ApexEnum, ApexObject } from './values.js';
import { textOf } from './text.js';

/** What an org gives its Apex runtime. */
export interface RuntimeOptions {
  readonly schema: SchemaRegistry;
  readonly store: Store;
  readonly identity: OrgIdentity;
  readonly clock: Clock;
  readonly modules: readonly LibraryModule[];
  /** Members of a platform type that is not among the modules. */
  readonly otherModule?: (typeName: string) => LibraryModule | undefined;
  /** Constants of a platform enum in order, by its full name. */
  readonly platformEnum: (typeName: string) => readonly string[];
  /** Finds a class of the project by its full name, any case. */
  readonly findClass: (name: string) => TypeSymbol | undefined;
  /** A custom label's text. */
  readonly label: (name: string) => string | undefined;
  /** Limits that differ from the platform's. */
  readonly limits?: Partial<LimitValues> | undefined;
  readonly flows?: FlowHooks | undefined;
  /** Sends the callouts of transactions that can wait; absent in an org without network. */
  readonly callouts?: CalloutPort | undefined;
  /** The org's credentials for the Connect API; absent where there is no running org. */
  readonly credentials?: CredentialPort | undefined;
  /** True when the org has stopped: transactions that wait are given up, as if the process had ended. */
  readonly isStopped?: (() => boolean) | undefined;
  /** Called before a transaction waits, which is before something leaves the org because of it. When it throws, the transaction fails. */
  readonly beforeWaiting?: (() => void) | undefined;
  /** Milliseconds of real time since some point, for how long callouts take. */
  readonly elapsed?: (() => number) | undefined;
  /** Receives what happens in transactions, for debug logs. */
  readonly traces?: TraceSink | undefined;
}

/** Runs the compiled Apex of one org. */
export class ApexRuntime {
  readonly thread = new Thread();
  readonly data: OrgData;
  readonly program: Program;
  readonly library: Library;
  readonly jobs: JobQueue;
  readonly events: EventBus;
  /** Runs what committed transactions enqueued and published; a kernel replaces the one that is there at first. */
  asyncHost: AsyncHost;
  readonly notices = new Set<Notice>();
  readonly triggers: TriggerSource[] = [];
  /** How the dynamic query that comes next finds the variables that it binds. */
  bindScope: (name: string) => unknown = () => undefined;
  readonly transactions = new Transactions(this);
  private readonly platformEnums = new Map<string, ApexEnum>();

  constructor(readonly options: RuntimeOptions) {
    const hooks: DmlHooks = {
      beforeSaveFlows: (batch) => this.unshared(() => this.options.flows?.beforeSaveFlows(batch)),
      triggers: (batch) => runTriggers(this, batch),
      afterSaveFlows: (batch) => this.unshared(() => this.options.flows?.afterSaveFlows(batch)),
      saveEnded: (records) => this.unshared(() => this.options.flows?.saveEnded?.(records)),
      mark: () => this.transactions.mark(),
      validated: (result) => noteValidation(this, result),
      systemRule: (object) => accessRule(object) ?? fileRule(object),
    };
    const globals = {
      userId: () => this.userId,
      timeZone: () => this.timeZone,
      label: options.label,
      hasPermission: (name: string) => accessOf(this.data.store, this.userId).hasCustomPermission(name),
    };
    this.data = new OrgData(options.schema, options.store, options.identity, options.clock, globals, hooks);
    this.library = new Library(options.modules, this, options.otherModule);
    this.jobs = new JobQueue(this);
    this.events = new EventBus(this);
    this.asyncHost = new SimpleHost(this);
    const host: ProgramHost = {
      helpers: makeHelpers(this),
      thread: this.thread,
      constant: (constant) => this.constant(constant),
      waits: (key) => this.library.waits(key),
      staticsAccessor: (number, create, initialise, above) => this.staticsAccessor(number, create, initialise, above),
    };
    this.program = new Program(host);
  }

  /** The running transaction. */
  get tx(): Transaction {
    const { running } = this.transactions;
    if (running === undefined) throw new Error('No transaction is running.');
    return running;
  }

  get inTransaction(): boolean {
    return this.transactions.running !== undefined;
  }

  /** The running user; the administrator outside of transactions. */
  get userId(): string {
    return this.transactions.running?.userId ?? this.options.identity.adminId;
  }

  get schema(): SchemaRegistry {
    return this.options.schema;
  }

  get now(): number {
    return this.options.clock.now();
  }

  /** Time zone of the running user. */
  get timeZone(): string {
    const zone = this.data.store.rowOfId(this.userId)?.row.values['TimeZoneSidKey'];
    return typeof zone === 'string' ? zone : 'GMT';
  }

  /** Text of any value, as the running user sees it. */
  text(value: unknown): string {
    return textOf(value, this.inTransaction ? this.timeZone : 'GMT');
  }

  /** An object that Apex code can name in a text; undefined when there is none, or only the Tooling API has it. */
  objectNamed(name: string): ObjectSchema | undefined {
    return isToolingObject(name) ? undefined : this.schema.object(name);
  }

  /** An object of the schema. @throws Unsupported for one that neither the platform tables nor the project have */
  object(name: string): ObjectSchema {
    const object = this.schema.object(name);
    if (object === undefined) throw new Unsupported(`The object ${name}`);
    return object;
  }

  record(objectName: string, values: Readonly<Record<string, FieldValue>> = {}): SObject {
    const record = new SObject(this.object(objectName));
    for (const [name, value] of Object.entries(values)) record.set(name, value);
    return record;
  }

  /**
   * Runs one transaction that cannot wait; see Transactions.run.
   * @param keepsWork errors after which the changes stay, as in event triggers
   */
  transact<T>(
    quiddity: Quiddity,
    governor: Governor,
    userId: string,
    test: TestState | undefined,
    work: (tx: Transaction) => T,
    keepsWork?: (error: ApexThrowable | Error) => boolean,
  ): T {
    return this.transactions.run({ quiddity, governor, userId, test, keepsWork }, work);
  }

  /**
   * Runs one transaction that may be suspended at callouts while others run. Commits when `work` ends and then starts what it enqueued;
   * takes everything back when it throws. Apex is called in it by `callSuspendable`.
   * @throws the Apex exception that nobody caught; Error when called inside of a running transaction
   */
  transactAsync<T>(spec: TransactionSpec, work: (tx: Transaction) => Suspendable<T>): Promise<T> {
    return this.transactions.runSuspendable(spec, work);
  }

  /** Takes the running transaction off the thread; the returned function puts it back. */
  suspend(): (() => void) | undefined {
    return this.transactions.suspend();
  }

  /** True when somebody wants such events of the running transaction: ask before putting together one that costs something. */
  traces(category: TraceCategory, level: TraceLevel): boolean {
    return this.transactions.running?.trace?.wants(category, level) ?? false;
  }

  /** Notes an event of the running transaction. */
  trace(event: TraceEvent): void {
    this.tracer()(event);
  }

  /** Notes events of the transaction that runs now, also when it is off the thread by then. */
  tracer(): (event: TraceEvent) => void {
    const trace = this.transactions.running?.trace;
    return (event) => {
      if (trace?.wants(event.category, event.level) === true) trace.note(event);
    };
  }

  /** Milliseconds of real time, whatever the org's clock says. */
  elapsed(): number {
    return this.options.elapsed?.() ?? performance.now();
  }

  /** Counters at zero. Future methods and batches may call no future methods (Apex Developer Guide: Execution Governors and Limits). */
  newLimits(governor: Governor, quiddity: Quiddity): LimitCounter {
    const noFutures = quiddity === 'FUTURE' || quiddity === 'BATCH_APEX' ? { futureCalls: 0 } : {};
    return new LimitCounter(governor, { ...noFutures, ...this.options.limits });
  }

  /** Swaps the counters, as startTest and stopTest do. */
  useLimits(limits: LimitCounter): void {
    this.tx.limits = limits;
    this.thread.limits = limits;
    limits.restartCpu();
  }

  private constant(constant: Exclude<Constant, { readonly kind: 'class' | 'enum' | 'statics' }>): unknown {
    switch (constant.kind) {
      case 'library':
        return this.library.function(constant.key);
      case 'suspendable':
        return this.library.suspendable(constant.key);
      case 'type':
        return constant.type;
      case 'query':
      case 'search':
        return constant;
      case 'platformEnum':
        return this.platformEnum(constant.owner, constant.name);
      case 'decimal':
        return ApexDecimal.of(constant.text);
      case 'double':
        return new ApexDouble(Number(constant.text));
    }
  }

  /** The constant of a platform enum; one object per constant. */
  platformEnum(owner: string, name: string): ApexEnum {
    const key = `${owner}.${name}`.toLowerCase();
    let constant = this.platformEnums.get(key);
    if (constant === undefined) {
      const names = this.options.platformEnum(owner);
      const ordinal = names.findIndex((candidate) => candidate.toLowerCase() === name.toLowerCase());
      constant = new ApexEnum(owner, names[ordinal] ?? name, Math.max(0, ordinal), undefined);
      this.platformEnums.set(key, constant);
    }
    return constant;
  }

  private staticsAccessor(
    number: number,
    create: () => object,
    initialise: (statics: object) => void,
    above: (() => unknown) | undefined,
  ): () => object {
    const { thread } = this;
    const start = (): object => {
      above?.();
      const statics = create();
      thread.statics[number] = statics;
      initialise(statics);
      return statics;
    };
    return () => thread.statics[number] ?? start();
  }

  /** Record-triggered flows run in system context without sharing, whatever the code says that changed the record (help "Flow Run Context"). */
  private unshared(work: () => void): void {
    const { thread } = this;
    const { withSharing } = thread;
    thread.withSharing = false;
    try {
      work();
    } finally {
      thread.withSharing = withSharing;
    }
  }

  /** The compiled class behind a declared one. */
  classOf(symbol: TypeSymbol): CompiledClass {
    return this.program.classOf(symbol);
  }

  /** Calls a method of a user object by name, as the platform does for interfaces. @throws Error when the class has no such method */
  call(target: object, name: string, args: readonly unknown[]): unknown {
    const member = methodOf(target, `${name.toLowerCase()}/${args.length}`, args);
    if (member === undefined) throw new Unsupported(`Calling ${name} on an object without it`);
    return Reflect.apply(member, target, [...args]);
  }

  /** Starts to run code of the project, which may wait: in the second colour where the method has one and the transaction can wait. */
  *callSuspendable(target: object, name: string, args: readonly unknown[]): Suspendable<unknown> {
    const { thread } = this;
    const { withSharing } = thread;
    if (target instanceof ApexObject) thread.withSharing = beginsWithSharing(target.$class.symbol);
    try {
      const waiting = this.tx.canWait ? this.suspendableMethod(target, name, args) : undefined;
      return waiting === undefined ? this.call(target, name, args) : yield* waiting();
    } finally {
      thread.withSharing = withSharing;
    }
  }

  /** Compiling is no work of the transaction that happens to need it first. */
  private prepareSecondColour(): void {
    const { limits } = this.tx;
    limits.pauseCpu();
    this.program.prepareSecondColour();
    limits.resumeCpu();
  }

  private suspendableMethod(
    target: object,
    name: string,
    args: readonly unknown[],
  ): (() => Suspendable<unknown>) | undefined {
    this.prepareSecondColour();
    const member = methodOf(target, `${name.toLowerCase()}/${args.length}`, args, SECOND);
    return member === undefined ? undefined : () => asSuspendable(Reflect.apply(member, target, [...args]));
  }

  /** Calls a static method of a class of the project, by its JavaScript member (methodMemberOf), in the colour that the transaction needs. */
  *callStatic(owner: TypeSymbol, member: string, args: readonly unknown[]): Suspendable<unknown> {
    const { thread } = this;
    const { withSharing } = thread;
    thread.withSharing = beginsWithSharing(owner);
    try {
      const type = this.classOf(owner);
      if (this.tx.canWait) this.prepareSecondColour();
      const second: unknown = this.tx.canWait ? Reflect.get(type, member + SECOND) : undefined;
      if (isCallable(second)) return yield* asSuspendable(second(...args));
      const plain: unknown = Reflect.get(type, member);
      if (!isCallable(plain)) throw new Unsupported(`Calling ${member} of ${owner.fullName}, which has no such method`);
      return plain(...args);
    } finally {
      thread.withSharing = withSharing;
    }
  }
}
