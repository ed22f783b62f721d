import {
  ApexDecimal,
  ApexDate,
  ApexDatetime,
  ApexTime,
  CHANGED,
  CompiledFormula,
  fieldAt,
  FormulaError,
  formulaType,
  isFieldValue,
  PRIOR,
  SObject,
  type FormulaScope,
} from '../../data/index.js';
import { Unsupported } from '../../apex/runtime/index.js';
import type { FlowDataType, FlowDefinition, FlowPath } from '../../metadata/index.js';
import { FlowFault } from '../fault.js';
import { convertTo, isCollection, sameValue, type FlowValue } from '../values/index.js';
import type { Interview } from './interview.js';
import { pathValue } from './resolve.js';
import { objectOfPath } from './types.js';

type FormulaType = NonNullable<ReturnType<FormulaScope['typeOf']>>;

/** Types of the formula library by the data type of a resource. */
const TYPES: Readonly<Partial<Record<FlowDataType, FormulaType>>> = {
  Boolean: { type: 'boolean' },
  Currency: { type: 'currency' },
  Date: { type: 'date' },
  DateTime: { type: 'datetime' },
  Multipicklist: { type: 'string' },
  Number: { type: 'number' },
  Picklist: { type: 'string' },
  String: { type: 'string' },
  Time: { type: 'time' },
};

const FLOW_TYPES: Readonly<Record<string, FormulaType>> = {
  currentdate: { type: 'date' },
  currentdatetime: { type: 'datetime' },
  interviewstarttime: { type: 'datetime' },
};

/** Formulas of each flow, parsed when they first run. */
const compiled = new WeakMap<FlowDefinition, Map<string, CompiledFormula>>();

/**
 * Value of a formula of the flow, as its data type holds it.
 * @throws FlowFault for values that do not fit
 * @throws Unsupported for formulas that the local org cannot calculate
 */
export function evaluateFormula(
  interview: Interview,
  expression: string,
  type: FlowDataType,
  scale: number | undefined,
): FlowValue {
  const result = evaluate(interview, expression);
  const value = convertTo(type, result, interview.zone, 'a formula');
  return value instanceof ApexDecimal && scale !== undefined ? value.setScale(scale) : value;
}

/** Whether a condition in formula form holds; a formula that yields nothing does not. */
export function formulaHolds(interview: Interview, expression: string): boolean {
  return evaluate(interview, expression) === true;
}

function evaluate(interview: Interview, expression: string): FlowValue {
  const { runtime } = interview.org;
  try {
    const result = compile(interview, expression).evaluate({
      read: (path) => readScalar(interview, path),
      now: runtime.now,
      zone: interview.zone,
      isNew: interview.isNew,
    });
    return fromResult(result);
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    throw new Unsupported(error.message.replace(/ is not supported by the local org\.$/, ''));
  }
}

function fromResult(result: unknown): FlowValue {
  if (result === null || result === undefined) return null;
  if (typeof result === 'number' || typeof result === 'bigint') return ApexDecimal.of(result);
  if (typeof result === 'boolean') return result;
  // Exact numbers of the library are objects whose text is the number.
  return typeof result === 'string' ? result : (ApexDecimal.parse(String(result)) ?? String(result));
}

function compile(interview: Interview, expression: string): CompiledFormula {
  let formulas = compiled.get(interview.definition);
  if (formulas === undefined) {
    formulas = new Map();
    compiled.set(interview.definition, formulas);
  }
  let formula = formulas.get(expression);
  if (formula === undefined) {
    const source = expression.replace(/\{!\s*([^{}]*?)\s*\}/g, '$1');
    formula = CompiledFormula.compile(source, { typeOf: (path) => typeOf(interview, path) }, false);
    formulas.set(expression, formula);
  }
  return formula;
}

/** Type of a reference: what the flow and the schema say, else what the value is when the formula first runs, else text. */
function typeOf(interview: Interview, path: readonly string[]): FormulaType | undefined {
  const [first = '', ...rest] = path;
  if (first.toLowerCase() === '$flow') return FLOW_TYPES[rest[0]?.toLowerCase() ?? ''] ?? { type: 'string' };
  const resource = rest.length === 0 ? interview.definition.resources.get(first.toLowerCase()) : undefined;
  const dataType =
    resource === undefined || resource.kind === 'textTemplate'
      ? undefined
      : resource.kind === 'variable'
        ? resource.type.dataType
        : resource.dataType;
  if (dataType !== undefined && dataType !== 'SObject' && dataType !== 'Apex')
    return TYPES[dataType] ?? { type: 'string' };
  const object = objectOfPath(interview, path.slice(0, -1));
  if (object !== undefined && rest.length > 0) {
    const field = fieldAt(object, (name) => interview.org.runtime.schema.object(name), path.slice(-1));
    return field === undefined ? undefined : formulaType(field);
  }
  return typeOfValue(pathValue(interview, [first, ...rest]));
}

function typeOfValue(value: FlowValue): FormulaType {
  if (typeof value === 'boolean') return { type: 'boolean' };
  if (value instanceof ApexDecimal) return { type: 'number' };
  if (value instanceof ApexDate) return { type: 'date' };
  if (value instanceof ApexDatetime) return { type: 'datetime' };
  return value instanceof ApexTime ? { type: 'time' } : { type: 'string' };
}

/** Value of a reference as a formula takes it. A record stands for its Id. */
function readScalar(interview: Interview, path: readonly string[]): ReturnType<SObject['get']> {
  const [first = '', ...rest] = path;
  if (first === CHANGED) return hasChanged(interview, rest);
  if (first === PRIOR) return scalar(priorValue(interview, rest));
  return scalar(pathValue(interview, [first, ...rest]));
}

function scalar(value: FlowValue): ReturnType<SObject['get']> {
  if (value instanceof SObject) return value.id;
  if (isCollection(value)) throw new FlowFault("A collection can't be used in a formula.");
  return isFieldValue(value) ? value : null;
}

/** Prior value of `$Record.Field`; for a new record the value itself (Salesforce Help: Formula Operators and Functions). */
export function priorValue(interview: Interview, path: readonly string[]): FlowValue {
  const [first = '', ...rest] = path;
  const names: FlowPath = [interview.prior === undefined ? first : '$Record__Prior', ...rest];
  return pathValue(interview, names);
}

/** Whether a field of `$Record` has another value than before the save; never for a new record. */
export function hasChanged(interview: Interview, path: readonly string[]): boolean {
  if (interview.prior === undefined) return false;
  const [first = '', ...rest] = path;
  return !sameText(pathValue(interview, [first, ...rest]), priorValue(interview, path));
}

/** A change of letter case is a change. */
function sameText(left: FlowValue, right: FlowValue): boolean {
  return typeof left === 'string' && typeof right === 'string' ? left === right : sameValue(left, right);
}
