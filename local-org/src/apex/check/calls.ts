import { findPlatformType } from '../platform-types/index.js';
import { ANY, VOID, platform, typeName } from '../types/index.js';
import type { AnyConstructor, AnyMethod, ApexType, TypeSymbol } from '../types/index.js';
import type { CallExpression, CallTarget, ConstructorCallExpression, Expression } from '../syntax/index.js';
import { isVisible } from './access.js';
import { argumentNames, report } from './context.js';
import type { Body } from './context.js';
import { checkExpression } from './expression.js';
import { methodsOf, staticHolder } from './lookup.js';
import type { Candidate } from './lookup.js';
import { qualifier } from './names.js';
import { expressionAssignment, isQuery, resolveOverload } from './overload.js';
import type { Resolution } from './overload.js';
import { constructorsOf } from './constructors.js';

/** What a call is made on. */
interface Receiver {
  readonly type: ApexType;
  /** `static`: a type name. `value`: an object. `scope`: no receiver is written. */
  readonly kind: 'static' | 'value' | 'scope' | 'super';
}

/** Sets the conversions that passing arguments needs. */
export function convertArguments(args: readonly Expression[], parameters: readonly ApexType[]): void {
  args.forEach((arg, index) => {
    const parameter = parameters[index];
    const found = parameter === undefined ? undefined : expressionAssignment(arg, parameter);
    if (found?.conversion !== undefined) arg.conversion = found.conversion;
  });
}

function types(args: readonly Expression[]): readonly ApexType[] {
  return args.map((arg) => arg.type);
}

function isStatic(candidate: Candidate): boolean {
  return candidate.method.isStatic;
}

function choose(
  candidates: readonly Candidate[],
  wantStatic: boolean | undefined,
  args: readonly Expression[],
): Resolution<Candidate> {
  if (wantStatic === undefined) return resolveOverload(candidates, args);
  const fitting = resolveOverload(
    candidates.filter((candidate) => isStatic(candidate) === wantStatic),
    args,
  );
  return fitting.kind === 'none' ? resolveOverload(candidates, args) : fitting;
}

/** `void Outer.run(Integer)` as messages spell a method. */
export function methodText(method: AnyMethod): string {
  const owner = method.origin === 'user' ? method.owner.fullName : method.owner;
  return `${typeName(method.returns)} ${owner}.${method.name}(${method.parameters.map(({ type }) => typeName(type)).join(', ')})`;
}

function checkStaticUse(expression: CallExpression, body: Body, receiver: Receiver, method: AnyMethod): void {
  const at = expression.name.range;
  // `Account.getSObjectType()` is the one instance method that an object's name answers.
  if (receiver.kind === 'static' && receiver.type.kind === 'sobject' && method.name === 'getSObjectType') return;
  const needsInstance = receiver.kind === 'static' || (receiver.kind === 'scope' && body.isStatic);
  if (needsInstance && !method.isStatic)
    report(body, at, `Non static method cannot be referenced from a static context: ${methodText(method)}`);
  const isInstance = receiver.kind === 'value' || receiver.kind === 'super';
  if (isInstance && method.isStatic)
    report(body, at, `Static method cannot be referenced from a non static context: ${methodText(method)}`);
}

function checkAccess(expression: CallExpression, body: Body, method: AnyMethod): void {
  if (method.origin === 'user' && !isVisible(body, method.access, method.owner, method.annotations)) {
    report(body, expression.name.range, `Method is not visible: ${methodText(method)}`);
  }
}

/** Rows and copies keep the receiver's type although the tables say SObject. */
function returnType(candidate: Candidate, receiver: ApexType): ApexType {
  const isCopy =
    candidate.method.origin === 'platform' && candidate.method.name === 'clone' && receiver.kind === 'sobject';
  return isCopy ? receiver : candidate.returns;
}

function bind(expression: CallExpression, body: Body, receiver: Receiver, candidate: Candidate): ApexType {
  const { method } = candidate;
  checkStaticUse(expression, body, receiver, method);
  checkAccess(expression, body, method);
  convertArguments(expression.args, candidate.parameters);
  const returns = returnType(candidate, receiver.type);
  const dispatch: CallTarget['dispatch'] =
    method.isStatic || receiver.kind === 'static' ? 'static' : receiver.kind === 'super' ? 'super' : 'virtual';
  expression.target = { method, dispatch, receiver: receiver.type, parameters: candidate.parameters, returns };
  return returns;
}

function notFound(expression: CallExpression, body: Body, type: ApexType): ApexType {
  if (expression.args.some((arg) => arg.type.kind === 'any')) return ANY;
  const name = `void ${expression.name.name}(${argumentNames(types(expression.args))})`;
  report(
    body,
    expression.name.range,
    `Method does not exist or incorrect signature: ${name} from the type ${typeName(type)}`,
  );
  return ANY;
}

/** Resolves the call on a receiver; undefined when the receiver has no fitting method. */
function resolveOn(expression: CallExpression, body: Body, receiver: Receiver): ApexType | undefined {
  const candidates = methodsOf(body.world, staticHolder(receiver.type), expression.name.name.toLowerCase());
  const wantStatic = receiver.kind === 'static' ? true : receiver.kind === 'value' ? false : undefined;
  const found = choose(candidates, wantStatic, expression.args);
  if (found.kind === 'none') return undefined;
  const hasNull = expression.args.some((arg) => arg.type.kind === 'null');
  if (found.kind === 'ambiguous' && found.candidate.method.origin === 'user' && hasNull) {
    report(
      body,
      expression.name.range,
      `Ambiguous method signature: void ${expression.name.name}(${argumentNames(types(expression.args))})`,
    );
  }
  return bind(expression, body, receiver, found.candidate);
}

/** An unqualified call: a method of the class or of one above it, else a static one of the outer class. */
function scopeCall(expression: CallExpression, body: Body): ApexType {
  const own: ApexType = { kind: 'user', symbol: body.owner };
  const name = expression.name.name.toLowerCase();
  for (let at: TypeSymbol | undefined = body.owner; at !== undefined; at = at.outer) {
    const type: ApexType = { kind: 'user', symbol: at };
    const candidates = methodsOf(body.world, type, name);
    const usable = at === body.owner ? candidates : candidates.filter(isStatic);
    const found = resolveOverload(usable, expression.args);
    if (found.kind === 'none') continue;
    return resolveOn(expression, body, { type, kind: at === body.owner ? 'scope' : 'static' }) ?? ANY;
  }
  return notFound(expression, body, own);
}

function superCall(expression: CallExpression, body: Body): ApexType {
  const above = body.owner.superType;
  if (above !== undefined) {
    return resolveOn(expression, body, { type: above, kind: 'super' }) ?? notFound(expression, body, above);
  }
  const found = resolveOn(expression, body, { type: { kind: 'primitive', name: 'Object' }, kind: 'super' });
  return found ?? notFound(expression, body, { kind: 'platform', name: 'System.ApexBaseClass', args: [] });
}

function valueCall(expression: CallExpression, body: Body, object: Expression, type: ApexType): ApexType {
  if (type.kind === 'any' || type.kind === 'null') return ANY;
  const found = resolveOn(expression, body, { type, kind: 'value' });
  if (found !== undefined) return found;
  if (type.kind === 'list' && isQuery(object)) {
    const ofRow = resolveOn(expression, body, { type: type.element, kind: 'value' });
    if (ofRow !== undefined) {
      object.conversion = 'singleRow';
      return ofRow;
    }
  }
  return hiddenClassCall(expression, body, object) ?? notFound(expression, body, type);
}

export function checkCall(expression: CallExpression, body: Body): ApexType {
  for (const arg of expression.args) checkExpression(arg, body);
  const { object } = expression;
  if (object === undefined) return scopeCall(expression, body);
  if (object.kind === 'super') {
    object.type = checkExpression(object, body);
    return superCall(expression, body);
  }
  const before = qualifier(object, body);
  if (before.kind === 'value') {
    object.type = before.type;
    return valueCall(expression, body, object, before.type);
  }
  if (before.kind === 'namespace') {
    report(body, expression.name.range, `Variable does not exist: ${before.name}`);
    return ANY;
  }
  const found = resolveOn(expression, body, { type: before.type, kind: 'static' });
  return found ?? hiddenClassCall(expression, body, object) ?? notFound(expression, body, before.type);
}

/**
 * A static call on a class whose name means something else too: an object (`Network`, `Site`, `BusinessHours`), or a field that has no
 * such method.
 */
function hiddenClassCall(expression: CallExpression, body: Body, object: Expression): ApexType | undefined {
  if (object.kind !== 'name') return undefined;
  const type = platformClass(object.name);
  return type === undefined ? undefined : resolveOn(expression, body, { type, kind: 'static' });
}

function platformClass(name: string): ApexType | undefined {
  const found = findPlatformType(name);
  return found?.kind === 'class' && found.typeParameters === 0 ? platform(found.name) : undefined;
}

/** `this(...)` and `super(...)`. That they stand first is checked with the constructor. */
export function checkConstructorCall(expression: ConstructorCallExpression, body: Body): ApexType {
  for (const arg of expression.args) checkExpression(arg, body);
  const own: ApexType = { kind: 'user', symbol: body.owner };
  const type = expression.which === 'this' ? own : body.owner.superType;
  if (type === undefined) return VOID;
  const constructors: readonly AnyConstructor[] = constructorsOf(type);
  const candidates = constructors.map((one) => ({
    one,
    parameters: one.parameters.map((parameter) => parameter.type),
  }));
  if (candidates.length === 0 && expression.args.length === 0) return VOID;
  const found = resolveOverload(candidates, expression.args);
  if (found.kind === 'none') {
    if (expression.args.every((arg) => arg.type.kind !== 'any')) {
      report(body, expression.range, `No constructor defined: void <init>(${argumentNames(types(expression.args))})`);
    }
    return VOID;
  }
  convertArguments(expression.args, found.candidate.parameters);
  expression.target = found.candidate.one;
  return VOID;
}
