import {
  runStepsSuspendable,
  type ApexRuntime,
  type DeliveryOutcome,
  type Steps,
  type Timer,
} from '../apex/runtime/index.js';
import type { SObject } from '../data/index.js';
import { FlowRunner } from './engine.js';
import { PATH_TIMER } from './starts/later-path.js';
import { SCHEDULE_TIMER } from './starts/scheduled.js';

/** Somebody who gets platform events. */
export interface FlowSubscriber {
  readonly name: string;
  readonly type: 'FlowInterviewPauseAndTrigger';
  readonly object: string;
  readonly maximumBatch: number;
  readonly deliver: (batch: { readonly events: readonly SObject[] }) => Steps<DeliveryOutcome>;
}

/** What flows need of whoever keeps the time and the events of an org. */
export interface FlowKernel {
  readonly timers: {
    handle(
      kind: string,
      handler: {
        readonly batchSize?: (group: string) => number;
        readonly handle: (timers: readonly Timer[]) => Promise<void>;
      },
    ): void;
  };
  subscribe(source: (runtime: ApexRuntime) => readonly FlowSubscriber[]): void;
}

/** Lets the kernel run scheduled and asynchronous paths, schedule-triggered flows and flows that platform events start. */
export function connectFlows(kernel: FlowKernel, runtime: () => ApexRuntime): void {
  const run = (steps: (flows: FlowRunner) => Steps<void>): Promise<void> => {
    const current = runtime();
    return runStepsSuspendable(current, steps(flowsOf(current)));
  };
  kernel.timers.handle(PATH_TIMER, {
    batchSize: (group) => flowsOf(runtime()).pathBatchSize(group),
    handle: (timers) => run((flows) => flows.firePaths(timers)),
  });
  kernel.timers.handle(SCHEDULE_TIMER, {
    handle: async (timers) => {
      for (const timer of timers) await run((flows) => flows.fireSchedule(timer));
    },
  });
  kernel.subscribe((current) =>
    flowsOf(current)
      .allEventFlows()
      .map(({ name, object, maximumBatch, deliver }) => ({
        name,
        type: 'FlowInterviewPauseAndTrigger',
        object,
        maximumBatch,
        deliver: ({ events }) => deliver(events, undefined),
      })),
  );
}

/** The flows of a runtime. */
export function flowsOf({ options: { flows } }: ApexRuntime): FlowRunner {
  if (flows instanceof FlowRunner) return flows;
  throw new Error('The org runs no flows.');
}
