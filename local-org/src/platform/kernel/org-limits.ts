import type { OrgClock } from '../clock/index.js';

const HOUR = 3_600_000;

/** Most that an org may do in a time. */
export interface OrgLimitValues {
  /** Executions of asynchronous Apex in 24 hours (PLATFORM 3.3). */
  readonly asyncApex: number;
  /** Published events in an hour (PLATFORM 3.5). */
  readonly events: number;
}

const PLATFORM_LIMITS: OrgLimitValues = { asyncApex: 250_000, events: 250_000 };

/** Counts what happened in the time up to now, in sixty parts of it. */
class RollingCount {
  private readonly parts = new Map<number, number>();

  constructor(
    private readonly clock: OrgClock,
    private readonly window: number,
  ) {}

  add(amount: number): void {
    const part = this.part();
    this.parts.set(part, (this.parts.get(part) ?? 0) + amount);
  }

  total(): number {
    const oldest = this.part() - 59;
    let total = 0;
    for (const [part, count] of this.parts) {
      if (part < oldest) this.parts.delete(part);
      else total += count;
    }
    return total;
  }

  private part(): number {
    return Math.floor((this.clock.now() * 60) / this.window);
  }
}

/** The limits of the whole org, which all transactions share. They start anew with the process. */
export class OrgLimits {
  private readonly asyncApex: RollingCount;
  private readonly events: RollingCount;
  private readonly values: OrgLimitValues;

  /** @param values limits that differ from the platform's */
  constructor(clock: OrgClock, values: Partial<OrgLimitValues> = {}) {
    this.values = { ...PLATFORM_LIMITS, ...values };
    this.asyncApex = new RollingCount(clock, 24 * HOUR);
    this.events = new RollingCount(clock, HOUR);
  }

  noteExecution(): void {
    this.asyncApex.add(1);
  }

  noteEvents(amount: number): void {
    this.events.add(amount);
  }

  get hasAsyncApex(): boolean {
    return this.asyncApex.total() < this.values.asyncApex;
  }

  get hasEvents(): boolean {
    return this.events.total() < this.values.events;
  }
}
