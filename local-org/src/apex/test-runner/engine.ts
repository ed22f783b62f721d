import { Store } from '../../data/index.js';
import type { Component, OrgFacts } from '../../model/index.js';
import { compileUnit } from '../compile/index.js';
import {
  compileComponents,
  createRuntime,
  errorsOf,
  findClass,
  loadApex,
  prepareRows,
  schemaOf,
  STANDALONE_ORG,
  type CompileError,
  type FlowEngine,
} from '../engine/index.js';
import type { Compile, Program as CheckedProgram } from '../index.js';
import {
  inCodeUnit,
  inCodeUnitSuspendable,
  SimpleHost,
  wallClock,
  type ApexRuntime,
  type CalloutPort,
  type Clock,
  type CodeUnit,
  type LimitValues,
  type LoadedUnit,
  type TraceSink,
} from '../runtime/index.js';

export interface EngineOptions {
  readonly components: readonly Component[];
  /** The org's users and its own identity; by default a made-up administrator. */
  readonly facts?: OrgFacts | undefined;
  /** How Apex is compiled; by default anew each time. */
  readonly compile?: Compile | undefined;
  readonly clock?: Clock;
  /** Starts flows; without it they do not run. */
  readonly flows?: FlowEngine | undefined;
  /** Limits that differ from the platform's. */
  readonly limits?: Partial<LimitValues>;
  readonly callouts?: CalloutPort | undefined;
  /** Milliseconds of real time, for how long callouts take. */
  readonly elapsed?: (() => number) | undefined;
  /** Receives what happens in transactions, for debug logs. */
  readonly traces?: TraceSink | undefined;
}

/** An org's Apex, compiled and ready to run. */
export interface ApexEngine {
  readonly runtime: ApexRuntime;
  readonly checked: CheckedProgram;
}

export type EngineResult =
  { readonly ok: true; readonly engine: ApexEngine } | { readonly ok: false; readonly errors: readonly CompileError[] };

const DEFAULT_VERSION = 66;

/** Builds an org from components: schema, base data, custom metadata, and all Apex compiled. All compile errors are returned at once. */
export function createEngine(options: EngineOptions): EngineResult {
  const { components, clock = wallClock } = options;
  const checked = compileComponents(components, options.compile);
  const errors = errorsOf(checked);
  if (errors.length > 0) return { ok: false, errors };
  const store = new Store(schemaOf(components));
  const facts = options.facts ?? STANDALONE_ORG;
  const notices: string[] = [];
  const identity = prepareRows(
    store,
    facts,
    { components, componentId: () => undefined },
    clock.now(),
    undefined,
    (text) => notices.push(text),
  );
  const runtime = createRuntime({
    components,
    store,
    identity,
    clock,
    findClass: (name) => findClass(checked, name),
    flows: options.flows,
    limits: options.limits,
    callouts: options.callouts,
    elapsed: options.elapsed,
    traces: options.traces,
  });
  for (const notice of notices) runtime.notices.add(notice);
  loadApex(runtime, checked);
  return { ok: true, engine: { runtime, checked } };
}

/** Result of running an anonymous block. */
export type AnonymousRun =
  { readonly ok: true } | { readonly ok: false; readonly compileErrors: readonly CompileError[] };

/** How debug logs name an anonymous block. */
const BLOCK = (): CodeUnit => ({ name: 'execute_anonymous_apex' });

/**
 * Compiles and runs an anonymous block in a transaction of its own.
 * @param userId who runs it; the administrator when left out
 * @throws the Apex exception that it did not catch
 */
export function runAnonymous(
  engine: ApexEngine,
  source: string,
  userId: string = engine.runtime.options.identity.adminId,
): AnonymousRun {
  const block = compileBlock(engine, source);
  if (typeof block !== 'function') return block;
  const { runtime } = engine;
  runtime.transact('ANONYMOUS', 'sync', userId, undefined, () =>
    inCodeUnit(runtime, BLOCK, () => block(false).runnable?.run()),
  );
  if (runtime.asyncHost instanceof SimpleHost) runtime.asyncHost.drain();
  return { ok: true };
}

/**
 * The same in a transaction that can be suspended at callouts.
 * @param userId who runs it; the administrator when left out
 */
export async function runAnonymousSuspendable(
  engine: ApexEngine,
  source: string,
  userId: string = engine.runtime.options.identity.adminId,
): Promise<AnonymousRun> {
  const block = compileBlock(engine, source);
  if (typeof block !== 'function') return block;
  const { runtime } = engine;
  await runtime.transactAsync({ quiddity: 'ANONYMOUS', governor: 'sync', userId }, () =>
    inCodeUnitSuspendable(runtime, BLOCK, function* () {
      const { runnable } = block(true);
      if (runnable?.runSuspendable !== undefined) yield* runnable.runSuspendable();
      else runnable?.run();
    }),
  );
  return { ok: true };
}

/** The block, to be loaded in its transaction, when it is known who follows it; or its compile errors. */
function compileBlock(
  { runtime, checked }: ApexEngine,
  source: string,
): ((canWait: boolean) => LoadedUnit) | (AnonymousRun & { readonly ok: false }) {
  const result = checked.compileAnonymous(source, DEFAULT_VERSION);
  if (result.ok) {
    const unit = compileUnit(result.unit);
    return (canWait) => runtime.program.loadOnce(unit, canWait);
  }
  const compileErrors = result.findings.map(({ line, column, message }) => ({
    fileName: 'AnonymousBlock',
    line,
    column,
    message,
  }));
  return { ok: false, compileErrors };
}
