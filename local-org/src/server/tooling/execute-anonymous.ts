import { ApexThrowable, exceptionText, stackTrace, throwableFrames, Unsupported } from '../../apex/runtime/index.js';
import { runAnonymousSuspendable, type AnonymousRun, type ApexEngine } from '../../apex/test-runner/index.js';
import type { LogLevels, LogRecorder } from '../../platform/debug-log/index.js';
import type { LiveOrg } from '../../platform/live/index.js';

/** Answer of executeAnonymous (Apex SOAP API; Tooling API Developer Guide: executeAnonymous). */
export interface AnonymousResult {
  readonly compiled: boolean;
  readonly success: boolean;
  /** Place of the compile error or exception; -1 without one. */
  readonly line: number;
  readonly column: number;
  readonly compileProblem: string | null;
  readonly exceptionMessage: string | null;
  readonly exceptionStackTrace: string | null;
}

export interface AnonymousRequest {
  readonly source: string;
  readonly userId: string;
  /** What was asked of the server, for the list of logs. */
  readonly operation: string;
  /** Levels of the debug log that the client asks for. */
  readonly levels?: LogLevels | undefined;
}

const FINE: AnonymousResult = {
  compiled: true,
  success: true,
  line: -1,
  column: -1,
  compileProblem: null,
  exceptionMessage: null,
  exceptionStackTrace: null,
};

/**
 * Runs a block in a transaction of the live org that may wait for callouts, and keeps its debug log. Throws InvalidApexError.
 * @returns the result, and the log's text when the client or a trace flag asks for one
 */
export async function executeAnonymous(
  live: LiveOrg,
  recorder: LogRecorder,
  { source, userId, operation, levels }: AnonymousRequest,
): Promise<{ readonly result: AnonymousResult; readonly log: string | undefined }> {
  const engine: ApexEngine = { checked: live.program(), runtime: live.runtime() };
  const request = { userId, operation, levels, anonymous: source };
  const { run, opened } = recorder.during(request, (log) => ({
    run: runAnonymousSuspendable(engine, source, userId),
    opened: log,
  }));
  let result: AnonymousResult;
  try {
    result = resultOf(await run);
  } catch (error) {
    if (!(error instanceof ApexThrowable || error instanceof Unsupported)) throw error;
    result = failure(error);
  } finally {
    live.wake();
  }
  if (!result.compiled) return { result, log: undefined };
  opened.save();
  return { result, log: opened.log?.toString() };
}

function resultOf(run: AnonymousRun): AnonymousResult {
  if (run.ok) return FINE;
  const [first] = run.compileErrors;
  return {
    ...FINE,
    compiled: false,
    success: false,
    line: first?.line ?? -1,
    column: first?.column ?? -1,
    compileProblem: first?.message ?? '',
  };
}

/** What ended the block: an exception that it did not catch, or something that the local org does not do. */
function failure(error: ApexThrowable | Unsupported): AnonymousResult {
  if (!(error instanceof ApexThrowable))
    return { ...FINE, success: false, exceptionMessage: error.message, exceptionStackTrace: null };
  return {
    ...FINE,
    success: false,
    line: throwableFrames(error)[0]?.line ?? -1,
    column: 1,
    exceptionMessage: exceptionText(error),
    exceptionStackTrace: stackTrace(error),
  };
}
