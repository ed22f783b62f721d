import { insertRecords, sampleRecords, updateRecords, type FieldValues } from './samples/index.js';
import { measureRun, type ProofRun, type ProofSubject } from './run.js';
import { untilDrained } from './until-drained.js';

/**
 * Changes records so that an integration starts: one through the SF CLI, several in one request. The records are new; what their creation
 * starts is not counted.
 * @param counts how many records each run changes
 */
export async function proveTrigger(subject: ProofSubject, counts: readonly number[]): Promise<readonly ProofRun[]> {
  const { org, integration } = subject;
  const samples = await sampleRecords(org, integration);
  if (samples === undefined) return [];
  const created = Array.from({ length: Math.max(1, ...counts) }, (_, at) => samples.create(at + 1));
  const ids = await insertRecords(org, samples.object, created);
  await untilDrained(org, integration);
  const runs: ProofRun[] = [];
  for (const [at, count] of counts.entries()) {
    const changes = ids
      .slice(0, count)
      .map((id, index): readonly [string, FieldValues] => [id, samples.change(index + 1, at + 1)]);
    const way = count === 1 ? 'sf data update record' : 'one REST request';
    runs.push(await measureRun(subject, way, count, () => change(subject, samples.object, changes)));
  }
  return runs;
}

async function change(
  { org, updateOne }: ProofSubject,
  object: string,
  changes: readonly (readonly [string, FieldValues])[],
): Promise<undefined> {
  const [first] = changes;
  if (changes.length === 1 && first !== undefined) await updateOne(object, ...first);
  else
    await updateRecords(
      org,
      object,
      changes.map(([id, values]) => ({ Id: id, ...values })),
    );
  return undefined;
}
