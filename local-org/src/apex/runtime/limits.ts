import { apexError } from './exceptions.js';

/** What is counted per transaction (PLATFORM 3; Apex Developer Guide: Execution Governors and Limits). */
export type LimitName =
  | 'queries'
  | 'queryRows'
  | 'aggregateQueries'
  | 'queryLocatorRows'
  | 'batchRows'
  | 'cursors'
  | 'cursorRows'
  | 'cursorFetches'
  | 'paginationCursors'
  | 'paginationRows'
  | 'soslQueries'
  | 'dmlStatements'
  | 'dmlRows'
  | 'callouts'
  | 'calloutTime'
  | 'futureCalls'
  | 'queueableJobs'
  | 'emailInvocations'
  | 'publishImmediateDml'
  | 'cpuTime'
  | 'heapSize'
  | 'savepoints'
  | 'mobilePushApexCalls';

export type LimitValues = Readonly<Record<LimitName, number>>;

const SYNC: LimitValues = {
  queries: 100,
  queryRows: 50_000,
  aggregateQueries: 300,
  queryLocatorRows: 10_000,
  batchRows: 50_000_000,
  // Salesforce documents no limit per transaction, only one of 10,000 in a day.
  cursors: 10_000,
  cursorRows: 50_000_000,
  cursorFetches: 100,
  paginationCursors: 50,
  paginationRows: 100_000,
  soslQueries: 20,
  dmlStatements: 150,
  dmlRows: 10_000,
  callouts: 100,
  calloutTime: 120_000,
  futureCalls: 50,
  queueableJobs: 50,
  emailInvocations: 10,
  publishImmediateDml: 150,
  cpuTime: 10_000,
  heapSize: 6_000_000,
  savepoints: 330,
  mobilePushApexCalls: 10,
};

const ASYNC: LimitValues = {
  ...SYNC,
  queries: 200,
  aggregateQueries: 600,
  cpuTime: 60_000,
  heapSize: 12_000_000,
  queueableJobs: 1,
};

export type Governor = 'sync' | 'async';

/** The ceilings of a kind of transaction. */
export function ceilings(governor: Governor): LimitValues {
  return governor === 'sync' ? SYNC : ASYNC;
}

/** How the platform names an exceeded limit. */
const MESSAGES: Partial<Record<LimitName, string>> = {
  queries: 'Too many SOQL queries',
  queryRows: 'Too many query rows',
  aggregateQueries: 'Too many aggregate queries',
  queryLocatorRows: 'Too many query locator rows',
  cursorRows: 'Too many Apex cursor rows',
  cursorFetches: 'Too many fetch calls on Apex cursors',
  paginationCursors: 'Too many Apex pagination cursors',
  paginationRows: 'Too many Apex pagination cursor rows',
  batchRows: 'Too many query locator rows',
  soslQueries: 'Too many SOSL queries',
  dmlStatements: 'Too many DML statements',
  dmlRows: 'Too many DML rows',
  callouts: 'Too many callouts',
  futureCalls: 'Too many future calls',
  queueableJobs: 'Too many queueable jobs added to the queue',
  emailInvocations: 'Too many Email Invocations',
  publishImmediateDml: 'Too many Immediate Platform Event DML',
  savepoints: 'Too many Savepoints',
};

/** Counts what a transaction, or the part of a test between startTest and stopTest, uses. */
export class LimitCounter {
  private readonly used = new Map<LimitName, number>();
  /** CPU milliseconds before the clock was last stopped. */
  private cpuBefore = 0;
  /** Undefined while the clock stands still. */
  private cpuStart: NodeJS.CpuUsage | undefined = process.cpuUsage();

  /** @param overrides ceilings that differ from the platform's, for tests of the limits themselves */
  constructor(
    readonly governor: Governor,
    private readonly overrides: Partial<LimitValues> = {},
  ) {}

  get(name: LimitName): number {
    return name === 'cpuTime' ? this.cpuMs() : (this.used.get(name) ?? 0);
  }

  limit(name: LimitName): number {
    return this.overrides[name] ?? ceilings(this.governor)[name];
  }

  /** Adds to a counter. @throws System.LimitException beyond the ceiling, which no Apex code can catch */
  count(name: LimitName, amount = 1): void {
    const next = (this.used.get(name) ?? 0) + amount;
    this.used.set(name, next);
    const ceiling = this.limit(name);
    if (next > ceiling) throw apexError('LimitException', `${MESSAGES[name] ?? `Too many ${name}`}: ${next}`);
  }

  /** Sets a gauge such as the size of the heap. */
  note(name: LimitName, value: number): void {
    this.used.set(name, value);
  }

  private cpuMs(): number {
    if (this.cpuStart === undefined) return this.cpuBefore;
    const { user, system } = process.cpuUsage(this.cpuStart);
    return this.cpuBefore + Math.round((user + system) / 1000);
  }

  /** Stops the clock: the transaction waits, or another one runs inside of it. */
  pauseCpu(): void {
    this.cpuBefore = this.cpuMs();
    this.cpuStart = undefined;
  }

  resumeCpu(): void {
    this.cpuStart ??= process.cpuUsage();
  }

  /** @throws System.LimitException when the time is used up */
  checkCpu(): void {
    if (this.cpuMs() > this.limit('cpuTime')) throw apexError('LimitException', 'Apex CPU time limit exceeded');
  }

  /** Starts the clock again: time before, such as compiling, does not count. */
  restartCpu(): void {
    this.cpuBefore = 0;
    this.cpuStart = process.cpuUsage();
  }
}
