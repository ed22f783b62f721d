import type { SObject, TriggerBatch } from '../data/index.js';
import type { FlowContext } from '../apex/engine/index.js';
import {
  runSteps,
  type EventFlow,
  type FlowHooks,
  type FlowInterview,
  type Steps,
  type TestState,
  type Timer,
  type TimerPort,
} from '../apex/runtime/index.js';
import { callFlowAction, type ActionInputs, type ActionOutcome } from './calls/index.js';
import { FlowCatalog } from './catalog.js';
import { ServiceCatalog } from './services.js';
import { groupBy } from './group-by.js';
import type { FlowOrg } from './org.js';
import { ScreenFlow } from './screens/screen-flow.js';
import { ApexInterview } from './starts/apex-interview.js';
import { deliverToFlow, MAX_EVENTS } from './starts/events.js';
import { firePaths } from './starts/fire-paths.js';
import { batchSizeOf, laterPath, pathOfGroup, timerOf } from './starts/later-path.js';
import { PathScheduler } from './starts/later-paths.js';
import { armSchedules, fireSchedule } from './starts/scheduled.js';
import { RecordTriggers } from './starts/record-triggered.js';

/** Runs the flows of an org: what its runtime and its timers call. */
export class FlowRunner implements FlowHooks {
  private readonly org: FlowOrg;
  private readonly catalog: FlowCatalog;
  private readonly records: RecordTriggers;
  private readonly paths: PathScheduler;

  constructor({ runtime, components }: FlowContext) {
    const catalog = new FlowCatalog(components);
    const services = new ServiceCatalog(components);
    this.org = {
      get runtime() {
        return runtime();
      },
      flow: (name) => catalog.flow(name),
      latestFlow: (name) => catalog.latest(name),
      operation: (actionName) => services.operation(actionName),
    };
    this.catalog = catalog;
    this.paths = new PathScheduler(this.org, catalog);
    this.records = new RecordTriggers(this.org, catalog, this.paths);
  }

  readonly beforeSaveFlows = (batch: TriggerBatch): void => this.records.beforeSave(batch);
  readonly afterSaveFlows = (batch: TriggerBatch): void => this.records.afterSave(batch);
  readonly saveEnded = (records: readonly SObject[]): void => this.records.saveEnded(records);

  runTest(test: TestState): void {
    const groups = groupBy(this.paths.takeTest(test), (later) => timerOf(later, 0).group);
    for (const due of groups.values()) runSteps(this.org.runtime, this.fire(due, test));
  }

  dropTest(test: TestState): void {
    this.paths.takeTest(test);
  }

  /** Runs scheduled and asynchronous paths whose timers are due; all of one group. */
  firePaths(timers: readonly Timer[]): Steps<void> {
    return this.fire(
      timers.map(({ payload }) => laterPath.parse(payload)),
      undefined,
    );
  }

  createInterview(flowName: string, inputs: ReadonlyMap<string, unknown>): FlowInterview {
    return new ApexInterview(this.org, flowName, inputs);
  }

  /** The flow's part of a REST request; undefined when there is no such flow that something else may start. */
  callFlow(
    flowName: string,
    userId: string,
    requests: readonly ActionInputs[],
  ): Steps<readonly ActionOutcome[]> | undefined {
    const definition = this.org.flow(flowName);
    if (definition?.start.kind !== 'called') return undefined;
    return callFlowAction(this.org, definition, definition.start.next, userId, requests);
  }

  /** A screen flow for a person to run; undefined when there is no such active flow. */
  screenFlow(flowName: string, userId: string): ScreenFlow | undefined {
    const definition = this.org.flow(flowName);
    if (definition?.start.kind !== 'called') return undefined;
    return new ScreenFlow(this.org, definition, definition.start.next, userId);
  }

  eventFlows(objectName: string): readonly EventFlow[] {
    const name = objectName.toLowerCase();
    return this.allEventFlows().filter(({ object }) => object.toLowerCase() === name);
  }

  /** The flows that platform events start, whatever their object. */
  allEventFlows(): readonly EventFlow[] {
    return this.catalog.startedBy('event').map((flow) => ({
      name: flow.definition.name,
      object: flow.start.object,
      maximumBatch: MAX_EVENTS,
      deliver: (events, test) => deliverToFlow(this.org, this.catalog, flow, events, test, this.onFailure),
    }));
  }

  /** Brings the timers of schedule-triggered flows up to what is deployed. */
  armSchedules(timers: TimerPort): void {
    armSchedules(this.org, this.catalog, timers);
  }

  /** Runs a schedule-triggered flow whose timer is due, and arms its next run. */
  fireSchedule(timer: Timer): Steps<void> {
    return fireSchedule(this.org, this.catalog, timer, this.onFailure);
  }

  /** Most timers of a group that are fired together. */
  pathBatchSize(group: string): number {
    const { flow, path } = pathOfGroup(group);
    const definition = this.catalog.flow(flow);
    return definition?.start.kind === 'record' ? batchSizeOf(definition.start, path) : 1;
  }

  private fire(due: Parameters<typeof firePaths>[2], test: TestState | undefined): Steps<void> {
    return firePaths(this.org, this.catalog, due, test, this.onFailure);
  }

  private readonly onFailure = (flow: string, about: string | undefined, message: string): void => {
    const what = about === undefined ? '' : ` for ${about}`;
    this.org.runtime.notices.add(`Flow ${flow} failed${what}: ${message}`);
  };
}

/** Makes the flow engine of a runtime. */
export const flowEngine = (context: FlowContext): FlowRunner => new FlowRunner(context);
