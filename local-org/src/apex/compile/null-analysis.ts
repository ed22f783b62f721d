import type { AssignExpression, Expression, Statement, VariableDeclarator } from '../syntax/ast.js';
import type { LocalSymbol } from '../types/symbols.js';
import type { FunctionContext } from './context.js';
import { isNonNull } from './non-null.js';
import { walk } from './walk.js';

function isDeclarator(node: object): node is VariableDeclarator {
  return 'initializer' in node && 'local' in node;
}

function isAssignment(node: object): node is AssignExpression {
  return 'kind' in node && node.kind === 'assign';
}

/**
 * Finds the locals that are never null: declared with a value that is not null, and only ever assigned such values. Optimistic first, then
 * taken back until nothing changes.
 */
export function findNonNullLocals(cx: FunctionContext, body: readonly Statement[]): void {
  const values = new Map<LocalSymbol, Expression[]>();
  const assignments: AssignExpression[] = [];
  walk(body, (node) => {
    if (isDeclarator(node) && node.local !== undefined && node.initializer !== undefined)
      values.set(node.local, [node.initializer]);
    else if (isAssignment(node)) assignments.push(node);
  });
  for (const { target, value, operator } of assignments) {
    if (operator === undefined && target.kind === 'name' && target.target.kind === 'local')
      values.get(target.target.local)?.push(value);
  }
  for (const local of values.keys()) cx.nonNull.add(local);
  for (let changed = true; changed;) {
    changed = false;
    for (const local of cx.nonNull) {
      if ((values.get(local) ?? []).every((value) => value.conversion !== 'singleRow' && isNonNull(cx, value)))
        continue;
      cx.nonNull.delete(local);
      changed = true;
    }
  }
}
