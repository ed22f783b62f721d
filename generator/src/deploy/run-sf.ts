import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { mkdirSync } from 'node:fs';
import spawn from 'cross-spawn';
import { sfEnvironment, type SfEnvironmentOptions } from './sf-environment.js';
import { sfNotRunnable } from './sf-errors.js';
import { findSf } from './sf-program.js';

export interface RunSfOptions extends SfEnvironmentOptions {
  /** Project to run in; also where its own CLI is looked for. */
  readonly projectRoot: string;
  /**
   * `inherit` gives the command this process's terminal, so that nothing is buffered and progress is drawn in place.
   * `capture` collects what it prints.
   */
  readonly output: 'inherit' | 'capture';
  /** With `capture`: told about each piece of output as it comes. */
  readonly onOutput?: (text: string, stream: 'stdout' | 'stderr') => void;
}

export interface SfRun {
  /** The command's own; 128 plus the signal's number when one ended it. */
  readonly exitCode: number;
  /** Empty with `inherit`. */
  readonly stdout: string;
  readonly stderr: string;
}

const FORWARDED: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const KILLED_BY_SIGNAL = 128;

/**
 * Runs one command of the Salesforce CLI and resolves when it has ended. Arguments are passed on as they are, without a shell;
 * a batch file of Windows needs one, for which `cross-spawn` escapes them. Signals that reach this process are passed on, so
 * that the command can end in order. Throws UserError when the CLI is missing or cannot run.
 */
export async function runSf(args: readonly string[], options: RunSfOptions): Promise<SfRun> {
  const program = findSf(options.projectRoot);
  if (options.home !== undefined) mkdirSync(options.home, { recursive: true, mode: 0o700 });
  const capture = options.output === 'capture';
  const child = spawn(program.command, [...program.args, ...args], {
    cwd: options.projectRoot,
    env: { ...(redrawsInVain(capture) ? { CI: 'true' } : {}), ...sfEnvironment(options) },
    stdio: capture ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    windowsHide: true,
  });
  const stdout = collect(child, 'stdout', options.onOutput);
  const stderr = collect(child, 'stderr', options.onOutput);
  const stopForwarding = forwardSignals(child);
  try {
    const exitCode = await ended(child);
    return { exitCode, stdout: stdout(), stderr: stderr() };
  } finally {
    stopForwarding();
  }
}

/** Without a terminal the CLI prints its progress again and again, one drawing below the other; told that this is CI, it prints each stage once. */
function redrawsInVain(capture: boolean): boolean {
  return !capture && !process.stdout.isTTY;
}

function collect(child: ChildProcess, name: 'stdout' | 'stderr', onOutput: RunSfOptions['onOutput']): () => string {
  let text = '';
  const stream = child[name];
  stream?.setEncoding('utf8');
  stream?.on('data', (part: string) => {
    text += part;
    onOutput?.(part, name);
  });
  return () => text;
}

function forwardSignals(child: ChildProcess): () => void {
  const handlers = FORWARDED.map((signal) => {
    const handler = (): void => {
      // A terminal sends Ctrl-C to both processes by itself.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    process.on(signal, handler);
    return { signal, handler };
  });
  return () => {
    for (const { signal, handler } of handlers) process.off(signal, handler);
  };
}

function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(sfNotRunnable(error.message)));
    child.once('close', (code, signal) =>
      resolve(code ?? KILLED_BY_SIGNAL + (signal === null ? 0 : constants.signals[signal])),
    );
  });
}
