import { connectFlows } from '../../../local-org/src/flow/index.js';
import type { Component } from '../../../local-org/src/model/index.js';
import { OrgClock } from '../../../local-org/src/platform/clock/index.js';
import { Kernel } from '../../../local-org/src/platform/kernel/index.js';
import { orgWith, type FlowTestOrg } from './org.js';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Where the clock of these tests stands at first. */
export const START = Date.UTC(2026, 10, 23, 12, 0, 0);

/** An org with a kernel whose clock a test moves, so that what flows leave for later happens. */
export interface LaterOrg extends FlowTestOrg {
  readonly kernel: Kernel;
  /** Milliseconds since 1970. */
  now(): number;
  /** Goes ahead and runs everything that is due by then, at its time. */
  advance(milliseconds: number): Promise<void>;
  /** Times at which something of a kind is due, as milliseconds from the start. */
  due(kind?: string): readonly number[];
  /** Takes the runtime over again, as a deployment does. */
  redeploy(): void;
}

export function laterOrg(
  parts: readonly (Component | string)[],
  options: Parameters<typeof orgWith>[1] = {},
): LaterOrg {
  const clock = new OrgClock('virtual', Date.now, START);
  const org = orgWith(parts, { ...options, clock });
  const { runtime } = org.engine;
  const kernel = new Kernel({
    org: { runtime: () => runtime, components: () => [] },
    clock,
    onError: (error) => {
      throw error;
    },
  });
  connectFlows(kernel, () => runtime);
  kernel.attach(runtime);
  return {
    ...org,
    kernel,
    now: () => clock.now(),
    due: (kind = 'flowPath') => kernel.timers.waiting(kind).map(({ dueAt }) => dueAt - START),
    advance: async (milliseconds) => {
      await kernel.advance(milliseconds);
    },
    redeploy: () => kernel.attach(runtime),
  };
}
