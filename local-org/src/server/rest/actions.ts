import { z } from 'zod';
import { accessOf } from '../../access/index.js';
import { ApexThrowable, exceptionText, type Steps } from '../../apex/runtime/index.js';
import {
  callApexAction,
  findInvocable,
  flowsOf,
  InvalidInput,
  type ActionInputs,
  type ActionOutcome,
} from '../../flow/index.js';
import { ApiError, notFound } from '../api-error.js';
import { bodyJson } from './data/index.js';
import type { RestAnswer, RestCall, RestRoute } from './route.js';

/** Most requests of one call (Actions Developer Guide: Invocable Actions). */
const MAX_REQUESTS = 200;

const actionBody = z.object({ inputs: z.array(z.record(z.string(), z.unknown())).min(1) });

function requestsOf(call: RestCall): readonly ActionInputs[] {
  const body = actionBody.safeParse(bodyJson(call));
  if (!body.success) throw new ApiError(400, 'INVALID_API_INPUT', 'The body must have inputs: a list of objects.');
  const { inputs } = body.data;
  if (inputs.length > MAX_REQUESTS)
    throw new ApiError(400, 'INVALID_API_INPUT', `A call takes ${MAX_REQUESTS} inputs at most.`);
  return inputs;
}

/** An action whose work threw: none of its requests has a result. */
function failureOf(error: unknown): ActionOutcome {
  if (error instanceof InvalidInput) return { ok: false, statusCode: 'INVALID_API_INPUT', message: error.message };
  if (error instanceof ApexThrowable)
    return { ok: false, statusCode: 'UNKNOWN_EXCEPTION', message: `An Apex error occurred: ${exceptionText(error)}` };
  throw error;
}

async function answer(
  name: string,
  requests: readonly ActionInputs[],
  run: () => Promise<readonly ActionOutcome[]>,
): Promise<RestAnswer> {
  let outcomes: readonly ActionOutcome[];
  try {
    outcomes = await run();
  } catch (error) {
    const failure = failureOf(error);
    outcomes = requests.map(() => failure);
  }
  const body = outcomes.map((outcome) => ({
    actionName: name,
    errors: outcome.ok ? null : [{ statusCode: outcome.statusCode, message: outcome.message, fields: [] }],
    isSuccess: outcome.ok,
    outputValues: outcome.ok ? outcome.outputs : null,
    sortOrder: -1,
    version: 1,
  }));
  return { status: outcomes.some(({ ok }) => ok) ? 200 : 400, body };
}

/** `POST /actions/custom/apex/:name`: the invocable method of a class, for users who may use the class. */
function callApex(call: RestCall): Promise<RestAnswer> {
  const { live, user } = call;
  const name = call.params['name'] ?? '';
  const invocable = findInvocable(live.runtime(), name);
  if (invocable === undefined) throw notFound();
  const { fullName } = invocable.symbol;
  if (!accessOf(live.rows(), user.id).hasClassAccess(fullName))
    throw new ApiError(403, 'INSUFFICIENT_ACCESS', `You do not have access to the Apex class named: ${fullName}`);
  const requests = requestsOf(call);
  return answer(fullName, requests, () =>
    live.executeSteps(function* (runtime): Steps<readonly ActionOutcome[]> {
      let outcomes: readonly ActionOutcome[] = [];
      const step = yield {
        spec: { quiddity: 'INVOCABLE_ACTION', governor: 'sync', userId: user.id },
        *work() {
          outcomes = yield* callApexAction(runtime, invocable, requests);
        },
      };
      if (!step.ok) throw step.error;
      return outcomes;
    }),
  );
}

/** `POST /actions/custom/flow/:name`: an active autolaunched flow. */
function callFlow(call: RestCall): Promise<RestAnswer> {
  const { live, user } = call;
  const name = call.params['name'] ?? '';
  const requests = requestsOf(call);
  const steps = flowsOf(live.runtime()).callFlow(name, user.id, requests);
  if (steps === undefined) throw notFound();
  return answer(name, requests, () => live.executeSteps(() => steps));
}

/** Actions that clients call over REST (Actions Developer Guide). */
export const ACTION_ROUTES: readonly RestRoute[] = [
  { method: 'POST', path: '/actions/custom/apex/:name', run: callApex },
  { method: 'POST', path: '/actions/custom/flow/:name', run: callFlow },
];
