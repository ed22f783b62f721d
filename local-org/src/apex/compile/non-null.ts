import type { Expression } from '../syntax/ast.js';
import type { FunctionContext } from './context.js';

/** True when the value of the expression, before its conversion, cannot be null. */
export function isNonNull(cx: FunctionContext, e: Expression): boolean {
  switch (e.kind) {
    case 'literal':
      return e.literal.kind !== 'null';
    case 'arithmetic':
    case 'equality':
    case 'comparison':
    case 'logical':
    case 'instanceOf':
    case 'this':
    case 'new':
    case 'newArray':
    case 'newElements':
    case 'newMap':
    case 'unary':
    case 'increment':
    case 'typeLiteral':
      return true;
    case 'parenthesized':
      return isNonNull(cx, e.inner);
    case 'conditional':
      return isNonNull(cx, e.whenTrue) && isNonNull(cx, e.whenFalse);
    case 'coalesce':
      return isNonNull(cx, e.right);
    case 'cast':
      return isNonNull(cx, e.value);
    case 'name':
      return e.target.kind === 'local' && cx.nonNull.has(e.target.local);
    case 'call':
      return (
        !e.safe &&
        e.target !== undefined &&
        e.target.method.origin === 'platform' &&
        NON_NULL_METHODS.has(e.target.method.key)
      );
    default:
      return false;
  }
}

/** Platform methods of hot loops that always give a value. */
const NON_NULL_METHODS: ReadonlySet<string> = new Set([
  'System.List.size()',
  'System.Set.size()',
  'System.Map.size()',
  'System.String.length()',
  'System.List.isEmpty()',
  'System.Set.contains(T0)',
  'System.Map.containsKey(T0)',
  'System.Math.mod(Integer,Integer)',
  'System.Math.min(Integer,Integer)',
  'System.Math.max(Integer,Integer)',
  'System.Math.abs(Integer)',
]);
