import type { Clock } from '../../apex/runtime/index.js';

/** `real`: the time of the machine, plus what was skipped. `virtual`: stands still until it is advanced. */
export type ClockMode = 'real' | 'virtual';

/** Where a clock stands: milliseconds ahead of the machine, or the time of a virtual one. */
export interface ClockState {
  readonly mode: ClockMode;
  readonly base: number;
}

/** The time of an org. It never goes back. */
export class OrgClock implements Clock {
  /** Milliseconds ahead of the machine; in a virtual clock the time itself. */
  private base: number;
  /** Told when time was skipped. */
  onJump: (() => void) | undefined;

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
    if (ahead <= 0) return;
    this.base += ahead;
    this.onJump?.();
  }

  /** What has to be kept so that the org's time goes on after a restart: `resume` takes it. */
  get state(): ClockState {
    return { mode: this.mode, base: this.base };
  }

  /** Goes on from an earlier process: a virtual clock stands where it stood, a real one is as far ahead of the machine as it was. */
  resume(earlier: ClockState): void {
    if (this.mode === earlier.mode) this.base = earlier.base;
    else if (this.mode === 'virtual') this.base = this.wall() + earlier.base;
    else this.base = Math.max(0, earlier.base - this.wall());
  }
}
