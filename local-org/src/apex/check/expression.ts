import { ANY, NULL, PRIMITIVES, platform, typeName } from '../types/index.js';
import type { ApexType } from '../types/index.js';
import type {
  CoalesceExpression,
  ConditionalExpression,
  Expression,
  IncrementExpression,
  IndexExpression,
  LiteralExpression,
  LogicalExpression,
  SourceRange,
  TypeRefNode,
  UnaryExpression,
} from '../syntax/index.js';
import { assignment, isNumeric } from './assign.js';
import { checkAssign } from './assignments.js';
import { checkCall, checkConstructorCall } from './calls.js';
import { report, resolveIn } from './context.js';
import type { Body } from './context.js';
import { checkNew, checkNewArray, checkNewElements, checkNewMap } from './creation.js';
import { LIST_OF_SOBJECT_LISTS } from './hierarchy.js';
import { checkField, checkName } from './names.js';
import { checkArithmetic, checkCast, checkComparison, checkEquality, checkInstanceOf } from './operators.js';
import { placeOf } from './place.js';
import { expressionAssignment } from './overload.js';
import { checkSoql } from './soql.js';
import { checkSosl } from './sosl.js';

const LITERALS: Readonly<Record<LiteralExpression['literal']['kind'], ApexType>> = {
  integer: PRIMITIVES.Integer,
  long: PRIMITIVES.Long,
  decimal: PRIMITIVES.Decimal,
  double: PRIMITIVES.Double,
  string: PRIMITIVES.String,
  boolean: PRIMITIVES.Boolean,
  null: NULL,
};

const MAX_INTEGER = 2147483647;
const MAX_LONG = 9223372036854775807n;

function checkLiteral(expression: LiteralExpression, body: Body): ApexType {
  const { literal } = expression;
  if (literal.kind === 'integer' && literal.value > MAX_INTEGER) report(body, expression.range, 'Illegal integer');
  if (literal.kind === 'long' && literal.value > MAX_LONG) report(body, expression.range, 'Illegal long');
  return LITERALS[literal.kind];
}

/** Gives a value to something of type `to`: sets the conversion, or reports `message` of the two type names. */
export function convertTo(
  expression: Expression,
  to: ApexType,
  body: Body,
  at: SourceRange,
  message: (from: string, to: string) => string = (from, target) => `Illegal assignment from ${from} to ${target}`,
): void {
  const found = expressionAssignment(expression, to);
  if (found === undefined) {
    report(body, at, message(typeName(expression.type), typeName(to)));
  } else if (found.conversion !== undefined) {
    expression.conversion = found.conversion;
  }
}

/** Condition of if, while, for and `? :`. */
export function checkCondition(expression: Expression, body: Body): void {
  const type = checkExpression(expression, body);
  if (!isBoolean(type))
    report(body, placeOf(expression), `Condition expression must be of type Boolean: ${typeName(type)}`);
}

function isBoolean(type: ApexType): boolean {
  return type.kind === 'any' || type.kind === 'null' || (type.kind === 'primitive' && type.name === 'Boolean');
}

function checkLogical(expression: LogicalExpression, body: Body): ApexType {
  const left = checkExpression(expression.left, body);
  const right = checkExpression(expression.right, body);
  if (!isBoolean(left) || !isBoolean(right))
    report(body, placeOf(expression), 'Logical operator can only be applied to Boolean');
  return PRIMITIVES.Boolean;
}

/** Common type of two alternatives, the one to which the other converts at the lower cost; undefined when neither does. */
function commonType(left: Expression, right: Expression): ApexType | undefined {
  if (left.type.kind === 'null') return right.type;
  if (right.type.kind === 'null') return left.type;
  if (left.type.kind === 'any' || right.type.kind === 'any') return ANY;
  const toRight = expressionAssignment(left, right.type);
  const toLeft = expressionAssignment(right, left.type);
  if (toRight === undefined && toLeft === undefined) return undefined;
  if (toRight === undefined) return left.type;
  return toLeft === undefined || toRight.cost < toLeft.cost ? right.type : left.type;
}

function alternatives(left: Expression, right: Expression, body: Body, at: SourceRange, message: string): ApexType {
  const common = commonType(left, right);
  if (common === undefined) {
    report(body, at, message);
    return ANY;
  }
  for (const branch of [left, right]) {
    const found = expressionAssignment(branch, common);
    if (found?.conversion !== undefined) branch.conversion = found.conversion;
  }
  return common;
}

function checkConditional(expression: ConditionalExpression, body: Body): ApexType {
  checkConditionOf(expression, body);
  const whenTrue = checkExpression(expression.whenTrue, body);
  const whenFalse = checkExpression(expression.whenFalse, body);
  const message = `Incompatible types in ternary operator: ${typeName(whenFalse)}, ${typeName(whenTrue)}`;
  return alternatives(expression.whenTrue, expression.whenFalse, body, placeOf(expression), message);
}

function checkConditionOf(expression: ConditionalExpression, body: Body): void {
  const type = checkExpression(expression.condition, body);
  if (!isBoolean(type))
    report(body, placeOf(expression), `Condition expression must be of type Boolean: ${typeName(type)}`);
}

function checkCoalesce(expression: CoalesceExpression, body: Body): ApexType {
  const left = checkExpression(expression.left, body);
  const right = checkExpression(expression.right, body);
  const message = `Incompatible types in null coalescing operator: ${typeName(left)}, ${typeName(right)}`;
  return alternatives(expression.left, expression.right, body, placeOf(expression), message);
}

function failed(body: Body, at: SourceRange, message: string): ApexType {
  report(body, at, message);
  return ANY;
}

/** `Flow.Interview.Name.class` is taken for any name, also that of a flow which is not there. */
function isInterviewType(node: TypeRefNode): boolean {
  const [first, second, flow] = node.segments.map((segment) => segment.name);
  if (first?.toLowerCase() !== 'flow' || second?.toLowerCase() !== 'interview' || flow === undefined) return false;
  node.type = platform(`Flow.Interview.${flow}`);
  return true;
}

function checkUnary(expression: UnaryExpression, body: Body): ApexType {
  const { operator, operand, range } = expression;
  const type = checkExpression(operand, body);
  if (type.kind === 'any') return ANY;
  switch (operator) {
    case '!':
      if (!isBoolean(type)) report(body, range, '! operator can only be applied to boolean expressions');
      return PRIMITIVES.Boolean;
    case '~':
      if (type.kind !== 'primitive' || (type.name !== 'Integer' && type.name !== 'Long'))
        return failed(body, range, `Invalid type for bitwise negate: ${typeName(type)}`);
      return type;
    case '-':
    case '+':
      // The platform takes a plus before a text, as in `'a' + + 'b'`, and lets it do nothing.
      if (operator === '+' && type.kind === 'primitive' && type.name === 'String') return type;
      if (!isNumeric(type)) return failed(body, range, 'Unary negation must use a numeric argument');
      return type;
  }
}

function checkIncrement(expression: IncrementExpression, body: Body): ApexType {
  const { operand, prefix } = expression;
  const type = checkTarget(operand, body);
  if (!isNumeric(type)) {
    const at = prefix
      ? expression.range
      : { ...expression.range, line: operand.range.endLine, column: operand.range.endColumn };
    report(
      body,
      at,
      `Unary ${prefix ? 'prefix increment' : 'postfix increment/decrement'} can only be applied to numeric expressions: ${typeName(type)}`,
    );
  }
  return type;
}

function isSafeChain(expression: Expression): boolean {
  if (expression.kind !== 'field' && expression.kind !== 'call') return false;
  return expression.safe || (expression.object !== undefined && isSafeChain(expression.object));
}

/** Something that is written: a variable, field, property or list element. */
export function checkTarget(expression: Expression, body: Body): ApexType {
  switch (expression.kind) {
    case 'name':
      return (expression.type = checkName(expression, body, 'write'));
    case 'field':
      if (!isSafeChain(expression)) return (expression.type = checkField(expression, body, 'write'));
      break;
    case 'index':
      return (expression.type = checkIndex(expression, body));
    case 'parenthesized':
      return (expression.type = checkTarget(expression.inner, body));
    default:
      break;
  }
  checkExpression(expression, body);
  report(body, placeOf(expression), 'Expression cannot be assigned');
  return ANY;
}

function checkIndex(expression: IndexExpression, body: Body): ApexType {
  const list = checkExpression(expression.list, body);
  const index = checkExpression(expression.index, body);
  if (assignment(index, PRIMITIVES.Integer) === undefined)
    report(body, placeOf(expression), `List index must be of type Integer: ${typeName(index)}`);
  if (list.kind === 'list') return list.element;
  if (list.kind !== 'any') report(body, placeOf(expression), `Expression must be a list type: ${typeName(list)}`);
  return ANY;
}

function check(expression: Expression, body: Body): ApexType {
  switch (expression.kind) {
    case 'literal':
      return checkLiteral(expression, body);
    case 'name':
      return checkName(expression, body, 'read');
    case 'field':
      return checkField(expression, body, 'read');
    case 'index':
      return checkIndex(expression, body);
    case 'call':
      return checkCall(expression, body);
    case 'constructorCall':
      return checkConstructorCall(expression, body);
    case 'new':
      return checkNew(expression, body);
    case 'newArray':
      return checkNewArray(expression, body);
    case 'newElements':
      return checkNewElements(expression, body);
    case 'newMap':
      return checkNewMap(expression, body);
    case 'cast':
      return checkCast(expression, body);
    case 'instanceOf':
      return checkInstanceOf(expression, body);
    case 'unary':
      return checkUnary(expression, body);
    case 'increment':
      return checkIncrement(expression, body);
    case 'arithmetic':
      return checkArithmetic(expression, body);
    case 'equality':
      return checkEquality(expression, body);
    case 'comparison':
      return checkComparison(expression, body);
    case 'logical':
      return checkLogical(expression, body);
    case 'coalesce':
      return checkCoalesce(expression, body);
    case 'conditional':
      return checkConditional(expression, body);
    case 'assign':
      return checkAssign(expression, body);
    case 'this':
    case 'super':
      if (!body.isStatic) return { kind: 'user', symbol: body.owner };
      report(
        body,
        expression.range,
        `${expression.kind === 'super' ? 'Super' : 'This'} cannot be referenced in a static context`,
      );
      return ANY;
    case 'typeLiteral':
      if (expression.named !== undefined && !isInterviewType(expression.named)) resolveIn(body, expression.named);
      return platform('System.Type');
    case 'soql':
      return checkSoql(expression, body);
    case 'sosl':
      checkSosl(expression.query, body);
      return LIST_OF_SOBJECT_LISTS;
    case 'parenthesized':
      return checkExpression(expression.inner, body);
  }
}

/** Resolves every name of an expression and writes its type and those of its parts. */
export function checkExpression(expression: Expression, body: Body): ApexType {
  const type = check(expression, body);
  expression.type = type;
  return type;
}
