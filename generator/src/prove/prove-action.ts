import * as z from 'zod';
import type { ActionInput } from '../model/index.js';
import { measureRun, type Answered, type ProofRun, type ProofSubject } from './run.js';

const answers = z.array(
  z.object({ isSuccess: z.boolean(), outputValues: z.object({ success: z.boolean() }).loose().nullish() }).loose(),
);

/**
 * Calls an integration without a trigger as flows do: through its action, once and then with many requests at a time. What the action could
 * not deliver at once comes from the queue.
 * @param counts how many requests each run hands over
 */
export async function proveAction(subject: ProofSubject, counts: readonly number[]): Promise<readonly ProofRun[]> {
  const runs: ProofRun[] = [];
  for (const count of counts)
    runs.push(await measureRun(subject, 'one call of the action', count, () => callAction(subject, count)));
  return runs;
}

async function callAction({ org, integration }: ProofSubject, count: number): Promise<Answered> {
  const inputs = Array.from({ length: count }, (_, at) => inputValues(integration.inputs, at + 1));
  const answer = await org.data('POST', `/actions/custom/apex/${integration.apiName}Action`, { inputs });
  return { deliveredAtOnce: answers.parse(answer).filter(({ outputValues }) => outputValues?.success === true).length };
}

const VALUES: Readonly<Record<ActionInput['type'], (number: number) => string | number | boolean>> = {
  text: (number) => `Sample ${number}`,
  number: (number) => number,
  boolean: (number) => number % 2 === 0,
  date: () => '2026-01-31',
  datetime: () => '2026-01-31T12:00:00.000Z',
};

function inputValues(inputs: readonly ActionInput[], number: number): Readonly<Record<string, unknown>> {
  return Object.fromEntries(inputs.map(({ name, type }) => [name, VALUES[type](number)]));
}
