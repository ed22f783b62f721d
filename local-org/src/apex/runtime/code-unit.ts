import { ApexThrowable, asThrowable } from './exceptions.js';
import { limitUsageText } from './limit-usage.js';
import type { ApexRuntime } from './runtime.js';
import { stackTrace, throwableFrames } from './stack.js';
import type { Suspendable } from './suspension.js';
import { exceptionText } from './text.js';

/** A trigger, job, test method or block: what `CODE_UNIT_STARTED` and `CODE_UNIT_FINISHED` name in a debug log. */
export interface CodeUnit {
  /** Id of the class or trigger. */
  readonly id?: string | null;
  /** `execute_anonymous_apex`, `MyTrigger on Account trigger event BeforeInsert`, `MyClass.myMethod()`. */
  readonly name: string;
  /** `__sfdc_trigger/MyTrigger`. */
  readonly typeRef?: string;
}

/** Exceptions whose throwing a log has. */
const thrown = new WeakSet<ApexThrowable>();
/** Errors that a log has as fatal: they pass through several units. */
const fatal = new WeakSet();

/** Length of the Ids that debug logs show. */
const SHORT_ID = 15;

/**
 * Notes that an exception was thrown, once. That is found out when it is caught, so what its `finally` blocks do stands before it in the log.
 */
export function noteThrown(runtime: ApexRuntime, exception: ApexThrowable): void {
  if (!runtime.traces('ApexCode', 'INFO') || thrown.has(exception)) return;
  thrown.add(exception);
  runtime.trace({
    category: 'ApexCode',
    level: 'INFO',
    event: 'EXCEPTION_THROWN',
    line: throwableFrames(exception)[0]?.line ?? 'EXTERNAL',
    parts: [exceptionText(exception)],
  });
}

function noteFatal(runtime: ApexRuntime, caught: unknown): void {
  const error = asThrowable(caught);
  if (fatal.has(error)) return;
  fatal.add(error);
  let text = error instanceof ApexThrowable ? '' : error.message;
  if (error instanceof ApexThrowable) {
    noteThrown(runtime, error);
    text = `${exceptionText(error)}\n\n${stackTrace(error)}`;
  }
  runtime.trace({ category: 'ApexCode', level: 'ERROR', event: 'FATAL_ERROR', parts: [text] });
}

/** What the unit's transaction has used so far (Apex Developer Guide: Debug Log, "Cumulative resource usage is logged at the end of many code units"). */
function noteLimits(runtime: ApexRuntime): void {
  if (!runtime.traces('ApexProfiling', 'INFO')) return;
  const note = (event: string, parts: readonly string[]): void =>
    runtime.trace({ category: 'ApexProfiling', level: 'INFO', event, parts });
  note('CUMULATIVE_LIMIT_USAGE', []);
  note('LIMIT_USAGE_FOR_NS', ['(default)', `\n${limitUsageText(runtime.tx.limits)}`]);
  note('CUMULATIVE_LIMIT_USAGE_END', []);
}

/**
 * Begins a code unit in the debug log of the running transaction.
 * @param describe called only when somebody listens
 * @returns ends the unit; with the error that ended it, or undefined
 */
export function openCodeUnit(runtime: ApexRuntime, describe: () => CodeUnit): (error?: unknown) => void {
  if (!runtime.traces('ApexCode', 'ERROR') && !runtime.traces('ApexProfiling', 'INFO')) return () => undefined;
  const { id, name, typeRef } = describe();
  const tail = typeRef === undefined ? [name] : [name, typeRef];
  const note = (event: string, line: 'EXTERNAL' | undefined, parts: readonly string[]): void =>
    runtime.trace({ category: 'ApexCode', level: 'ERROR', event, line, parts });
  note('CODE_UNIT_STARTED', 'EXTERNAL', id === undefined || id === null ? tail : [id.slice(0, SHORT_ID), ...tail]);
  return (error) => {
    if (error !== undefined) noteFatal(runtime, error);
    noteLimits(runtime);
    note('CODE_UNIT_FINISHED', undefined, tail);
  };
}

/** Runs work as a code unit of the debug log. */
export function inCodeUnit<T>(runtime: ApexRuntime, describe: () => CodeUnit, work: () => T): T {
  const close = openCodeUnit(runtime, describe);
  try {
    const result = work();
    close();
    return result;
  } catch (error) {
    close(error);
    throw error;
  }
}

/** The same for work that may wait. */
export function* inCodeUnitSuspendable<T>(
  runtime: ApexRuntime,
  describe: () => CodeUnit,
  work: () => Suspendable<T>,
): Suspendable<T> {
  const close = openCodeUnit(runtime, describe);
  try {
    const result = yield* work();
    close();
    return result;
  } catch (error) {
    close(error);
    throw error;
  }
}
