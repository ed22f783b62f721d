import type { ApexRuntime } from '../apex/runtime/index.js';
import type { FlowDefinition } from '../metadata/index.js';
import type { FoundOperation } from './services.js';

/** What running flows need of the org around them. */
export interface FlowOrg {
  readonly runtime: ApexRuntime;
  /** The flow that a subflow or an action names, in any case: the active version. @throws Unsupported naming what in it does not run here */
  flow(name: string): FlowDefinition | undefined;
  /** The latest version of a flow, active or not. @throws Unsupported naming what in it does not run here */
  latestFlow(name: string): FlowDefinition | undefined;
  /** The operation of an external service that an action names. */
  operation(actionName: string): FoundOperation | undefined;
}

/** The org's default time zone. */
export function orgZone({ runtime }: FlowOrg): string {
  const zone = runtime.data.store.rowOfId(runtime.options.identity.organizationId)?.row.values['TimeZoneSidKey'];
  return typeof zone === 'string' ? zone : 'GMT';
}
