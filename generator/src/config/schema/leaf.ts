import * as z from 'zod';
import { Problem } from '../../diagnostics/index.js';
import { DURATION_PATTERN, durationProblems, printDuration } from '../formats/index.js';
import type { TextFormat } from '../formats/index.js';

/** What the schema says about a value besides its type; it feeds the JSON Schema and the reference. */
export interface Meta {
  readonly description: string;
  readonly examples?: readonly unknown[];
  /** What the value is when the key is missing and no constant can say it: `the name of the file`. */
  readonly defaultNote?: string;
}

/** Says more about a schema. Comes last: checks added later would lose it. */
export function described<T extends z.ZodType>(schema: T, { description, examples, defaultNote }: Meta): T {
  return schema.meta({
    description,
    ...(examples === undefined ? {} : { examples: [...examples] }),
    ...(defaultNote === undefined ? {} : { defaultNote }),
  });
}

/**
 * Text of a format. Only errors stop the parse; warnings are reported by the checks, which see the whole integration.
 */
export function text(format: TextFormat, meta: Meta): z.ZodString {
  const schema = z.string().check((payload) => {
    for (const problem of format.check(payload.value)) pushProblem(payload, problem);
  });
  const { description, examples, defaultNote } = meta;
  return schema.meta({
    description,
    ...(format.pattern === undefined ? {} : { pattern: format.pattern }),
    ...(examples === undefined ? {} : { examples: [...examples] }),
    ...(defaultNote === undefined ? {} : { defaultNote }),
  });
}

/** A map with keys of one format. */
export function mapOf<V extends z.ZodType>(keys: TextFormat, values: V): z.ZodRecord<z.ZodString, V> {
  const key = z.string().check((payload) => {
    for (const problem of keys.check(payload.value)) pushProblem(payload, problem);
  });
  return z.record(keys.pattern === undefined ? key : key.meta({ pattern: keys.pattern }), values);
}

const DURATION_PHRASE = 'a duration such as 30s, 5m, 2h or 7d, or a number of seconds';

/** A duration from `least` to `most` seconds. */
export function duration(least: number, most: number, meta: Meta): z.ZodUnion<[z.ZodString, z.ZodNumber]> {
  const forms: [z.ZodString, z.ZodNumber] = [
    z.string().meta({ pattern: DURATION_PATTERN }),
    z.number().meta({ minimum: least, maximum: most }),
  ];
  const schema = z.union(forms, DURATION_PHRASE).check((payload) => {
    for (const problem of durationProblems(payload.value, least, most)) pushProblem(payload, problem);
  });
  const range = `From ${printDuration(least)} to ${printDuration(most)}.`;
  return described(schema, { ...meta, description: `${meta.description} ${range}` });
}

/** A whole number from `least` to `most`. */
export function whole(least: number, most: number, meta: Meta): z.ZodNumber {
  return described(z.number().int().min(least).max(most), meta);
}

function pushProblem(payload: z.core.ParsePayload, problem: Problem): void {
  if (problem.rule.severity !== 'error') return;
  payload.issues.push({
    code: 'custom',
    input: payload.value,
    message: problem.message,
    params: { problem },
    continue: true,
  });
}

/** The problem that a schema check found, if the issue is one of ours. */
export function problemOf(issue: z.core.$ZodIssue): Problem | undefined {
  const problem: unknown = issue.code === 'custom' ? issue.params?.['problem'] : undefined;
  return problem instanceof Problem ? problem : undefined;
}
