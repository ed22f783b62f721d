import { z } from 'zod';
import type { KernelHost } from './host.js';

const KEY = 'timer:';

const storedTimer = z.object({
  kind: z.string(),
  key: z.string(),
  dueAt: z.number(),
  payload: z.unknown(),
  group: z.string().optional(),
});

/** Something that happens at a time and outlives the process. */
export interface Timer {
  /** Which handler it is for. */
  readonly kind: string;
  /** Scheduling a timer replaces the one of the same kind and key. */
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly dueAt: number;
  /** JSON. */
  readonly payload: unknown;
  /** Timers of one kind and group that are due together are handled together, as far as the handler takes them. */
  readonly group?: string | undefined;
}

export interface TimerHandler {
  /** Most timers of one group that are handled at once; 1 when left out. */
  readonly batchSize?: (group: string) => number;
  /**
   * Does what is due. The timers are forgotten when it resolves or rejects; when the process dies before, they come again. Handlers that
   * retry schedule a timer again.
   */
  readonly handle: (timers: readonly Timer[]) => Promise<void>;
}

/** The timers of an org: scheduled paths of flows, scheduled flows, and whatever else has to happen later. */
export class Timers {
  private readonly timers = new Map<string, Timer>();
  private readonly handlers = new Map<string, TimerHandler>();

  constructor(private readonly host: KernelHost) {}

  /** Says who handles a kind. Timers of a kind without handler wait for one. */
  handle(kind: string, handler: TimerHandler): void {
    this.handlers.set(kind, handler);
    for (const timer of this.timers.values()) if (timer.kind === kind) this.plan(timer);
  }

  schedule(timer: Timer): void {
    const id = idOf(timer);
    this.timers.set(id, timer);
    this.host.state.put(KEY + id, timer);
    this.plan(timer);
  }

  /** Forgets a timer; false when there is none. */
  cancel(kind: string, key: string): boolean {
    const id = idOf({ kind, key });
    this.host.pump.cancel(KEY + id);
    this.host.state.remove(KEY + id);
    return this.timers.delete(id);
  }

  /** Timers of a kind that wait, in the order in which they are due. */
  waiting(kind: string): readonly Timer[] {
    return [...this.timers.values()]
      .filter((timer) => timer.kind === kind)
      .toSorted((left, right) => left.dueAt - right.dueAt);
  }

  /** Takes up the timers of an earlier process. */
  restore(): void {
    for (const [, value] of this.host.state.under(KEY)) {
      const timer = storedTimer.parse(value);
      this.timers.set(idOf(timer), timer);
      this.plan(timer);
    }
  }

  private plan(timer: Timer): void {
    const handler = this.handlers.get(timer.kind);
    if (handler === undefined) return;
    const key = KEY + idOf(timer);
    this.host.pump.add({ kind: 'timer', key, dueAt: timer.dueAt, run: () => this.run(timer, handler) });
  }

  private async run(first: Timer, handler: TimerHandler): Promise<void> {
    const timers = [first, ...this.companions(first, handler)];
    for (const timer of timers) this.timers.delete(idOf(timer));
    try {
      await handler.handle(timers);
    } finally {
      // A handler may have scheduled one of them again meanwhile.
      for (const timer of timers) if (!this.timers.has(idOf(timer))) this.host.state.remove(KEY + idOf(timer));
    }
  }

  /** The other timers of the group that are due now; they do not run by themselves any more. */
  private companions(first: Timer, { batchSize }: TimerHandler): readonly Timer[] {
    const { group } = first;
    const size = group === undefined ? 1 : (batchSize?.(group) ?? 1);
    if (size < 2) return [];
    const now = this.host.clock.now();
    const companions = this.waiting(first.kind)
      .filter((timer) => timer !== first && timer.group === group && timer.dueAt <= now)
      .slice(0, size - 1);
    for (const timer of companions) this.host.pump.cancel(KEY + idOf(timer));
    return companions;
  }
}

function idOf({ kind, key }: Pick<Timer, 'kind' | 'key'>): string {
  return `${kind}|${key}`;
}
