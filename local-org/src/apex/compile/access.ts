import type {
  CallExpression,
  Expression,
  FieldExpression,
  IndexExpression,
  NameExpression,
  NameTarget,
} from '../syntax/ast.js';
import type { FieldSymbol, PlatformField } from '../types/symbols.js';
import { emitCallOn } from './calls.js';
import { callInColour, places } from './colouring.js';
import type { FunctionContext } from './context.js';
import { emit, emitOperand, quote } from './expressions.js';
import { fieldSlot, getterMember, hasGetter } from './names.js';

type ChainNode = FieldExpression | IndexExpression | CallExpression;

/**
 * A chain of dots, calls and indexes. With `?.` in it, the whole rest of the chain is skipped when the object before it is null; each such
 * object becomes a guard in front of the chain.
 */
export function emitChain(cx: FunctionContext, node: ChainNode): string {
  const guards: string[] = [];
  const code = emitNode(cx, node, guards);
  return guards.length === 0 ? code : `(${guards.map((guard) => `${guard}?null:`).join('')}${code})`;
}

function emitReceiver(cx: FunctionContext, object: Expression, guards: string[]): string {
  if (object.conversion === undefined && (object.kind === 'field' || object.kind === 'index' || object.kind === 'call'))
    return emitNode(cx, object, guards);
  return emit(cx, object);
}

function guarded(cx: FunctionContext, safe: boolean, receiver: string, guards: string[]): string {
  if (!safe) return receiver;
  const temp = cx.temp();
  guards.push(`(${temp}=${receiver})===null`);
  return temp;
}

function emitNode(cx: FunctionContext, node: ChainNode, guards: string[]): string {
  switch (node.kind) {
    case 'index':
      return `${emitReceiver(cx, node.list, guards)}.at(${emitOperand(cx, node.index)})`;
    case 'call': {
      const { object } = node;
      return emitCallOn(cx, node, () =>
        object === undefined ? 'this' : guarded(cx, node.safe, emitReceiver(cx, object, guards), guards),
      );
    }
    case 'field':
      if (!node.safe && isFieldOfParent(node)) {
        const temp = cx.temp();
        const parent = emitReceiver(cx, node.object, guards);
        return `((${temp}=${parent})===null?null:${emitTarget(cx, node.target, node.name.name, () => temp)})`;
      }
      return emitTarget(cx, node.target, node.name.name, () =>
        guarded(cx, node.safe, emitReceiver(cx, node.object, guards), guards),
      );
  }
}

/**
 * `contact.Account.Name`, `this.contact.Name`: the platform reads fields of a parent that is not there as null, and those of a record that a
 * field of an object does not hold (apex-rollup: RollupLimitsTest.doesNotThrowForNullControl).
 */
function isFieldOfParent({ object, target }: FieldExpression): boolean {
  if (object.kind !== 'field' || (target.kind !== 'sobjectField' && target.kind !== 'sobjectParent')) return false;
  return object.target.kind === 'sobjectParent' || isInstanceField(object.target);
}

const isInstanceField = (target: NameTarget): boolean =>
  target.kind === 'field' && !target.field.isStatic && target.field.property === undefined;

export function emitName(cx: FunctionContext, e: NameExpression): string {
  return emitTarget(cx, e.target, e.name, () => 'this');
}

/** Reads what a name stands for. `receiver` gives the code of the object before the dot, if the target needs one. */
function emitTarget(cx: FunctionContext, target: NameTarget, written: string, receiver: () => string): string {
  const { constants } = cx.unit;
  switch (target.kind) {
    case 'local':
      return cx.nameOf(target.local);
    case 'field':
      return readField(cx, target.field, receiver);
    case 'enumConstant':
      return constants.enumConstant(target.owner, target.ordinal);
    case 'platformField':
      return readPlatformField(cx, target.field, receiver);
    case 'sobjectField': {
      const type = target.field.type;
      const read = `$R.field(${receiver()},${quote(target.field.name)})`;
      return type.kind === 'primitive' && (type.name === 'Double' || type.name === 'Long')
        ? `$R.castNumber(${read},${constants.type(type)})`
        : read;
    }
    case 'sobjectParent':
      return `$R.parent(${receiver()},${quote(target.relationship)})`;
    case 'sobjectChildren':
      return `$R.children(${receiver()},${quote(target.relationship)},${quote(target.childObject)})`;
    case 'sobjectType':
      return `$R.sobjectType(${quote(target.object)})`;
    case 'sobjectFieldToken':
      return `$R.fieldToken(${quote(target.object)},${quote(target.field.name)})`;
    case 'describeObject':
      return `$R.describeObject(${quote(target.object)})`;
    case 'describeField':
      return `$R.describeField(${quote(target.object)},${quote(target.field.name)})`;
    case 'describeFields':
    case 'objectFields':
    case 'describeFieldSets':
      return `$R.describeMembers(${quote(target.kind)},${quote(target.object)})`;
    case 'fieldSet':
      return `$R.fieldSet(${quote(target.object)},${quote(target.fieldSet)})`;
    case 'rowCause':
      return quote(target.cause);
    case 'label':
      return `$R.label(${quote(target.name)})`;
    case 'page':
      return `$R.page(${quote(target.name)})`;
    case 'type':
    case 'namespace':
    case 'unresolved':
      throw new Error(`${written} has no value.`);
  }
}

function readField(cx: FunctionContext, field: FieldSymbol, receiver: () => string): string {
  const holder = field.isStatic ? `${cx.unit.constants.statics(field.owner)}()` : receiver();
  return hasGetter(field) && cx.accessorOf !== field ? emitGetter(cx, field, holder) : `${holder}.${fieldSlot(field)}`;
}

export function emitGetter(cx: FunctionContext, field: FieldSymbol, holder: string): string {
  return callInColour(cx.unit, places.getter(field), (ending) => `${holder}.${getterMember(field)}${ending}()`);
}

function readPlatformField(cx: FunctionContext, field: PlatformField, receiver: () => string): string {
  const { constants } = cx.unit;
  if (field.isConstant) return constants.platformEnum(field.owner, field.name);
  if (field.isStatic) return `${constants.library(`${field.owner}.${field.name}`)}()`;
  return `$R.member(${receiver()},${quote(`${field.owner}.${field.name}`)})`;
}
