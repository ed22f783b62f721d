import type { CallExpression, CallTarget, ConstructorCallExpression, Expression } from '../syntax/ast.js';
import type { AnyConstructor, MethodSymbol, PlatformMethod } from '../types/symbols.js';
import { bindScope } from './bind-scope.js';
import { isDynamicSoql } from './dynamic-soql.js';
import { callInColour, constructorPlace, isFuture, places } from './colouring.js';
import type { FunctionContext } from './context.js';
import { emit, emitOperand, quote } from './expressions.js';
import { ENTRY } from './weights.js';
import { constructorMember, IMPLICIT_CONSTRUCTOR, methodMember, superSymbol } from './names.js';

export function emitArgs(cx: FunctionContext, args: readonly Expression[]): string {
  return args.map((argument) => emit(cx, argument)).join(',');
}

/** A method call; `receiver` gives the code of the object before the dot, or `this`. */
export function emitCallOn(cx: FunctionContext, e: CallExpression, receiver: () => string): string {
  const { target } = e;
  if (target === undefined) throw new Error(`${e.name.name} was not resolved.`);
  const { method } = target;
  return method.origin === 'user'
    ? emitUserCall(cx, e, target, method, receiver)
    : emitPlatformCall(cx, e, target, method, receiver);
}

function emitUserCall(
  cx: FunctionContext,
  e: CallExpression,
  target: CallTarget,
  method: MethodSymbol,
  receiver: () => string,
): string {
  const args = emitArgs(cx, e.args);
  const member = methodMember(method);
  const code = places.method(method);
  if (target.dispatch === 'static') {
    if (isFuture(method)) {
      return `$R.future(${cx.unit.constants.class(method.owner)},${quote(member)},[${args}])`;
    }
    const local = cx.unit.localFunctions.get(method.owner)?.get(member);
    return callInColour(cx.unit, code, (ending) =>
      local === undefined
        ? `${cx.unit.constants.class(method.owner)}.${member}${ending}(${args})`
        : `${local}(${args})`,
    );
  }
  if (target.dispatch === 'super')
    return callInColour(
      cx.unit,
      code,
      (ending) =>
        `${cx.unit.constants.class(method.owner)}.prototype.${member}${ending}.call(this${args === '' ? '' : `,${args}`})`,
    );
  const object = receiver();
  return callInColour(cx.unit, code, (ending) => `${object}.${member}${ending}(${args})`);
}

/** Methods of the collections that compiled code calls without going through the library. */
const INLINE: Readonly<Record<string, (receiver: string, args: readonly string[]) => string>> = {
  'System.List.size()': (receiver) => `${receiver}.items.length`,
  'System.List.get(Integer)': (receiver, [index = '']) => `${receiver}.at(${index})`,
  'System.Set.contains(T0)': (receiver, [value = '']) => `${receiver}.has(${value})`,
  'System.Map.get(T0)': (receiver, [key = '']) => `${receiver}.get(${key})`,
  'System.Map.containsKey(T0)': (receiver, [key = '']) => `${receiver}.has(${key})`,
  'System.Map.put(T0,T1)': (receiver, [key = '', value = '']) => `($T.room-=${ENTRY},${receiver}.put(${key},${value}))`,
  'System.Set.size()': (receiver) => `${receiver}.size`,
  'System.Map.size()': (receiver) => `${receiver}.size`,
};

function emitPlatformCall(
  cx: FunctionContext,
  e: CallExpression,
  target: CallTarget,
  method: PlatformMethod,
  receiver: () => string,
): string {
  const library = cx.unit.constants.library(method.key);
  if (target.dispatch === 'static') {
    if (method.key === 'System.SObject.getSObjectType()' && target.receiver.kind === 'sobject')
      return `$R.sobjectType(${quote(target.receiver.name)})`;
    // Static methods of every enum, custom setting and custom metadata type: the library needs to know which one.
    const generic = GENERIC_STATICS.has(method.owner) ? [cx.unit.constants.type(target.receiver)] : [];
    const args = [...generic, ...e.args.map((argument) => emit(cx, argument)), ...accessLevel(cx, e, method)];
    if (isDynamicSoql(method)) return `$R.bound(${bindScope(cx)},${library},[${args.join(',')}])`;
    return emitLibraryCall(cx, method, library, args.join(','));
  }
  const inline = INLINE[method.key];
  if (inline !== undefined && isCollection(target)) {
    const args =
      method.name.toLowerCase() === 'get' && method.owner === 'System.List'
        ? e.args.map((argument) => emitOperand(cx, argument))
        : e.args.map((argument) => emit(cx, argument));
    return inline(receiver(), args);
  }
  const args = emitArgs(cx, e.args);
  const field = fieldError(cx, e, method);
  if (field !== undefined) return field;
  if (target.dispatch === 'super') return `${library}(this${args === '' ? '' : `,${args}`})`;
  if (mayBeUserObject(target)) return emitCallByName(cx, e, method, receiver(), args);
  const object = method.owner === 'System.String' ? `$T.read($n(${receiver()}))` : `$n(${receiver()})`;
  return emitLibraryCall(cx, method, library, `${object}${args === '' ? '' : `,${args}`}`);
}

const LEVELLED: ReadonlySet<string> = new Set(
  'query countquery getquerylocator insert update upsert delete undelete merge'.split(' '),
);

/** The access level that a Database method gets when the code names none and its API version makes user mode the default. */
function accessLevel(cx: FunctionContext, e: CallExpression, { owner, name }: PlatformMethod): readonly string[] {
  if (!cx.unit.defaultsToUserMode || owner !== 'System.Database' || !LEVELLED.has(name.toLowerCase())) return [];
  const isLevel = ({ type }: Expression): boolean => type.kind === 'platform' && type.name === 'System.AccessLevel';
  return e.args.some(isLevel) ? [] : [`${cx.unit.constants.library('System.AccessLevel.USER_MODE')}()`];
}

/** `record.Name.addError('x')`: the error goes to the field of the record, not to its value. */
function fieldError(cx: FunctionContext, e: CallExpression, method: PlatformMethod): string | undefined {
  const { object } = e;
  if (method.name !== 'addError' || object?.kind !== 'field' || object.target.kind !== 'sobjectField') return undefined;
  const library = cx.unit.constants.library('System.SObject.addError(Schema.SObjectField,String)');
  const { object: objectName, field } = object.target;
  const token = `$R.fieldToken(${quote(objectName)},${quote(field.name)})`;
  return `${library}($n(${emit(cx, object.object)}),${token},${emitArgs(cx, e.args)})`;
}

function emitLibraryCall(cx: FunctionContext, method: PlatformMethod, library: string, args: string): string {
  const { key } = method;
  const call = callInColour(
    cx.unit,
    places.library(key),
    (ending) => `${ending === '' ? library : cx.unit.constants.suspendable(key)}(${args})`,
  );
  return makesValue(method) ? `$T.made(${call})` : call;
}

/** Methods of collections that make another one. */
const COPIES: ReadonlySet<string> = new Set(['clone', 'deepclone', 'keyset', 'values']);

/** Whether the value of a method of the platform is a new one that can be large. */
function makesValue({ owner, name, returns }: PlatformMethod): boolean {
  if (owner === 'System.List' || owner === 'System.Set' || owner === 'System.Map')
    return COPIES.has(name.toLowerCase());
  if (returns.kind === 'primitive') return returns.name === 'String' || returns.name === 'Blob';
  return returns.kind === 'list' && owner === 'System.String';
}

/** The run-time class decides between a method of the project with that name and the platform's own. */
function emitCallByName(
  cx: FunctionContext,
  e: CallExpression,
  method: PlatformMethod,
  receiver: string,
  args: string,
): string {
  const { colouring, constants } = cx.unit;
  const name = quote(`${method.name.toLowerCase()}/${e.args.length}`);
  const waits = colouring?.has(places.library(method.key)) === true;
  const code = waits ? places.library(method.key) : places.byName(method.name, e.args.length);
  const library = waits ? constants.suspendable(method.key) : constants.library(method.key);
  return callInColour(
    cx.unit,
    code,
    (ending) => `$R.${ending === '' ? 'invoke' : 'invokeSuspendable'}(${receiver},${name},${library},[${args}])`,
  );
}

function isCollection(target: CallTarget): boolean {
  return target.receiver.kind === 'list' || target.receiver.kind === 'set' || target.receiver.kind === 'map';
}

/** Receivers whose class may declare the method itself: user objects behind platform interfaces, Object and Exception. */
export function mayBeUserObject(target: CallTarget): boolean {
  const { receiver } = target;
  return (
    receiver.kind === 'user' ||
    receiver.kind === 'platform' ||
    receiver.kind === 'any' ||
    (receiver.kind === 'primitive' && receiver.name === 'Object')
  );
}

const GENERIC_STATICS: ReadonlySet<string> = new Set(['System.Enum', 'System.CustomSetting', 'System.CustomMetadata']);

/** `this(...)` and `super(...)`. */
export function emitConstructorCall(cx: FunctionContext, e: ConstructorCallExpression): string {
  const args = emitArgs(cx, e.args);
  // An exception class has the platform's constructors beside its own.
  if (e.which === 'this' && cx.owner.isException && e.target?.origin !== 'user')
    return emitSuperConstructor(cx, e.target, args);
  if (e.which === 'this')
    return callInColour(
      cx.unit,
      constructorPlace(cx.owner, e.target),
      (ending) => `this.${memberOf(e.target)}${ending}(${args})`,
    );
  return emitSuperConstructor(cx, e.target, args);
}

function memberOf(target: AnyConstructor | undefined): string {
  return target === undefined || target.origin === 'platform' ? IMPLICIT_CONSTRUCTOR : constructorMember(target);
}

/** Runs the constructor of the class above; `Exception` is built in. */
export function emitSuperConstructor(cx: FunctionContext, target: AnyConstructor | undefined, args: string): string {
  const above = superSymbol(cx.owner);
  if (above !== undefined)
    return callInColour(
      cx.unit,
      constructorPlace(above, target),
      (ending) =>
        `${cx.unit.constants.class(above)}.prototype.${memberOf(target)}${ending}.call(this${args === '' ? '' : `,${args}`})`,
    );
  return cx.owner.isException ? `$R.initException(this,[${args}])` : '0';
}
