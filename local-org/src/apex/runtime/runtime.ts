import {
  SObject,
  type DmlHooks,
  type FieldValue,
  type ObjectSchema,
  type SchemaRegistry,
  type Store,
  type TriggerBatch,
} from '../../data/index.js';
import type { Constant } from '../compile/index.js';
import { ApexDecimal } from '../../data/index.js';
import type { TypeSymbol } from '../types/symbols.js';
import { asThrowable, Unsupported, type ApexThrowable } from './exceptions.js';
import { makeHelpers } from './helpers.js';
import { JobQueue } from './jobs.js';
import { EventBus } from './events.js';
import { Library, type LibraryModule } from './library.js';
import { LimitCounter, type Governor, type LimitValues } from './limits.js';
import { OrgData, type Clock, type FlowHooks, type Notice, type OrgIdentity } from './org.js';
import { Program, type CompiledClass, type ProgramHost } from './program.js';
import { Thread } from './thread.js';
import { noteValidation } from './validation-trace.js';
import type { TraceCategory, TraceEvent, TraceLevel, TraceSink, TransactionTrace } from './trace.js';
import { Transaction, type Quiddity, type TestState } from './transaction.js';
import { runTriggers, type TriggerSource } from './triggers.js';
import { ApexDouble, ApexEnum } from './values.js';
import { textOf } from './text.js';

/** What an org gives its Apex runtime. */
export interface RuntimeOptions {
  readonly schema: SchemaRegistry;
  readonly store: Store;
  readonly identity: OrgIdentity;
  readonly clock: Clock;
  readonly modules: readonly LibraryModule[];
  /** Constants of a platform enum in order, by its full name. */
  readonly platformEnum: (typeName: string) => readonly string[];
  /** Finds a class of the project by its full name, any case. */
  readonly findClass: (name: string) => TypeSymbol | undefined;
  /** A custom label's text. */
  readonly label: (name: string) => string | undefined;
  /** Names of the custom permissions that a permission set grants, in lower case. */
  readonly customPermissions?: ((permissionSet: string) => readonly string[]) | undefined;
  /** Limits that differ from the platform's. */
  readonly limits?: Partial<LimitValues> | undefined;
  readonly flows?: FlowHooks | undefined;
  /** Names of deployed active flows that a change of the object would start. */
  readonly flowsOn?: ((object: ObjectSchema) => readonly string[]) | undefined;
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
  readonly notices = new Set<Notice>();
  readonly triggers: TriggerSource[] = [];
  /** How the dynamic query that comes next finds the variables that it binds. */
  bindScope: (name: string) => unknown = () => undefined;
  private current: Transaction | undefined;
  private sequence = 0;
  private readonly platformEnums = new Map<string, ApexEnum>();

  constructor(readonly options: RuntimeOptions) {
    const hooks: DmlHooks = {
      beforeSaveFlows: (batch) => this.flow(batch, 'before'),
      triggers: (batch) => runTriggers(this, batch),
      afterSaveFlows: (batch) => this.flow(batch, 'after'),
      validated: (result) => noteValidation(this, result),
    };
    this.data = new OrgData(options.schema, options.store, options.identity, options.clock, () => this.userId, hooks);
    this.library = new Library(options.modules, this);
    this.jobs = new JobQueue(this);
    this.events = new EventBus(this);
    const host: ProgramHost = {
      helpers: makeHelpers(this),
      thread: this.thread,
      constant: (constant) => this.constant(constant),
      staticsAccessor: (number, create, initialise, above) => this.staticsAccessor(number, create, initialise, above),
    };
    this.program = new Program(host);
  }

  /** The running transaction. */
  get tx(): Transaction {
    if (this.current === undefined) throw new Error('No transaction is running.');
    return this.current;
  }

  get inTransaction(): boolean {
    return this.current !== undefined;
  }

  private get userId(): string {
    return this.current?.userId ?? this.options.identity.adminId;
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
    return textOf(value, this.current === undefined ? 'GMT' : this.timeZone);
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
   * Runs one transaction: commits when `work` returns and then starts what it enqueued; takes everything back when it throws. Inside a test
   * nothing is committed: the test's own rollback takes it back.
   * @param keepsWork errors after which the changes stay, as in event triggers
   */
  transact<T>(
    quiddity: Quiddity,
    governor: Governor,
    userId: string,
    test: TestState | undefined,
    work: (tx: Transaction) => T,
    keepsWork: (error: ApexThrowable | Error) => boolean = () => false,
  ): T {
    // What a test starts by stopTest or deliver sees the test's static variables. Salesforce does not document this.
    const inner = test !== undefined && this.current?.test === test;
    const statics = inner ? this.thread.statics : [];
    const outerTrace = inner ? this.current?.trace : undefined;
    const outer = this.suspend();
    const tx = new Transaction(quiddity, this.newLimits(governor), userId, test, ++this.sequence);
    const start = this.data.store.savepoint();
    this.current = tx;
    const trace = inner ? undefined : this.listener(tx);
    tx.trace = trace ?? outerTrace;
    this.thread.begin(tx.limits, statics, tx.trace?.code);
    try {
      const result = work(tx);
      if (test === undefined) this.data.store.commit();
      this.current = undefined;
      trace?.end(undefined);
      outer?.();
      for (const action of tx.afterCommit) action();
      return result;
    } catch (caught) {
      const error = asThrowable(caught);
      const kept = keepsWork(error);
      if (!kept) this.data.store.rollbackTo(start);
      else if (test === undefined) this.data.store.commit();
      this.current = undefined;
      trace?.end(error);
      outer?.();
      if (kept) for (const action of tx.afterCommit) action();
      throw error;
    }
  }

  /** Takes the running transaction off the thread; the returned function puts it back. */
  suspend(): (() => void) | undefined {
    const tx = this.current;
    if (tx === undefined) return undefined;
    const { fuel, depth, statics, dead, limits, heapStart, code } = this.thread;
    this.current = undefined;
    return () => {
      Object.assign(this.thread, { fuel, depth, statics, dead, limits, heapStart, code });
      this.current = tx;
    };
  }

  /** Who listens to a transaction that begins. Whoever follows code makes the org's code followable. */
  private listener(tx: Transaction): TransactionTrace | undefined {
    const { requestId, quiddity, userId, test } = tx;
    const trace = this.options.traces?.begin({ requestId, quiddity, userId, isTest: test !== undefined });
    if (trace?.code !== undefined) this.program.traceCode();
    return trace;
  }

  /** True when somebody wants such events of the running transaction: ask before putting together one that costs something. */
  traces(category: TraceCategory, level: TraceLevel): boolean {
    return this.current?.trace?.wants(category, level) ?? false;
  }

  /** Notes an event of the running transaction. */
  trace(event: TraceEvent): void {
    const trace = this.current?.trace;
    if (trace?.wants(event.category, event.level) === true) trace.note(event);
  }

  /** Counters at zero. */
  newLimits(governor: Governor): LimitCounter {
    return new LimitCounter(governor, this.options.limits);
  }

  /** Swaps the counters, as startTest and stopTest do. */
  useLimits(limits: LimitCounter): void {
    this.tx.limits = limits;
    this.thread.limits = limits;
    limits.restartCpu();
  }

  private flow(batch: TriggerBatch, when: 'before' | 'after'): void {
    const { flows, flowsOn } = this.options;
    if (flows !== undefined) {
      if (when === 'before') flows.beforeSaveFlows(batch);
      else flows.afterSaveFlows(batch);
      return;
    }
    for (const name of flowsOn?.(batch.object) ?? [])
      this.notices.add(`Flow ${name} was not started: flows do not run yet.`);
  }

  private constant(constant: Exclude<Constant, { readonly kind: 'class' | 'enum' | 'statics' }>): unknown {
    switch (constant.kind) {
      case 'library':
        return this.library.function(constant.key);
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

  /** The compiled class behind a declared one. */
  classOf(symbol: TypeSymbol): CompiledClass {
    return this.program.classOf(symbol);
  }

  /** Calls a method of a user object by name, as the platform does for interfaces. @throws Error when the class has no such method */
  call(target: object, name: string, args: readonly unknown[]): unknown {
    const member = methodOf(target, `${name.toLowerCase()}/${args.length}`);
    if (member === undefined) throw new Unsupported(`Calling ${name} on an object without it`);
    return Reflect.apply(member, target, [...args]);
  }
}

/** The method that a user object has under `name/arity`; with several overloads the first. */
export function methodOf(target: object, key: string): ((...args: unknown[]) => unknown) | undefined {
  if (!('$class' in target)) return undefined;
  const info = target.$class;
  if (typeof info !== 'object' || info === null || !('methods' in info) || !(info.methods instanceof Map))
    return undefined;
  const names: unknown = info.methods.get(key);
  if (!Array.isArray(names)) return undefined;
  for (const name of names) {
    const member: unknown =
      typeof name === 'string' ? (Reflect.get(target, name) ?? Reflect.get(target.constructor, name)) : undefined;
    if (isCallable(member)) return member;
  }
  return undefined;
}

function isCallable(value: unknown): value is (...args: unknown[]) => unknown {
  return typeof value === 'function';
}
