import type {
  CastExpression,
  ConditionalExpression,
  EqualityExpression,
  ComparisonExpression,
  Expression,
  LiteralExpression,
  UnaryExpression,
  ArithmeticExpression,
  SoqlExpression,
  SoslExpression,
} from '../syntax/ast.js';
import type { ApexType } from '../types/types.js';
import { emitChain, emitName } from './access.js';
import { emitArithmetic } from './arithmetic.js';
import { emitAssign, emitIncrement } from './assign.js';
import { emitConstructorCall } from './calls.js';
import type { FunctionContext } from './context.js';
import { emitNew, emitNewArray, emitNewElements, emitNewMap } from './create.js';
import { isNonNull } from './non-null.js';
import { queryBinds, searchBinds } from './query-binds.js';

/** JavaScript of an expression's value, its conversion included. The code is one operand: callers need no brackets around it. */
export function emit(cx: FunctionContext, e: Expression): string {
  const raw = emitRaw(cx, e);
  return e.conversion === undefined ? raw : converted(e, raw);
}

function converted(e: Expression, raw: string): string {
  if (e.conversion === 'idToString') return raw;
  if (e.conversion === 'integerToLong' && e.kind === 'literal' && e.literal.kind === 'integer')
    return `${e.literal.value}n`;
  return `$V.${String(e.conversion)}(${raw})`;
}

/** The value as an operand that must not be null: a NullPointerException otherwise. */
export function emitOperand(cx: FunctionContext, e: Expression): string {
  const code = emit(cx, e);
  return isNonNull(cx, e) ? code : `$n(${code})`;
}

/** A Boolean that decides a branch. */
export const emitCondition = emitOperand;

/** JavaScript of an expression whose value nobody uses. */
export function emitDiscarded(cx: FunctionContext, e: Expression): string {
  if (e.kind === 'increment') return emitIncrement(cx, e, false);
  if (e.kind === 'parenthesized') return emitDiscarded(cx, e.inner);
  return emitRaw(cx, e);
}

function emitRaw(cx: FunctionContext, e: Expression): string {
  switch (e.kind) {
    case 'literal':
      return emitLiteral(cx, e);
    case 'name':
      return emitName(cx, e);
    case 'field':
    case 'index':
    case 'call':
      return emitChain(cx, e);
    case 'constructorCall':
      return emitConstructorCall(cx, e);
    case 'new':
      return emitNew(cx, e);
    case 'newArray':
      return emitNewArray(cx, e);
    case 'newElements':
      return emitNewElements(cx, e);
    case 'newMap':
      return emitNewMap(cx, e);
    case 'cast':
      return emitCast(cx, e);
    case 'instanceOf':
      return `$R.isInstance(${emit(cx, e.value)},${cx.unit.constants.type(e.of.type)})`;
    case 'unary':
      return emitUnary(cx, e);
    case 'increment':
      return emitIncrement(cx, e, true);
    case 'arithmetic':
      return e.arithmetic === 'concat' ? `$T.text(${emitSum(cx, e)})` : emitSum(cx, e);
    case 'equality':
      return emitEquality(cx, e);
    case 'comparison':
      return emitComparison(cx, e);
    case 'logical':
      return `(${emitOperand(cx, e.left)}${e.operator}${emitOperand(cx, e.right)})`;
    case 'coalesce':
      return `(${emit(cx, e.left)}??${emit(cx, e.right)})`;
    case 'conditional':
      return emitConditional(cx, e);
    case 'assign':
      return emitAssign(cx, e);
    case 'this':
    case 'super':
      return 'this';
    case 'typeLiteral':
      return e.named === undefined ? '$R.voidType()' : `$R.typeToken(${cx.unit.constants.type(e.named.type)})`;
    case 'soql':
      return emitQuery(cx, e);
    case 'sosl':
      return emitSearch(cx, e);
    case 'parenthesized':
      return emit(cx, e.inner);
  }
}

function emitLiteral(cx: FunctionContext, e: LiteralExpression): string {
  const { literal } = e;
  switch (literal.kind) {
    case 'integer':
      return literal.value < 0 ? `(${literal.value})` : String(literal.value);
    case 'long':
      return literal.value < 0n ? `(${literal.value}n)` : `${literal.value}n`;
    case 'decimal':
      return cx.unit.constants.decimal(literal.text);
    case 'double':
      return cx.unit.constants.double(literal.text.replace(/[dD]$/, ''));
    case 'string':
      return quote(literal.value);
    case 'boolean':
      return String(literal.value);
    case 'null':
      return 'null';
  }
}

/** A JavaScript string literal on one line, also for texts with line separators. */
export function quote(text: string): string {
  return JSON.stringify(text).replace(/[\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16)}`);
}

function emitSum(cx: FunctionContext, e: ArithmeticExpression): string {
  return emitArithmetic(cx, e.arithmetic, e.operator, operandOf(cx, e), e.type);
}

/** Texts in a row make one text: what comes in between is not counted. */
function emitConcat(cx: FunctionContext, e: Expression): string {
  const isConcat = e.kind === 'arithmetic' && e.arithmetic === 'concat' && e.conversion === undefined;
  return isConcat ? emitSum(cx, e) : emit(cx, e);
}

/** The value for a variable that holds `before`: a text that begins with it counts only by how much it grows. */
export function emitNewValue(cx: FunctionContext, e: Expression, before: string): string {
  const isConcat = e.kind === 'arithmetic' && e.arithmetic === 'concat' && e.conversion === undefined;
  if (!isConcat) return emit(cx, e);
  const code = emitSum(cx, e);
  let first: Expression = e;
  while (first.kind === 'arithmetic') first = first.left;
  return first.kind === 'name' && emit(cx, first) === before ? `$T.grown(${before},${code})` : `$T.text(${code})`;
}

/** The two operands of an arithmetic expression, for emitArithmetic. */
function operandOf(cx: FunctionContext, e: ArithmeticExpression): Parameters<typeof emitArithmetic>[3] {
  if (e.arithmetic === 'concat') {
    return {
      left: emitConcat(cx, e.left),
      right: emitConcat(cx, e.right),
      leftType: shownType(e.left),
      rightType: shownType(e.right),
      leftNonNull: isNonNull(cx, e.left),
      rightNonNull: isNonNull(cx, e.right),
    };
  }
  return {
    left: emitOperand(cx, e.left),
    right: emitOperand(cx, e.right),
    leftType: shownType(e.left),
    rightType: shownType(e.right),
    leftNonNull: true,
    rightNonNull: true,
  };
}

const CONVERTED: Readonly<Record<string, ApexType>> = {
  integerToLong: { kind: 'primitive', name: 'Long' },
  integerToDouble: { kind: 'primitive', name: 'Double' },
  integerToDecimal: { kind: 'primitive', name: 'Decimal' },
  longToDouble: { kind: 'primitive', name: 'Double' },
  longToDecimal: { kind: 'primitive', name: 'Decimal' },
  doubleToDecimal: { kind: 'primitive', name: 'Decimal' },
  decimalToDouble: { kind: 'primitive', name: 'Double' },
  stringToId: { kind: 'primitive', name: 'Id' },
  idToString: { kind: 'primitive', name: 'String' },
  dateToDatetime: { kind: 'primitive', name: 'Datetime' },
};

/** Type of the value after the expression's conversion. */
export function shownType(e: Expression): ApexType {
  const converted = e.conversion === undefined ? undefined : CONVERTED[e.conversion];
  if (converted !== undefined) return converted;
  return e.kind === 'parenthesized' ? shownType(e.inner) : e.type;
}

function emitCast(cx: FunctionContext, e: CastExpression): string {
  const value = emit(cx, e.value);
  if (e.check === 'none') return value;
  return `$R.${e.check === 'number' ? 'castNumber' : 'cast'}(${value},${cx.unit.constants.type(e.to.type)})`;
}

function emitUnary(cx: FunctionContext, e: UnaryExpression): string {
  const operand = emitOperand(cx, e.operand);
  if (e.operator === '!') return `(!${operand})`;
  if (e.operator === '+') return operand;
  const kind = e.type.kind === 'primitive' ? e.type.name : 'Object';
  if (e.operator === '~') return kind === 'Long' ? `BigInt.asIntN(64,~${operand})` : `(~${operand})`;
  switch (kind) {
    case 'Integer':
      return `(-${operand}|0)`;
    case 'Long':
      return `BigInt.asIntN(64,-${operand})`;
    case 'Double':
      return `$O.doubleSubtract($R.zero,${operand})`;
    default:
      return `${operand}.negate()`;
  }
}

const isSimpleNumber = (type: ApexType): boolean =>
  type.kind === 'primitive' && (type.name === 'Integer' || type.name === 'Long');

function emitEquality(cx: FunctionContext, e: EqualityExpression): string {
  const negated = e.operator.startsWith('!');
  const [left, right] = [emit(cx, e.left), emit(cx, e.right)];
  const strict = `(${left}${negated ? '!==' : '==='}${right})`;
  if (
    e.equality === 'identity' ||
    e.equality === 'boolean' ||
    shownType(e.left).kind === 'null' ||
    shownType(e.right).kind === 'null'
  )
    return strict;
  if (e.equality === 'number') {
    const [leftType, rightType] = [shownType(e.left), shownType(e.right)];
    if (
      isSimpleNumber(leftType) &&
      leftType.kind === rightType.kind &&
      JSON.stringify(leftType) === JSON.stringify(rightType)
    )
      return strict;
  }
  const test = {
    text: '$O.equalText',
    id: '$O.equalIds',
    number: '$O.equalNumbers',
    date: '$O.equalDates',
    value: '$R.equal',
    unresolved: '$R.equal',
  }[e.equality];
  return `(${negated ? '!' : ''}${test}(${left},${right}))`;
}

function emitComparison(cx: FunctionContext, e: ComparisonExpression): string {
  const [left, right] = [emit(cx, e.left), emit(cx, e.right)];
  const both = isNonNull(cx, e.left) && isNonNull(cx, e.right);
  const [leftType, rightType] = [shownType(e.left), shownType(e.right)];
  if (both && e.comparison === 'number' && isSimpleNumber(leftType) && isSimpleNumber(rightType))
    return `(${left}${e.operator}${right})`;
  const compare = {
    number: '$O.compareNumbers',
    text: '$O.compareTexts',
    date: '$O.compareDates',
    boolean: '$O.compareNumbers',
    unresolved: '$O.compareNumbers',
  }[e.comparison];
  return `$R.compare(${quote(e.operator)},${compare},${left},${right})`;
}

function emitConditional(cx: FunctionContext, e: ConditionalExpression): string {
  return `(${emitCondition(cx, e.condition)}?${emit(cx, e.whenTrue)}:${emit(cx, e.whenFalse)})`;
}

function emitSearch(cx: FunctionContext, e: SoslExpression): string {
  const binds = searchBinds(e.query);
  const name = cx.unit.constants.search(e.query, binds);
  return `$R.search(${name},[${binds.map((bind) => emit(cx, bind)).join(',')}])`;
}

/** @param rows `held`: the code gets a list of them; `fetched`: a loop gets them, some at a time */
export function emitQuery(cx: FunctionContext, e: SoqlExpression, rows: 'held' | 'fetched' = 'held'): string {
  const binds = queryBinds(e.query);
  const name = cx.unit.constants.query(e.query, binds);
  const type = e.type.kind === 'list' ? cx.unit.constants.type(e.type.element) : 'null';
  return `$R.${rows === 'held' ? 'query' : 'fetch'}(${name},[${binds.map((bind) => emit(cx, bind)).join(',')}],${type}${cx.unit.defaultsToUserMode ? ',true' : ''})`;
}
