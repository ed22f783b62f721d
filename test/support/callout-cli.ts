import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the project. */
export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

export interface CliRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  /** Folder to run in; the project by default. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** Runs the built binary as a user would. */
export function callout(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  return run(process.execPath, [join(PROJECT, 'generator', 'bin', 'callout.js'), ...args], options);
}

/** Runs a program without a shell; its stdin is empty unless there is input. */
export function run(
  command: string,
  args: readonly string[],
  { cwd = PROJECT, env = {}, input = '' }: CliOptions,
): Promise<CliRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, NO_COLOR: '1', ...env } });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
    // A program that refuses its flags may end before it reads its input; how it ended is what the caller looks at.
    child.stdin.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') reject(error);
    });
    child.stdin.end(input);
  });
}
