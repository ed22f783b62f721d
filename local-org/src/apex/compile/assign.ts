import type { AssignExpression, Expression, IncrementExpression, NameTarget } from '../syntax/ast.js';
import type { ApexType } from '../types/types.js';
import { emitArithmetic } from './arithmetic.js';
import { emitGetter } from './access.js';
import { callInColour, places } from './colouring.js';
import type { FunctionContext } from './context.js';
import { emit, emitNewValue, emitOperand, quote, shownType } from './expressions.js';
import { isNonNull } from './non-null.js';
import { fieldSlot, hasGetter, hasSetter, setterMember } from './names.js';

/** Something that can be written. `setup` runs first, then `get` and `set` may be used any number of times. */
interface Place {
  readonly setup: readonly string[];
  readonly get: string;
  /** Code that stores the value; `valued`: the code's own value is the stored one. */
  readonly set: (value: string) => string;
  readonly valued: boolean;
}

/** @param reused the object before the dot is used twice, so that it is kept in a temporary */
function placeOf(cx: FunctionContext, target: Expression, reused: boolean): Place {
  switch (target.kind) {
    case 'parenthesized':
      return placeOf(cx, target.inner, reused);
    case 'name':
      return targetPlace(cx, target.target, () => 'this', []);
    case 'field': {
      const setup: string[] = [];
      const receiver = (): string => kept(cx, emit(cx, target.object), reused, setup);
      return targetPlace(cx, target.target, receiver, setup);
    }
    case 'index': {
      const setup: string[] = [];
      const list = kept(cx, emit(cx, target.list), reused, setup);
      const index = kept(cx, emitOperand(cx, target.index), reused, setup);
      return {
        setup,
        get: `${list}.at(${index})`,
        set: (value) => `$R.setAt(${list},${index},${value})`,
        valued: true,
      };
    }
    default:
      throw new Error(`A ${target.kind} expression cannot be assigned.`);
  }
}

function kept(cx: FunctionContext, code: string, reused: boolean, setup: string[]): string {
  if (!reused) return code;
  const temp = cx.temp();
  setup.push(`${temp}=${code}`);
  return temp;
}

function targetPlace(cx: FunctionContext, target: NameTarget, receiver: () => string, setup: string[]): Place {
  switch (target.kind) {
    case 'local': {
      const name = cx.nameOf(target.local);
      return { setup, get: name, set: (value) => `(${name}=${cx.kept(target.local, value)})`, valued: true };
    }
    case 'field': {
      const { field } = target;
      const holder = field.isStatic ? `${cx.unit.constants.statics(field.owner)}()` : receiver();
      const slot = fieldSlot(field);
      const [reads, writes] = [
        hasGetter(field) && cx.accessorOf !== field,
        hasSetter(field) && cx.accessorOf !== field,
      ];
      return {
        setup,
        get: reads ? emitGetter(cx, field, holder) : `${holder}.${slot}`,
        set: (value) =>
          writes
            ? callInColour(
                cx.unit,
                places.setter(field),
                (ending) => `${holder}.${setterMember(field)}${ending}(${value})`,
              )
            : `(${holder}.${slot}=${value})`,
        valued: !writes,
      };
    }
    case 'sobjectField': {
      const row = receiver();
      const name = quote(target.field.name);
      return {
        setup,
        get: `$R.field(${row},${name})`,
        set: (value) => `$R.setField(${row},${name},${value})`,
        valued: true,
      };
    }
    case 'sobjectParent': {
      const row = receiver();
      const name = quote(target.relationship);
      return {
        setup,
        get: `$R.parent(${row},${name})`,
        set: (value) => `$R.setParent(${row},${name},${value})`,
        valued: true,
      };
    }
    case 'platformField': {
      const key = `${target.field.owner}.${target.field.name}`;
      if (target.field.isStatic) {
        return {
          setup,
          get: `${cx.unit.constants.library(key)}()`,
          set: (value) => `$R.setStatic(${quote(key)},${value})`,
          valued: true,
        };
      }
      const holder = receiver();
      return {
        setup,
        get: `$R.member(${holder},${quote(key)})`,
        set: (value) => `$R.setMember(${holder},${quote(key)},${value})`,
        valued: true,
      };
    }
    default:
      throw new Error(`A name that stands for ${target.kind} cannot be assigned.`);
  }
}

function sequence(parts: readonly string[]): string {
  return parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(',')})`;
}

/** Stores and yields the stored value, also where a setter runs. */
function store(cx: FunctionContext, place: Place, value: string): readonly string[] {
  if (place.valued) return [place.set(value)];
  const temp = cx.temp();
  return [`${temp}=${value}`, place.set(temp), temp];
}

export function emitAssign(cx: FunctionContext, e: AssignExpression): string {
  forgetNonNull(cx, e);
  if (e.operator === undefined) {
    const place = placeOf(cx, e.target, false);
    const value = e.target.kind === 'name' ? emitNewValue(cx, e.value, place.get) : emit(cx, e.value);
    return sequence([...place.setup, ...store(cx, place, value)]);
  }
  const place = placeOf(cx, e.target, true);
  const concat = e.arithmetic === 'concat';
  const value = compound(cx, e, place, concat);
  return sequence([...place.setup, ...store(cx, place, value)]);
}

/** A local that may get null from here on, in any iteration of a loop around, is decided before its function is compiled. */
function forgetNonNull(cx: FunctionContext, e: AssignExpression): void {
  if (e.target.kind !== 'name' || e.target.target.kind !== 'local' || e.operator !== undefined) return;
  if (!isNonNull(cx, e.value)) cx.nonNull.delete(e.target.target.local);
}

const LONG: ApexType = { kind: 'primitive', name: 'Long' };
const DOUBLE: ApexType = { kind: 'primitive', name: 'Double' };
const DECIMAL: ApexType = { kind: 'primitive', name: 'Decimal' };

function compound(cx: FunctionContext, e: AssignExpression, place: Place, concat: boolean): string {
  const operator = e.operator ?? '+';
  const kind = e.arithmetic ?? 'unresolved';
  const targetType = e.target.type;
  const left = concat ? place.get : widened(kind, targetType, `$n(${place.get})`);
  const right = concat ? emit(cx, e.value) : emitOperand(cx, e.value);
  const code = emitArithmetic(
    cx,
    kind,
    operator,
    {
      left,
      right,
      leftType: targetType,
      rightType: shownType(e.value),
      leftNonNull: !concat,
      rightNonNull: isNonNull(cx, e.value),
    },
    targetType,
  );
  return concat ? `$T.grown(${place.get},${code})` : narrowed(kind, targetType, code, cx);
}

/** The target's value in the kind in which the operator computes. */
function widened(kind: string, type: ApexType, code: string): string {
  const name = type.kind === 'primitive' ? type.name : '';
  if (kind === 'long' && name === 'Integer') return `$V.integerToLong(${code})`;
  if (kind === 'double' && name !== 'Double') return `$R.toDouble(${code})`;
  return kind === 'decimal' && name !== 'Decimal' ? `$R.toDecimal(${code})` : code;
}

/** Back to the target's own type. */
function narrowed(kind: string, type: ApexType, code: string, cx: FunctionContext): string {
  const computed = { long: LONG, double: DOUBLE, decimal: DECIMAL }[kind];
  if (
    computed === undefined ||
    type.kind !== 'primitive' ||
    computed.kind !== 'primitive' ||
    computed.name === type.name
  )
    return code;
  return `$R.castNumber(${code},${cx.unit.constants.type(type)})`;
}

/** `++` and `--`. `used`: the value of the expression matters, so that a postfix operator has to keep the old one. */
export function emitIncrement(cx: FunctionContext, e: IncrementExpression, used: boolean): string {
  const place = placeOf(cx, e.operand, true);
  const current = isNonNull(cx, e.operand) ? place.get : `$n(${place.get})`;
  const step = e.operator === '++' ? '+' : '-';
  if (e.prefix || !used) return sequence([...place.setup, ...store(cx, place, stepped(e.operand.type, step, current))]);
  const old = cx.temp();
  return `(${[...place.setup, `${old}=${current}`, place.set(stepped(e.operand.type, step, old)), old].join(',')})`;
}

function stepped(type: ApexType, step: '+' | '-', code: string): string {
  switch (type.kind === 'primitive' ? type.name : '') {
    case 'Integer':
      return `(${code}${step}1|0)`;
    case 'Long':
      return `BigInt.asIntN(64,${code}${step}1n)`;
    case 'Double':
      return `$O.doubleAdd(${code},$V.integerToDouble(${step}1))`;
    default:
      return `${code}.add($V.integerToDecimal(${step}1))`;
  }
}
