import { apexOfJson, jsonOfApex } from '../../apex/library/index.js';
import type { Steps } from '../../apex/runtime/index.js';
import type { FlowDefinition, FlowVariable } from '../../metadata/index.js';
import { fromApex } from '../actions/apex-values.js';
import { apexTypeOf } from '../actions/apex-types.js';
import { Interview } from '../interview/index.js';
import type { FlowOrg } from '../org.js';
import { runLaterBatch } from '../run/rerun.js';
import { FlowStructure, isCollection, toJson, type FlowValue } from '../values/index.js';
import { inputsByName, type ActionInputs, type ActionOutcome } from './call.js';

const variablesOf = ({ resources }: FlowDefinition): readonly FlowVariable[] =>
  [...resources.values()].flatMap((resource) => (resource.kind === 'variable' ? [resource] : []));

/**
 * Runs an autolaunched flow, one interview for each request, as the REST API does (Actions Developer Guide: Flow Actions): in the context of the
 * user who asks, in transactions of its own.
 * @param from element that the flow begins with
 * @throws InvalidInput for a name that is no input variable of the flow
 */
export function* callFlowAction(
  org: FlowOrg,
  definition: FlowDefinition,
  from: string | undefined,
  userId: string,
  requests: readonly ActionInputs[],
): Steps<readonly ActionOutcome[]> {
  const inputs = variablesOf(definition).filter(({ isInput }) => isInput);
  const names = inputs.map(({ name }) => name);
  const given = requests.map((request) => inputsByName(request, names));
  const runs = requests.map((): { interview: Interview | undefined; guid: string } => ({
    interview: undefined,
    guid: '',
  }));
  const outcomes: ActionOutcome[] = requests.map(() => ({ ok: true, outputs: {} }));
  yield* runLaterBatch(org, {
    transactions: { userId, test: undefined, governor: 'sync' },
    items: [...requests.keys()],
    interviewOf: (item) => {
      const values = inputs.flatMap((input): (readonly [string, FlowValue])[] => {
        const value = given[item]?.get(input.name.toLowerCase());
        return value === undefined
          ? []
          : [[input.name, fromApex(apexOfJson(org.runtime, value, apexTypeOf(org.runtime, input.type)))]];
      });
      const interview = new Interview(org, definition, { inputs: values, userMode: true });
      runs[item] = { interview, guid: interview.guid };
      return interview;
    },
    from,
    maxReruns: 2,
    onFailure: (item, message) => {
      outcomes[item] = {
        ok: false,
        statusCode: 'UNKNOWN_EXCEPTION',
        message: `An unhandled fault has occurred in this flow. ${message}`,
      };
    },
  });
  return outcomes.map((outcome, item) => {
    const run = runs[item];
    return outcome.ok && run?.interview !== undefined
      ? { ok: true, outputs: outputsOf(run.interview, run.guid) }
      : outcome;
  });
}

function outputsOf(interview: Interview, guid: string): Readonly<Record<string, unknown>> {
  const outputs = variablesOf(interview.definition).filter(({ isOutput }) => isOutput);
  return {
    Flow__InterviewGuid: guid,
    Flow__InterviewStatus: 'Finished',
    ...Object.fromEntries(outputs.map(({ name }) => [name, jsonOf(interview.stored(name) ?? null)])),
  };
}

function jsonOf(value: FlowValue): unknown {
  if (isCollection(value)) return value.map(jsonOf);
  return value instanceof FlowStructure ? toJson(value) : jsonOfApex(value);
}
