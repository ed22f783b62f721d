import type { Clock } from '../../apex/runtime/index.js';

/** `real`: the time of the machine, plus what was skipped. `virtual`: stands still until it is advanced. */
export type ClockMode = 'real' | 'virtual';

/** The time of an org. It never goes back. */
export class OrgClock implements Clock {
  /** Milliseconds ahead of the machine; in a virtual clock the time itself. */
  private base: number;

  /**
   * @param wall the machine's time, milliseconds since 1970
   * @param startAt where a virtual clock starts; by default at the machine's time
   */
  constructor(
    readonly mode: ClockMode,
    private readonly wall: () => number = Date.now,
    startAt?: number,
  ) {
    this.base = mode === 'virtual' ? (startAt ?? wall()) : 0;
  }

  now(): number {
    return this.mode === 'virtual' ? this.base : this.wall() + this.base;
  }

  /** Goes ahead to a time; does nothing when that is past. */
  jumpTo(time: number): void {
    const ahead = time - this.now();
    if (ahead > 0) this.base += ahead;
  }
}
