import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One run of a program: wall time, processor time (which other programs on the machine disturb less), and peak memory in bytes. */
export interface Run {
  readonly milliseconds: number;
  readonly cpu: number;
  readonly maxRss: number;
}

/** What child.js measured inside its process. */
export interface ChildRun extends Run {
  readonly files: number;
}

/** A run with what it wrote. */
export interface ProgramRun extends Run {
  readonly output: string;
}

const CHILD = fileURLToPath(new URL('./child.js', import.meta.url));
const REPORT_USAGE = new URL('./report-usage.js', import.meta.url).href;

/** Runs a Node program cold and fails loudly when it does. */
export function coldRun(script: string, args: readonly string[], cwd: string): ProgramRun {
  const usageFile = join(mkdtempSync(join(tmpdir(), 'callout-bench-usage-')), 'usage');
  const start = performance.now();
  const { status, stderr, stdout } = spawnSync(process.execPath, ['--import', REPORT_USAGE, script, ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1024 ** 3,
    env: {
      ...process.env,
      CALLOUT_BENCH_USAGE: usageFile,
      SF_AUTOUPDATE_DISABLE: 'true',
      SF_DISABLE_TELEMETRY: 'true',
    },
  });
  const milliseconds = performance.now() - start;
  if (status !== 0) throw new Error(`${script} ${args.join(' ')} ended with ${String(status)}\n${stdout}\n${stderr}`);
  const usage: unknown = JSON.parse(readFileSync(usageFile, 'utf8'));
  rmSync(dirname(usageFile), { recursive: true });
  if (!hasNumbers(usage, ['maxRss', 'cpu'])) throw new Error(`${script} reported ${JSON.stringify(usage)}`);
  return { milliseconds, cpu: usage.cpu, maxRss: usage.maxRss, output: stdout };
}

/** Runs one mode of child.js. */
export function childRun(mode: 'pipeline' | 'write' | 'read', ...args: readonly string[]): ChildRun {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CHILD, mode, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`child.js ${mode} ended with ${String(status)}\n${stderr}`);
  const result: unknown = JSON.parse(stdout);
  if (!hasNumbers(result, ['milliseconds', 'cpu', 'maxRss', 'files']))
    throw new Error(`child.js ${mode} printed ${stdout}`);
  return result;
}

function hasNumbers<Key extends string>(value: unknown, keys: readonly Key[]): value is Record<Key, number> {
  return (
    typeof value === 'object' && value !== null && keys.every((key) => typeof Reflect.get(value, key) === 'number')
  );
}

/** The run with the median time. */
export function median<R extends Run>(runs: readonly R[]): R {
  const sorted = [...runs].sort((left, right) => left.milliseconds - right.milliseconds);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new RangeError('no runs');
  return middle;
}

/** Repeats a measurement. */
export function repeat<R extends Run>(times: number, run: () => R): R {
  return median(Array.from({ length: times }, run));
}
