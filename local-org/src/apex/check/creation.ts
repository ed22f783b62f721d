import { platformType } from '../platform-types/index.js';
import { ANY, PRIMITIVES, listOf, substitute, typeName } from '../types/index.js';
import type { ApexType } from '../types/index.js';
import type {
  Expression,
  NewArrayExpression,
  NewElementsExpression,
  NewExpression,
  NewMapExpression,
  SourceRange,
} from '../syntax/index.js';
import { isVisible } from './access.js';
import { assignment } from './assign.js';
import { convertArguments } from './calls.js';
import { constructorsOf } from './constructors.js';
import { argumentNames, report, resolveIn } from './context.js';
import type { Body } from './context.js';
import { checkExpression, convertTo } from './expression.js';
import { elementOf, isEnum, isInterface } from './hierarchy.js';
import { resolveOverload } from './overload.js';
import { checkNewRow } from './new-row.js';

function noConstructor(expression: NewExpression, body: Body, type: ApexType): ApexType {
  if (expression.args.every((arg) => arg.type.kind !== 'any')) {
    const args = argumentNames(expression.args.map((arg) => arg.type));
    report(body, expression.range, `Constructor not defined: [${typeName(type)}].<Constructor>(${args})`);
  }
  return ANY;
}

function collectionSource(type: ApexType, arg: Expression): 'size' | 'elements' | 'rows' | undefined {
  const given = arg.type;
  if (given.kind === 'any' || given.kind === 'null') return 'elements';
  if (type.kind === 'map') {
    if (assignment(given, type) !== undefined) return 'elements';
    return given.kind === 'list' && given.element.kind === 'sobject' ? 'rows' : undefined;
  }
  if (type.kind !== 'list' && type.kind !== 'set') return undefined;
  if (given.kind === 'primitive' && given.name === 'Integer') return 'size';
  const element = elementOf(given);
  return element !== undefined && assignment(listOf(element), listOf(type.element)) !== undefined
    ? 'elements'
    : undefined;
}

function newCollection(expression: NewExpression, body: Body, type: ApexType): ApexType {
  const [arg, extra] = expression.args;
  if (arg === undefined) {
    expression.target = { kind: 'collection', from: 'empty' };
    return type;
  }
  const from = extra === undefined ? collectionSource(type, arg) : undefined;
  if (from === undefined) return noConstructor(expression, body, type);
  expression.target = { kind: 'collection', from };
  return type;
}

/** Classes that the platform alone makes. */
function isConstructible(body: Body, type: ApexType, at: SourceRange): boolean {
  const isBase = type.kind === 'platform' && type.name === 'System.Exception';
  if (isEnum(type) || isInterface(type) || isBase || type.kind === 'primitive') {
    report(body, at, `Type cannot be constructed: ${typeName(type)}`);
    return false;
  }
  const isAbstract =
    type.kind === 'user'
      ? type.symbol.isAbstract
      : type.kind === 'platform' && platformType(type.name)?.isAbstract === true;
  if (isAbstract) report(body, at, `Abstract classes cannot be constructed: ${typeName(type)}`);
  return !isAbstract;
}

function newInstance(expression: NewExpression, body: Body, type: ApexType): ApexType {
  if (!isConstructible(body, type, expression.range)) return type;
  const typeArgs = type.kind === 'platform' ? type.args : [];
  const candidates = constructorsOf(type).map((one) => ({
    one,
    parameters: one.parameters.map((parameter) => substitute(parameter.type, typeArgs)),
  }));
  if (type.kind === 'user' && candidates.length === 0 && expression.args.length === 0) {
    expression.target = { kind: 'implicit', owner: type.symbol };
    return type;
  }
  const found = resolveOverload(candidates, expression.args);
  if (found.kind === 'none') return noConstructor(expression, body, type);
  const { one, parameters } = found.candidate;
  if (one.origin === 'user' && !isVisible(body, one.access, one.owner, one.annotations)) {
    report(
      body,
      expression.range,
      `Method is not visible: void ${typeName(type)}.<init>(${argumentNames(parameters)})`,
    );
  }
  convertArguments(expression.args, parameters);
  expression.target = { kind: 'constructor', constructor: one };
  return type;
}

function newFlow(expression: NewExpression, body: Body, type: ApexType & { readonly kind: 'platform' }): ApexType {
  const [inputs, extra] = expression.args;
  const isMap =
    inputs !== undefined &&
    extra === undefined &&
    (inputs.type.kind === 'map' || inputs.type.kind === 'null' || inputs.type.kind === 'any');
  if (!isMap) return noConstructor(expression, body, type);
  expression.target = { kind: 'flow', flow: type.name.slice('Flow.Interview.'.length) };
  return type;
}

/** The arguments of a Visualforce component are assignments to its attributes, which only its markup declares. */
function newComponent(expression: NewExpression, body: Body, type: ApexType & { readonly kind: 'platform' }): ApexType {
  for (const arg of expression.args) checkExpression(arg.kind === 'assign' ? arg.value : arg, body);
  expression.target = { kind: 'component', component: type.name };
  return type;
}

/** `new T(...)`. The arguments of a row are assignments to its fields. */
export function checkNew(expression: NewExpression, body: Body): ApexType {
  const type = resolveIn(body, expression.created, expression.range);
  if (type.kind === 'sobject') return checkNewRow(expression, body, type);
  if (type.kind === 'platform' && /^Component\.[^.]+$/.test(type.name)) return newComponent(expression, body, type);
  for (const arg of expression.args) checkExpression(arg, body);
  if (type.kind === 'any') return ANY;
  if (type.kind === 'list' || type.kind === 'set' || type.kind === 'map') return newCollection(expression, body, type);
  if (type.kind === 'platform' && type.name.startsWith('Flow.Interview.')) return newFlow(expression, body, type);
  return newInstance(expression, body, type);
}

export function checkNewArray(expression: NewArrayExpression, body: Body): ApexType {
  const type = resolveIn(body, expression.created);
  checkExpression(expression.size, body);
  convertTo(
    expression.size,
    PRIMITIVES.Integer,
    body,
    expression.range,
    (from) => `List index must be of type Integer: ${from}`,
  );
  return type;
}

export function checkNewElements(expression: NewElementsExpression, body: Body): ApexType {
  const type = resolveIn(body, expression.created);
  for (const element of expression.elements) {
    checkExpression(element, body);
    if (type.kind !== 'list' && type.kind !== 'set') continue;
    convertTo(
      element,
      type.element,
      body,
      expression.range,
      (from, to) => `Initial expression is of incorrect type, expected: ${to} but was: ${from}`,
    );
  }
  if (type.kind !== 'list' && type.kind !== 'set' && type.kind !== 'any')
    report(body, expression.range, `Type cannot be constructed: ${typeName(type)}`);
  return type;
}

export function checkNewMap(expression: NewMapExpression, body: Body): ApexType {
  const type = resolveIn(body, expression.created);
  for (const { key, value } of expression.entries) {
    checkExpression(key, body);
    checkExpression(value, body);
    if (type.kind !== 'map') continue;
    convertTo(key, type.key, body, key.range, (from, to) => `Invalid key type ${from} for ${to}`);
    convertTo(value, type.value, body, value.range, (from, to) => `Invalid value type ${from} for ${to}`);
  }
  if (type.kind !== 'map' && type.kind !== 'any')
    report(body, expression.range, `Type cannot be constructed: ${typeName(type)}`);
  return type;
}
