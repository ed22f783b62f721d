import type { ChildRun, Run } from './measure.js';

/** Everything that was measured for one number of integrations. */
export interface SizeResult {
  readonly size: number;
  /** Generated files. */
  readonly files: number;
  /** Cold process, contracts not in the cache. */
  readonly first: Run;
  /** Cold process, contracts in the cache, empty folder. */
  readonly generate: Run;
  /** Cold process, nothing to change. */
  readonly unchanged: Run;
  /** The same two without the start of the process. */
  readonly pipeline: ChildRun;
  readonly pipelineUnchanged: ChildRun;
  /** Raw script: writing the same bytes; finding and reading them. */
  readonly write: ChildRun;
  readonly read: ChildRun;
  /** plop, as many files. */
  readonly plop: Run;
}

/** One aim: a ratio (or megabytes) that must not be above its limit. */
export interface Ratio {
  readonly aim: string;
  readonly value: number;
  readonly limit: number;
}

const MEGABYTE = 1024 ** 2;

/** The figures that the aims are about. */
export function ratios(sfClass: Run, sizes: readonly SizeResult[]): readonly Ratio[] {
  const of = (size: number): SizeResult => {
    const found = sizes.find((each) => each.size === size);
    if (found === undefined) throw new RangeError(`${size} integrations were not measured`);
    return found;
  };
  const [one, ten, hundred, thousand] = [of(1), of(10), of(100), of(1000)];
  const perIntegration = (more: SizeResult, fewer: SizeResult): number =>
    (more.pipeline.milliseconds - fewer.pipeline.milliseconds) / (more.size - fewer.size);
  return [
    { aim: 'one integration, cold, to sf for one class', value: over(one.generate, sfClass), limit: 0.5 },
    { aim: '1,000 integrations to raw writes', value: over(thousand.pipeline, thousand.write), limit: 2 },
    {
      aim: 'cost of one of 1,000 to one of 10, all included',
      value: thousand.pipeline.milliseconds / thousand.size / (ten.pipeline.milliseconds / ten.size),
      limit: 1.2,
    },
    {
      aim: 'cost of one more beyond 100 to one more beyond 10',
      value: perIntegration(thousand, hundred) / perIntegration(hundred, ten),
      limit: 1.2,
    },
    {
      aim: 'no change at 1,000 to reading the files',
      value: over(thousand.pipelineUnchanged, thousand.read),
      limit: 1.5,
    },
    {
      aim: 'peak memory at 1,000 in MB',
      value: Math.max(thousand.first.maxRss, thousand.generate.maxRss, thousand.unchanged.maxRss) / MEGABYTE,
      limit: 400,
    },
  ];
}

function over(run: Run, base: Run): number {
  return run.milliseconds / base.milliseconds;
}

const COLUMNS: readonly (readonly [title: string, value: (result: SizeResult) => number])[] = [
  ['files', ({ files }) => files],
  ['first', ({ first }) => first.milliseconds],
  ['cold', ({ generate }) => generate.milliseconds],
  ['cold, no change', ({ unchanged }) => unchanged.milliseconds],
  ['in process', ({ pipeline }) => pipeline.milliseconds],
  ['no change', ({ pipelineUnchanged }) => pipelineUnchanged.milliseconds],
  ['raw write', ({ write }) => write.milliseconds],
  ['raw read', ({ read }) => read.milliseconds],
  ['plop', ({ plop }) => plop.milliseconds],
  ['MB', ({ first, generate }) => Math.max(first.maxRss, generate.maxRss) / MEGABYTE],
];

/** Times in milliseconds for each size, then the ratios beside their aims. */
export function formatTable(sfClass: Run, sizes: readonly SizeResult[]): string {
  const rows = [
    ['integrations', ...COLUMNS.map(([title]) => title)],
    ...sizes.map((result) => [String(result.size), ...COLUMNS.map(([, value]) => value(result).toFixed(0))]),
  ];
  const aims = [
    ['ratio', 'measured', 'aim', ''],
    ...ratios(sfClass, sizes).map(({ aim, value, limit }) => [
      aim,
      value.toFixed(2),
      `<= ${limit}`,
      value <= limit ? 'met' : 'missed',
    ]),
  ];
  return [align(rows), `sf apex generate class: ${sfClass.milliseconds.toFixed(0)} ms`, align(aims)].join('\n\n');
}

function align(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
