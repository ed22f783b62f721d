import type { SObject, TriggerBatch } from '../data/index.js';
import type { FlowContext } from '../apex/engine/index.js';
import type { FlowHooks } from '../apex/runtime/index.js';
import { FlowCatalog } from './catalog.js';
import type { FlowOrg } from './org.js';
import { RecordTriggers, type LaterPaths } from './starts/record-triggered.js';

const NO_LATER_PATHS: LaterPaths = { judged: () => undefined, deleted: () => undefined };

/** Runs the flows of an org: what its runtime calls when records change. */
export class FlowRunner implements FlowHooks {
  private readonly records: RecordTriggers;

  constructor({ runtime, components }: FlowContext) {
    const catalog = new FlowCatalog(components);
    const org: FlowOrg = {
      get runtime() {
        return runtime();
      },
      flow: (name) => catalog.flow(name),
    };
    this.records = new RecordTriggers(org, catalog, NO_LATER_PATHS);
  }

  readonly beforeSaveFlows = (batch: TriggerBatch): void => this.records.beforeSave(batch);
  readonly afterSaveFlows = (batch: TriggerBatch): void => this.records.afterSave(batch);
  readonly saveEnded = (records: readonly SObject[]): void => this.records.saveEnded(records);
}

/** Makes the flow engine of a runtime. */
export const flowEngine = (context: FlowContext): FlowHooks => new FlowRunner(context);
