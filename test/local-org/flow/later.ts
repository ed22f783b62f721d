import {
  runStepsSuspendable,
  type Clock,
  type Timer,
  type TimerPort,
} from '../../../local-org/src/apex/runtime/index.js';
import { FlowRunner } from '../../../local-org/src/flow/index.js';
import type { Component } from '../../../local-org/src/model/index.js';
import { orgWith, type FlowTestOrg } from './org.js';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Where the clock of these tests stands at first. */
export const START = Date.UTC(2026, 10, 23, 12, 0, 0);

/** Timers without a kernel: they fire when a test advances the clock. */
class TestTimers implements TimerPort {
  readonly all = new Map<string, Timer>();

  schedule(timer: Timer): void {
    this.all.set(`${timer.kind} ${timer.key}`, timer);
  }

  cancel(kind: string, key: string): boolean {
    return this.all.delete(`${kind} ${key}`);
  }

  waiting(kind: string): readonly Timer[] {
    return [...this.all.values()].filter((timer) => timer.kind === kind).toSorted((a, b) => a.dueAt - b.dueAt);
  }

  /** Takes the timers of one group that are due first. */
  takeDue(now: number): readonly Timer[] {
    const due = [...this.all.values()].filter(({ dueAt }) => dueAt <= now).toSorted((a, b) => a.dueAt - b.dueAt);
    const group = due.filter((timer) => timer.kind === due[0]?.kind && timer.group === due[0].group);
    for (const { kind, key } of group) this.cancel(kind, key);
    return group;
  }
}

/** An org whose clock a test moves, so that what flows leave for later happens. */
export interface LaterOrg extends FlowTestOrg {
  /** Milliseconds since 1970. */
  now(): number;
  /** Goes ahead and runs everything that is due by then, at its time. */
  advance(milliseconds: number): Promise<void>;
  /** Times at which something of a kind is due, as milliseconds from the start. */
  due(kind?: string): readonly number[];
  readonly runner: FlowRunner;
}

export function laterOrg(
  parts: readonly (Component | string)[],
  options: Parameters<typeof orgWith>[1] = {},
): LaterOrg {
  let time = START;
  const clock: Clock = { now: () => time };
  const org = orgWith(parts, { ...options, clock });
  const { runtime } = org.engine;
  const timers = new TestTimers();
  const { asyncHost } = runtime;
  Object.defineProperty(asyncHost, 'timers', { value: timers });
  const runner = runtime.options.flows;
  if (!(runner instanceof FlowRunner)) throw new Error('The org has no flow engine.');
  const runDue = async (): Promise<void> => {
    for (let due = timers.takeDue(time); due.length > 0; due = timers.takeDue(time)) {
      if (due[0]?.kind === 'flowPath') await runStepsSuspendable(runtime, runner.firePaths(due));
      else for (const timer of due) await runStepsSuspendable(runtime, runner.fireSchedule(timer));
    }
  };
  return {
    ...org,
    runner,
    now: () => time,
    due: (kind = 'flowPath') => timers.waiting(kind).map(({ dueAt }) => dueAt - START),
    advance: async (milliseconds) => {
      const target = time + milliseconds;
      for (;;) {
        await runDue();
        const next = Math.min(...[...timers.all.values()].map(({ dueAt }) => dueAt));
        if (next > target) break;
        time = next;
      }
      time = target;
      await runDue();
    },
  };
}
