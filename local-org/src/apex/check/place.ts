import type { Expression, SourceRange } from '../syntax/index.js';

/**
 * Where a message about an expression stands, as the platform's compiler has it: an operation where its first operand does, a call at the name of its
 * method (`other.count() + true` at `count`), a field of anything but names at its own name (`rows[0].size` at `size`).
 */
export function placeOf(expression: Expression): SourceRange {
  switch (expression.kind) {
    case 'call':
      return expression.name.range;
    case 'field':
      return isDotted(expression) ? expression.range : expression.name.range;
    case 'arithmetic':
    case 'comparison':
    case 'equality':
    case 'logical':
    case 'coalesce':
      return placeOf(expression.left);
    case 'conditional':
      return placeOf(expression.condition);
    case 'instanceOf':
      return placeOf(expression.value);
    default:
      return expression.range;
  }
}

/** `a.b.c`, which is one name for the compiler. */
function isDotted(expression: Expression): boolean {
  if (expression.kind === 'name') return true;
  return expression.kind === 'field' && !expression.safe && isDotted(expression.object);
}
