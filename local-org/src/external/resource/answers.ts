import type { AnswerRule } from '../behaviour/index.js';
import { jsonAnswer, type Answer } from '../answer.js';
import { matchesPath } from '../path-pattern.js';

/** What the answer to an applied request is made from. */
export interface Applied {
  readonly method: string;
  readonly path: string;
  /** Number of the request. */
  readonly sequence: number;
}

/** The answer that the rules give, or the resource's own: what was created or read, by id. */
export function answerFor(applied: Applied, rules: readonly AnswerRule[]): Answer {
  const rule = rules.find(
    ({ method, path }) =>
      (method === undefined || method.toUpperCase() === applied.method) && matchesPath(path, applied.path),
  );
  const { sequence } = applied;
  if (rule === undefined) return jsonAnswer(applied.method === 'POST' ? 201 : 200, { id: idOf(sequence), sequence });
  if (rule.body === undefined) return { status: rule.status, headers: rule.headers, body: '' };
  return jsonAnswer(rule.status, fill(rule.body, sequence), rule.headers);
}

function idOf(sequence: number): string {
  return `EXT-${String(sequence).padStart(6, '0')}`;
}

function fill(value: unknown, sequence: number): unknown {
  if (typeof value === 'string')
    return value.replaceAll('{{sequence}}', String(sequence)).replaceAll('{{id}}', idOf(sequence));
  if (Array.isArray(value)) return value.map((item: unknown) => fill(item, sequence));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, item]: [string, unknown]) => [name, fill(item, sequence)]),
    );
  return value;
}
