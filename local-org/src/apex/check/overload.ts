import type { ApexType } from '../types/index.js';
import type { Expression } from '../syntax/index.js';
import { assignment } from './assign.js';
import type { Assignment } from './assign.js';

/** Something with parameters: a method or constructor. */
export interface Callable {
  readonly parameters: readonly ApexType[];
}

/** A query may stand for its only row where a row is wanted; a call of Database.query too. */
export function isQuery(expression: Expression): boolean {
  switch (expression.kind) {
    case 'soql':
      return true;
    case 'parenthesized':
      return isQuery(expression.inner);
    case 'call':
      return (
        expression.target?.method.origin === 'platform' &&
        /^System\.Database\.query(WithBinds)?\(/.test(expression.target.method.key)
      );
    default:
      return false;
  }
}

/** Assignment of an expression's value, with the special rule for queries. */
export function expressionAssignment(expression: Expression, to: ApexType): Assignment | undefined {
  const plain = assignment(expression.type, to);
  if (plain !== undefined) return plain;
  if (expression.type.kind !== 'list' || !isQuery(expression)) return undefined;
  if (to.kind === 'sobject') {
    const { element } = expression.type;
    const isRow = element.kind === 'sobject' && (element.name === 'SObject' || assignment(element, to) !== undefined);
    return isRow ? { cost: 10, conversion: 'singleRow' } : undefined;
  }
  return undefined;
}

interface Scored<T> {
  readonly candidate: T;
  readonly costs: readonly number[];
}

function score<T extends Callable>(candidate: T, args: readonly Expression[]): Scored<T> | undefined {
  if (candidate.parameters.length !== args.length) return undefined;
  const costs: number[] = [];
  for (const [index, arg] of args.entries()) {
    const parameter = candidate.parameters[index];
    const found = parameter === undefined ? undefined : expressionAssignment(arg, parameter);
    if (found === undefined) return undefined;
    costs.push(found.cost);
  }
  return { candidate, costs };
}

/** Is `left` at least as good as `right` for every argument? */
function dominates(left: Scored<Callable>, right: Scored<Callable>): boolean {
  return left.costs.every((cost, index) => cost <= (right.costs[index] ?? Number.POSITIVE_INFINITY));
}

/** Every parameter of `left` fits the corresponding one of `right`: `left` is more specific. */
function moreSpecific(left: Callable, right: Callable): boolean {
  return left.parameters.every((parameter, index) => {
    const other = right.parameters[index];
    return other !== undefined && assignment(parameter, other) !== undefined;
  });
}

export type Resolution<T> =
  | { readonly kind: 'one'; readonly candidate: T }
  | { readonly kind: 'none' }
  | { readonly kind: 'ambiguous'; readonly candidate: T };

/** Chooses the overload for the arguments' static types: the cheapest conversions, then the most specific parameters. */
export function resolveOverload<T extends Callable>(
  candidates: readonly T[],
  args: readonly Expression[],
): Resolution<T> {
  const fitting = candidates.flatMap((candidate) => score(candidate, args) ?? []);
  const [first] = fitting;
  if (first === undefined) return { kind: 'none' };
  const best = fitting.filter((one) => fitting.every((other) => dominates(one, other)));
  const pool = best.length > 0 ? best : fitting;
  const specific = pool.find((one) =>
    pool.every((other) => one === other || moreSpecific(one.candidate, other.candidate)),
  );
  if (specific !== undefined) return { kind: 'one', candidate: specific.candidate };
  const cheapest = pool.toSorted((left, right) => sum(left.costs) - sum(right.costs));
  const [chosen = first, next] = cheapest;
  const isTie = next !== undefined && sum(chosen.costs) === sum(next.costs);
  return isTie ? { kind: 'ambiguous', candidate: chosen.candidate } : { kind: 'one', candidate: chosen.candidate };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
