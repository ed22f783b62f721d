import type { ApexRuntime } from '../apex/runtime/index.js';
import type { FlowDefinition } from '../metadata/index.js';

/** What running flows need of the org around them. */
export interface FlowOrg {
  readonly runtime: ApexRuntime;
  /** The flow that a subflow or an action names, in any case: the active version. @throws Unsupported naming what in it does not run here */
  flow(name: string): FlowDefinition | undefined;
}
