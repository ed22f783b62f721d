import type { BehaviourInput } from '../../../local-org/src/index.js';
import type { RequestStep, ResponseField, ResponseOutput } from '../model/index.js';

type AnswerRule = NonNullable<BehaviourInput['answers']>[number];

/** An answer that has a value wherever the integration looks for one. */
export function answerTo(request: RequestStep): AnswerRule {
  return {
    method: request.method,
    path: `*${pathPattern(request)}`,
    body: bodyWith([...request.responseFields, ...request.outputs]),
  };
}

/** The path with `*` for what differs from record to record. */
function pathPattern({ path }: RequestStep): string {
  return path.map((part) => (part.kind === 'text' ? part.text : '*')).join('');
}

type Json = string | { [key: string]: Json };

function bodyWith(values: readonly (ResponseField | ResponseOutput)[]): Json {
  const body: { [key: string]: Json } = { id: '{{id}}' };
  for (const { path } of values) place(body, path);
  return body;
}

function place(target: { [key: string]: Json }, [key, ...rest]: readonly string[]): void {
  if (key === undefined) return;
  if (rest.length === 0) {
    target[key] = '{{id}}';
    return;
  }
  const inner = target[key];
  const next = typeof inner === 'object' ? inner : {};
  target[key] = next;
  place(next, rest);
}
