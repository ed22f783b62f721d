import { Command, Errors } from '@oclif/core';
import { EXIT, UserError } from '../../errors/index.js';
import type { Diagnostic } from '../../model/index.js';
import { wantsColour } from './diagnostics.js';

/** What `--json` prints when a command succeeds, in the SF CLI's form. */
interface JsonSuccess<T> {
  readonly status: number;
  readonly result: T;
  readonly warnings: readonly string[];
}

/** What `--json` prints when a command fails, in the SF CLI's form. */
interface JsonFailure {
  readonly status: number;
  readonly name: string;
  readonly message: string;
  readonly actions: readonly string[];
  readonly exitCode: number;
  readonly data?: unknown;
  readonly warnings: readonly string[];
}

/**
 * Base of every command. It gives the SF CLI's `--json` envelope and error form without loading `@salesforce/core`,
 * which takes longer than the commands that need no org.
 *
 * @typeParam T the command's result, printed under `result` with `--json`
 */
export abstract class CalloutCommand<T> extends Command {
  public static override readonly enableJsonFlag = true;

  readonly #warnings: string[] = [];

  public abstract override run(): Promise<T>;

  /** Shows a warning, or keeps it for the JSON output. */
  public override warn(input: Error | string): Error | string {
    const text = typeof input === 'string' ? input : input.message;
    this.#warnings.push(text);
    if (!this.jsonEnabled()) this.logToStderr(`Warning: ${text}`);
    return input;
  }

  /** Prints problems of the configuration to stderr; with `--json` warnings go into the output, and errors into the failure's data. */
  public async reportDiagnostics(diagnostics: readonly Diagnostic[]): Promise<void> {
    if (diagnostics.length === 0) return;
    const { formatDiagnostic } = await import('../../diagnostics/index.js');
    if (this.jsonEnabled()) {
      const warnings = diagnostics.filter(({ severity }) => severity === 'warning');
      this.#warnings.push(...warnings.map((warning) => formatDiagnostic(warning, { colour: false })));
      return;
    }
    const colour = wantsColour(process.stderr);
    for (const diagnostic of diagnostics) this.logToStderr(`${formatDiagnostic(diagnostic, { colour })}\n`);
  }

  protected override toSuccessJson(result: T): JsonSuccess<T> {
    return { status: Number(process.exitCode ?? EXIT.ok), result, warnings: this.#warnings };
  }

  protected override toErrorJson(error: unknown): JsonFailure {
    const failure = describeFailure(error);
    return { status: failure.exitCode, ...failure, warnings: this.#warnings };
  }

  protected override async catch(error: Error & { exitCode?: number }): Promise<void> {
    const failure = describeFailure(error);
    process.exitCode = failure.exitCode;
    if (this.jsonEnabled()) {
      this.logJson(this.toErrorJson(error));
      return;
    }
    this.logToStderr(`Error (${failure.name}): ${failure.message}`);
    if (failure.actions.length > 0) {
      this.logToStderr('\nTry this:');
      for (const action of failure.actions) this.logToStderr(`  ${action}`);
    }
  }
}

function describeFailure(error: unknown): Omit<JsonFailure, 'status' | 'warnings'> {
  if (error instanceof UserError) {
    const { name, message, actions, exitCode, data } = error;
    return { name, message, actions, exitCode, ...(data === undefined ? {} : { data }) };
  }
  if (error instanceof Errors.CLIError) {
    return { name: 'UsageError', message: error.message, actions: error.suggestions ?? [], exitCode: EXIT.usage };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    name: 'UnexpectedError',
    message,
    actions: [
      'This is a defect of the callout CLI. Run the command again with DEBUG=* to see where it failed, and report it.',
    ],
    exitCode: EXIT.failed,
  };
}
