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
  /** By wall time, which the aim is about. */
  readonly value: number;
  /** The same by processor time, for machines that are not idle; undefined for memory. */
  readonly byCpu: number | undefined;
  readonly limit: number;
}

const MEGABYTE = 1024 ** 2;

/** Takes the time of a run: wall or processor. */
type Clock = (run: Run) => number;

interface Comparison {
  readonly aim: string;
  readonly limit: number;
  readonly ratio: (time: Clock) => number;
}

/** The figures that the aims are about. */
export function ratios(sfClass: Run, sizes: readonly SizeResult[]): readonly Ratio[] {
  const of = (size: number): SizeResult => {
    const found = sizes.find((each) => each.size === size);
    if (found === undefined) throw new RangeError(`${size} integrations were not measured`);
    return found;
  };
  const [one, ten, hundred, thousand] = [of(1), of(10), of(100), of(1000)];
  const each = (time: Clock, more: SizeResult, fewer: SizeResult): number =>
    (time(more.pipeline) - time(fewer.pipeline)) / (more.size - fewer.size);
  const comparisons: readonly Comparison[] = [
    {
      aim: 'one integration, cold, to sf for one class',
      limit: 0.5,
      ratio: (time) => time(one.generate) / time(sfClass),
    },
    {
      aim: '1,000 integrations to raw writes',
      limit: 2,
      ratio: (time) => time(thousand.pipeline) / time(thousand.write),
    },
    {
      aim: 'cost of one of 1,000 to one of 10, all included',
      limit: 1.2,
      ratio: (time) => time(thousand.pipeline) / thousand.size / (time(ten.pipeline) / ten.size),
    },
    {
      aim: 'cost of one more beyond 100 to one more beyond 10',
      limit: 1.2,
      ratio: (time) => each(time, thousand, hundred) / each(time, hundred, ten),
    },
    {
      aim: 'no change at 1,000 to reading the files',
      limit: 1.5,
      ratio: (time) => time(thousand.pipelineUnchanged) / time(thousand.read),
    },
  ];
  const peak = Math.max(thousand.first.maxRss, thousand.generate.maxRss, thousand.unchanged.maxRss);
  return [
    ...comparisons.map(({ aim, limit, ratio }) => ({
      aim,
      limit,
      value: ratio(({ milliseconds }) => milliseconds),
      byCpu: ratio(({ cpu }) => cpu),
    })),
    { aim: 'peak memory at 1,000 in MB', limit: 400, value: peak / MEGABYTE, byCpu: undefined },
  ];
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
    ['ratio', 'measured', 'by processor time', 'aim', ''],
    ...ratios(sfClass, sizes).map(({ aim, value, byCpu, limit }) => [
      aim,
      value.toFixed(2),
      byCpu?.toFixed(2) ?? '',
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
