/** Exit codes of every command (DESIGN: 0 ok, 1 failed, 2 usage, 68 and 69 as the SF CLI uses them). */
export const EXIT = { ok: 0, failed: 1, usage: 2, partial: 68, inProgress: 69 } as const;

export interface UserErrorOptions {
  readonly actions?: readonly string[];
  readonly exitCode?: number;
  readonly data?: unknown;
  readonly cause?: unknown;
}

/** A failure that the user can do something about: printed without a stack trace, with what to do next. */
export class UserError extends Error {
  /** Stable name for scripts, in the JSON output's `name`: `StaleFilesError`. */
  public override readonly name: string;
  /** What to do, one sentence each. */
  public readonly actions: readonly string[];
  public readonly exitCode: number;
  /** Facts for scripts, printed under `data` with `--json`. */
  public readonly data: unknown;

  public constructor(name: string, message: string, options: UserErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = name;
    this.actions = options.actions ?? [];
    this.exitCode = options.exitCode ?? EXIT.failed;
    this.data = options.data;
  }
}
