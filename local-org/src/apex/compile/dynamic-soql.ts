import type { CallExpression, Statement } from '../syntax/ast.js';
import type { AnyMethod } from '../types/symbols.js';
import { walk } from './walk.js';

/** Methods that bind variables by name, by their class. */
const METHODS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['System.Database', new Set(['query', 'countquery', 'getquerylocator', 'getcursor', 'getpaginationcursor'])],
  ['System.Search', new Set(['query', 'find'])],
]);

/** Does a method take a query as a text, whose binds name variables of its caller? */
export function isDynamicSoql(method: AnyMethod): boolean {
  return method.origin === 'platform' && METHODS.get(method.owner)?.has(method.name.toLowerCase()) === true;
}

const isCall = (node: object): node is CallExpression => 'kind' in node && node.kind === 'call';

/** Do statements make a query at run time? */
export function bindsAtRunTime(statements: readonly Statement[]): boolean {
  let found = false;
  walk(statements, (node) => {
    if (isCall(node) && node.target !== undefined && isDynamicSoql(node.target.method)) found = true;
  });
  return found;
}
