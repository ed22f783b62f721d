import { FormulaError, type FieldNames } from '../../data/index.js';
import { ApexObject } from './values.js';

/** One failed record, as a DmlException reports it. */
export interface DmlFailure {
  readonly index: number;
  readonly id: string | null;
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
}

/** State of an exception, of a platform type or of a class of the project. */
export interface ExceptionState {
  message: string | null;
  cause: ApexThrowable | null;
  /** Holds the JavaScript stack of the place where it was made. */
  trace: { stack?: string };
  dmlFailures: readonly DmlFailure[];
  /** Fields by object that a query in user mode may not read. */
  inaccessibleFields?: FieldNames | undefined;
}

/** The JavaScript stack of here, as deep as Apex code may get. */
function stackOfHere(): { stack?: string } {
  const trace = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 1000;
  Error.captureStackTrace(trace, stackOfHere);
  Error.stackTraceLimit = limit;
  return trace;
}

/**
 * An Apex exception. Its stack trace is that of the place where it was made, whether it is thrown or not: logging libraries make one to learn
 * where they were called (NebulaLogger: LoggerStackTrace).
 */
export abstract class ApexThrowable extends ApexObject {
  $x: ExceptionState = { message: null, cause: null, trace: stackOfHere(), dmlFailures: [] };

  /** `System.NullPointerException`, or the class's full name. */
  abstract get $typeName(): string;
}

/** An exception of a platform type. */
export class PlatformException extends ApexThrowable {
  constructor(
    readonly $type: string,
    message: string | null,
    cause: ApexThrowable | null = null,
  ) {
    super();
    this.$x.message = message;
    this.$x.cause = cause;
  }

  override get $typeName(): string {
    return this.$type;
  }
}

/** Base of the project's exception classes; the compiler derives them from it. */
export class UserException extends ApexThrowable {
  override get $typeName(): string {
    return this.$class.symbol.fullName;
  }
}

/** Types that no catch block gets to see (Apex Developer Guide: Exceptions That Can't be Caught). */
const UNCATCHABLE: ReadonlySet<string> = new Set(['System.LimitException', 'System.AssertException']);

export function isCatchable(error: ApexThrowable): boolean {
  return !(error instanceof PlatformException) || !UNCATCHABLE.has(error.$type);
}

/** What the local org does not implement: ends the transaction, names the feature, and no Apex code can catch it. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported';

  constructor(feature: string) {
    super(`${feature} is not supported by the local org.`);
  }
}

/** A platform exception by its short name, ready to be thrown. */
export function apexError(type: string, message: string): PlatformException {
  return new PlatformException(type.includes('.') ? type : `System.${type}`, message);
}

export const nullPointer = (): PlatformException =>
  apexError('NullPointerException', 'Attempt to de-reference a null object');

/**
 * Any error of compiled code as an Apex exception: a null that was used becomes a NullPointerException, an overflowing stack and a text that
 * cannot be held become LimitExceptions. Other errors of the engine are returned as they are.
 */
export function asThrowable(error: unknown): ApexThrowable | Error {
  if (error instanceof ApexThrowable) return error;
  if (error instanceof TypeError && /of null\b|null \(|of null$/.test(error.message))
    return adopt(new PlatformException('System.NullPointerException', 'Attempt to de-reference a null object'), error);
  if (error instanceof RangeError && error.message.startsWith('Maximum call stack'))
    return adopt(new PlatformException('System.LimitException', 'Maximum stack depth reached: 1001'), error);
  if (error instanceof Error && /^Invalid string length|^Cannot create a string longer/.test(error.message))
    return adopt(new PlatformException('System.LimitException', 'Apex heap size too large: 536870888'), error);
  if (error instanceof RangeError && /BigInt|array length/.test(error.message))
    return adopt(new PlatformException('System.LimitException', `Apex heap size too large: ${error.message}`), error);
  if (error instanceof FormulaError) return new Unsupported(error.feature);
  return error instanceof Error ? error : new Error(String(error));
}

function adopt(exception: PlatformException, error: Error): PlatformException {
  exception.$x.trace = error;
  return exception;
}
