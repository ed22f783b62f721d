import { SObject } from '../../data/index.js';
import type { FlowOperand, FlowPath, FlowResource, FlowText, FlowVariable } from '../../metadata/index.js';
import { newInstance } from '../../apex/library/index.js';
import { fromApex } from '../actions/apex-values.js';
import { FlowFault } from '../fault.js';
import { convertTo, detached, FlowStructure, literalValue, textOfValue, type FlowValue } from '../values/index.js';
import { evaluateFormula } from './formula.js';
import { globalValue } from './globals.js';
import type { Interview } from './interview.js';
import { memberOf, setMember } from './members.js';

/** Value of an operand. Nothing given is null. @throws FlowFault for references that lead nowhere and values that are none */
export function operandValue(interview: Interview, operand: FlowOperand): FlowValue {
  switch (operand.kind) {
    case 'none':
      return null;
    case 'boolean':
      return operand.value;
    case 'text':
      return textValue(interview, operand.text);
    case 'reference':
      return pathValue(interview, operand.path);
    case 'formula':
      return evaluateFormula(interview, operand.expression, operand.dataType, undefined);
    case 'number':
    case 'date':
    case 'dateTime':
    case 'time':
      return literalValue(operand);
  }
}

/** A text with its merge fields filled in. */
export function textValue(interview: Interview, text: FlowText): string {
  return text
    .map((part) => (typeof part === 'string' ? part : textOfValue(pathValue(interview, part), interview.zone)))
    .join('');
}

/** Value of a reference. What was not set yet is null. */
export function pathValue(interview: Interview, [first, ...rest]: FlowPath): FlowValue {
  const global = globalValue(interview, first, rest);
  if (global !== undefined) return global;
  const value = namedValue(interview, first);
  return rest.reduce<FlowValue>((at, name) => memberOf(interview.org.runtime, at, name), value);
}

function namedValue(interview: Interview, name: string): FlowValue {
  const stored = interview.stored(name);
  if (stored !== undefined) return stored;
  const resource = interview.definition.resources.get(name.toLowerCase());
  return resource === undefined ? null : resourceValue(interview, resource);
}

function resourceValue(interview: Interview, resource: FlowResource): FlowValue {
  switch (resource.kind) {
    case 'variable':
      return initialValue(interview, resource);
    case 'constant':
      return convertTo(resource.dataType, operandValue(interview, resource.value), interview.zone, resource.name);
    case 'choice':
      return convertTo(resource.dataType, operandValue(interview, resource.value), interview.zone, resource.name);
    case 'formula':
      return evaluateFormula(interview, resource.expression, resource.dataType, resource.scale);
    case 'textTemplate':
      return textValue(interview, resource.text);
    case 'choiceSet':
      return null;
  }
}

/** Default of a variable; records and Apex-defined values have none. */
function initialValue(interview: Interview, variable: FlowVariable): FlowValue {
  return converted(interview, variable, operandValue(interview, variable.value));
}

/** Types of external services: `ExternalService__ErpAccounts_Account`. */
const isServiceType = (apexClass: string | undefined): boolean => /^ExternalService__/i.test(apexClass ?? '');

/** What a record variable or an Apex-defined one holds as soon as a field of it is set. */
function emptyValue({ org: { runtime } }: Interview, { name, type }: FlowVariable): FlowValue {
  if (type.dataType === 'SObject' && type.objectType !== undefined) return new SObject(runtime.object(type.objectType));
  if (isServiceType(type.apexClass)) return new FlowStructure();
  const symbol = type.apexClass === undefined ? undefined : runtime.options.findClass(type.apexClass);
  if (symbol === undefined) throw new FlowFault(`A value can't be assigned to a member of ${name}: nothing holds it.`);
  return fromApex(newInstance(runtime, { kind: 'user', symbol }));
}

/** A value as the variable holds it: of its type, and its own. */
export function converted({ zone }: Interview, { name, type }: FlowVariable, value: FlowValue): FlowValue {
  if (
    value instanceof SObject &&
    type.dataType === 'SObject' &&
    value.object.name.toLowerCase() !== type.objectType?.toLowerCase()
  )
    throw new FlowFault(`The flow failed to assign a ${value.object.name} record to ${name}.`);
  return detached(convertTo(type.dataType, value, zone, name));
}

/** Stores a value where a path points: a variable, `$Record`'s field, a field of a record variable. @throws FlowFault when it can hold no such value */
export function assign(interview: Interview, path: FlowPath, value: FlowValue): void {
  const [first, ...rest] = path;
  const resource = interview.definition.resources.get(first.toLowerCase());
  const last = rest.at(-1);
  if (last !== undefined) {
    setMember(holderOf(interview, [first, ...rest.slice(0, -1)], resource), last, value, interview.zone);
    return;
  }
  if (resource?.kind !== 'variable') throw new FlowFault(`A value can't be assigned to ${first}.`);
  interview.store(first, converted(interview, resource, value));
}

function holderOf(interview: Interview, path: FlowPath, resource: FlowResource | undefined): FlowValue {
  const holder = pathValue(interview, path);
  if (holder !== null || path.length > 1 || resource?.kind !== 'variable' || resource.type.isCollection) return holder;
  const empty = emptyValue(interview, resource);
  interview.store(path[0], empty);
  return empty;
}
