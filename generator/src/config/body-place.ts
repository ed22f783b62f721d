import { Problem } from '../diagnostics/index.js';
import type { Finding } from '../diagnostics/index.js';
import type { FlatRequest } from './checks/index.js';

/** A request's body, or one of its values. */
export interface BodyPlace {
  /** Index of the request, from 0. */
  readonly request: number;
  /** JSON path of the value; undefined for the body as a whole. */
  readonly target: readonly string[] | undefined;
}

/** The finding of a problem at the key of a value, however its path is written: as dotted keys or as nested maps. */
export function bodyFinding(
  requests: readonly FlatRequest[],
  { request, target }: BodyPlace,
  problem: Problem,
): Finding {
  const { rule, message, details } = problem;
  const value =
    target === undefined
      ? undefined
      : requests[request]?.body.find((candidate) => candidate.target.join('.') === target.join('.'));
  return {
    path: value?.path ?? ['requests', request, 'body'],
    problem: new Problem(rule, message, { ...details, atKey: true }),
  };
}
