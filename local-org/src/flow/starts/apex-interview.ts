import {
  ApexList,
  apexError,
  runningAccess,
  type ApexRuntime,
  type FlowInterview,
  type Suspendable,
} from '../../apex/runtime/index.js';
import type { FlowCalledStart, FlowDefinition, FlowType } from '../../metadata/index.js';
import { apexElementType } from '../actions/apex-types.js';
import { fromApex } from '../actions/apex-values.js';
import { Interview } from '../interview/index.js';
import type { FlowOrg } from '../org.js';
import { runBatch } from '../run/batch.js';
import { driveInTransaction } from '../run/drive.js';
import { isCollection, type FlowValue } from '../values/index.js';

/** `Flow.Interview` in Apex: runs an autolaunched flow inside the transaction that starts it (Apex Reference: Interview Class). */
export class ApexInterview implements FlowInterview {
  private readonly interview: Interview;
  private readonly definition: FlowDefinition;
  private readonly from: string | undefined;

  constructor(
    private readonly org: FlowOrg,
    flowName: string,
    inputs: ReadonlyMap<string, unknown>,
  ) {
    const { definition, start } = calledFlow(org, flowName);
    this.definition = definition;
    this.from = start.next;
    const values = [...inputs].map(([name, value]): [string, FlowValue] => [this.inputName(name), fromApex(value)]);
    this.interview = new Interview(org, definition, { inputs: values });
  }

  *start(): Suspendable<void> {
    const [member] = yield* driveInTransaction(runBatch(this.org, [this.interview], this.from));
    const fault = member?.fault;
    if (fault !== undefined)
      throw apexError('FlowException', `An unhandled fault has occurred in this flow. ${fault.message}`);
  }

  variable(name: string): unknown {
    const resource = this.definition.resources.get(name.toLowerCase());
    if (resource?.kind !== 'variable' || !resource.isOutput) return null;
    return toApexValue(this.org.runtime, this.interview.stored(name) ?? null, resource.type);
  }

  private inputName(name: string): string {
    const resource = this.definition.resources.get(name.toLowerCase());
    if (resource?.kind === 'variable' && resource.isInput) return resource.name;
    throw apexError('FlowException', `The flow ${this.definition.name} has no input variable ${name}.`);
  }
}

function calledFlow(
  org: FlowOrg,
  flowName: string,
): { readonly definition: FlowDefinition; readonly start: FlowCalledStart } {
  // Who has the permission Manage Flow runs the latest version where none is active (Salesforce Help: Flow Interview Considerations).
  const mayRunLatest = runningAccess(org.runtime).hasUserPermission('ManageInteraction');
  const definition = org.flow(flowName) ?? (mayRunLatest ? org.latestFlow(flowName) : undefined);
  if (definition === undefined)
    // NebulaLogger: LoggerSObjectHandler catches this type of exception; the text is not documented.
    throw apexError('TypeException', `Interview not started: the flow ${flowName} doesn't exist or isn't active.`);
  const { start } = definition;
  if (start.kind !== 'called')
    throw apexError('FlowException', `Interview not started: the flow ${flowName} is started by the platform.`);
  return { definition, start };
}

/** A value of a flow as Apex gets it back. */
function toApexValue(runtime: ApexRuntime, value: FlowValue, type: FlowType): unknown {
  return isCollection(value) ? new ApexList(apexElementType(runtime, type), [...value]) : value;
}
