import type { ArithmeticKind, ArithmeticOperator } from '../syntax/ast.js';
import type { ApexType } from '../types/types.js';
import { textOperand } from './text-operand.js';

/** Code and types of both sides. Except for `concat`, neither side is null. */
export interface Operands {
  readonly left: string;
  readonly right: string;
  readonly leftType: ApexType;
  readonly rightType: ApexType;
  readonly leftNonNull: boolean;
  readonly rightNonNull: boolean;
}

const DECIMAL_METHODS: Partial<Record<ArithmeticOperator, string>> = { '+': 'add', '-': 'subtract', '*': 'multiply' };
const DOUBLE_METHODS: Partial<Record<ArithmeticOperator, string>> = {
  '+': 'doubleAdd',
  '-': 'doubleSubtract',
  '*': 'doubleMultiply',
  '/': 'doubleDivide',
};
const LONG_SHIFTS: Partial<Record<ArithmeticOperator, string>> = {
  '<<': 'longShiftLeft',
  '>>': 'longShiftRight',
  '>>>': 'longShiftRightZero',
};

/** JavaScript of `left operator right` in one of Apex's ways to compute. */
export function emitArithmetic(
  _cx: unknown,
  kind: ArithmeticKind,
  operator: ArithmeticOperator,
  operands: Operands,
  type: ApexType,
): string {
  const { left, right } = operands;
  switch (kind) {
    case 'integer':
      return integer(operator, left, right, operands.rightType);
    case 'long':
      return long(operator, left, right);
    case 'double':
      return `$O.${DOUBLE_METHODS[operator] ?? 'unknown'}(${left},${right})`;
    case 'decimal':
      return operator === '/'
        ? `$O.decimalDivide(${left},${right})`
        : `${left}.${DECIMAL_METHODS[operator] ?? 'unknown'}(${right})`;
    case 'concat':
      return `(${textOperand(operands.leftType, left, operands.leftNonNull)}+${textOperand(operands.rightType, right, operands.rightNonNull)})`;
    case 'dateAddDays':
      return `$O.addDays(${left},${signed(operator, right)})`;
    case 'datetimeAddDays':
      return `$O.addDatetimeDays(${left},${signed(operator, right)})`;
    case 'timeAddMillis':
      return `$O.addMillis(${left},${signed(operator, right)})`;
    case 'boolean':
      return operator === '^' ? `(${left}!==${right})` : `Boolean(${left}${operator}${right})`;
    case 'unresolved':
      throw new Error(`An arithmetic expression of type ${type.kind} was not checked.`);
  }
}

function signed(operator: ArithmeticOperator, code: string): string {
  return operator === '-' ? `$R.negate(${code})` : code;
}

function integer(operator: ArithmeticOperator, left: string, right: string, rightType: ApexType): string {
  switch (operator) {
    case '*':
      return `Math.imul(${left},${right})`;
    case '/':
      return `$O.integerDivide(${left},${right})`;
    case '+':
    case '-':
      return `(${left}${operator}${right}|0)`;
    case '<<':
    case '>>':
    case '>>>':
      return rightType.kind === 'primitive' && rightType.name === 'Integer'
        ? `(${left}${operator}${right}|0)`
        : `$O.integerShift("${operator}",${left},${right})`;
    default:
      return `(${left}${operator}${right})`;
  }
}

function long(operator: ArithmeticOperator, left: string, right: string): string {
  const shift = LONG_SHIFTS[operator];
  if (shift !== undefined) return `$O.${shift}(${left},${right})`;
  if (operator === '/') return `$O.longDivide(${left},${right})`;
  if (operator === '+' || operator === '-' || operator === '*') return `BigInt.asIntN(64,${left}${operator}${right})`;
  return `(${left}${operator}${right})`;
}
