import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What one run of a suite gave, as it is kept beside the report. Tests are named `Class.method`. */
const outcomeSchema = z.strictObject({
  suite: z.string(),
  origin: z.string().optional(),
  commit: z.string().optional(),
  tests: z.int(),
  passed: z.int(),
  /** Tests of ours to mend, with the first line of their message. */
  failed: z.record(z.string(), z.string()),
  /** Tests that use what the local org refuses by name. */
  refused: z.record(z.string(), z.string()),
  /** Tests that do not count, with the reason. */
  skipped: z.record(z.string(), z.string()),
  /** Not empty: nothing could run. */
  compileErrors: z.array(z.string()),
  /** The run itself ended without a result. */
  aborted: z.string().optional(),
});

export type Outcome = z.infer<typeof outcomeSchema>;

export function readOutcomes(folder: string): readonly Outcome[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .map((file) => outcomeSchema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))));
}

export function writeOutcome(folder: string, outcome: Outcome): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${outcome.suite}.json`), `${JSON.stringify(outcome, undefined, 2)}\n`);
}

/** Tests that did better in the run before. */
export function regressions(before: Outcome | undefined, now: Outcome): readonly string[] {
  if (before === undefined || before.commit !== now.commit) return [];
  const failedBefore = new Set([...Object.keys(before.failed), ...Object.keys(before.refused)]);
  const failing = [...Object.keys(now.failed), ...Object.keys(now.refused)].filter((test) => !failedBefore.has(test));
  if (before.compileErrors.length === 0 && before.aborted === undefined) {
    if (now.compileErrors.length > 0) return [`${now.suite} no longer compiles`];
    return now.aborted === undefined ? failing : [`${now.suite}: ${now.aborted}`];
  }
  return [];
}
