import type { SymbolTable } from '../symbols/symbolTable.js';
import { isTrue, textOf, type XmlElement } from '../xml/document.js';
import type { FlowModel, FlowPart } from './model.js';

/** What the first name of a reference stands for. */
export type FlowValue =
  | { readonly kind: 'record'; readonly object: string }
  /** A value with parts that the metadata does not describe, or that are described elsewhere. */
  | { readonly kind: 'open' }
  | { readonly kind: 'parts'; readonly names: readonly string[] }
  | { readonly kind: 'scalar' };

const open: FlowValue = { kind: 'open' };
const scalar: FlowValue = { kind: 'scalar' };
const record = (object: string | undefined): FlowValue => (object === undefined ? open : { kind: 'record', object });

/** Fields of `$Flow` (PLATFORM 2.4 names the one that fault paths use). */
const FLOW_FIELDS: readonly string[] = [
  'ActiveStages',
  'CurrentDate',
  'CurrentDateTime',
  'CurrentRecord',
  'CurrentStage',
  'FaultMessage',
  'InterviewGuid',
  'InterviewStartTime',
];

/** Globals whose members are not components of a package. */
const OPEN_GLOBALS: ReadonlySet<string> = new Set(
  ['$Api', '$Client', '$GlobalConstant', '$Orchestration', '$Organization', '$Profile', '$System', '$UserRole'].map(
    (name) => name.toLowerCase(),
  ),
);

/** Globals that name components; their members are references of their own. */
export const COMPONENT_GLOBALS: ReadonlySet<string> = new Set([
  'custommetadata',
  'label',
  'permission',
  'setup',
  'user',
]);

/** What a name means in a flow; undefined when it means nothing. */
export function flowValue(model: FlowModel, name: string, symbols: SymbolTable): FlowValue | undefined {
  const lower = name.toLowerCase();
  if (lower.startsWith('$')) return globalValue(model, lower);
  const part = model.values.get(lower);
  if (part !== undefined) return partValue(model, part, symbols, 0);
  return itemOfProcessor(model, lower, symbols);
}

/** A collection processor makes up a variable for the item under test, which no element declares. */
function itemOfProcessor(model: FlowModel, lower: string, symbols: SymbolTable): FlowValue | undefined {
  const processor = model.named.find(
    ({ kind, element }) =>
      kind === 'collectionProcessors' && textOf(element, 'assignNextValueToReference')?.toLowerCase() === lower,
  );
  return processor === undefined ? undefined : loopValue(model, processor.element, symbols, 0);
}

function globalValue(model: FlowModel, lower: string): FlowValue | undefined {
  if (lower === '$flow') return { kind: 'parts', names: FLOW_FIELDS };
  if (lower === '$record' || lower === '$record__prior') {
    const object = model.start === undefined ? undefined : textOf(model.start, 'object');
    return object === undefined ? undefined : record(object);
  }
  return OPEN_GLOBALS.has(lower) || COMPONENT_GLOBALS.has(lower.slice(1)) ? open : undefined;
}

/** Loops can run over what another loop yields; the depth ends a circle of them. */
function partValue(model: FlowModel, part: FlowPart, symbols: SymbolTable, depth: number): FlowValue {
  const { element } = part;
  switch (part.kind) {
    case 'variables':
      return variableValue(element);
    case 'recordLookups':
      return isTrue(element, 'storeOutputAutomatically') ? record(textOf(element, 'object')) : scalar;
    case 'loops':
      return loopValue(model, element, symbols, depth);
    case 'actionCalls':
      return actionValue(element, symbols);
    case 'screens':
    case 'fields':
    case 'subflows':
    case 'collectionProcessors':
    case 'transforms':
    case 'dynamicChoiceSets':
      return open;
    default:
      return scalar;
  }
}

function variableValue(element: XmlElement): FlowValue {
  const type = textOf(element, 'dataType');
  if (type === 'SObject') return record(textOf(element, 'objectType'));
  return type === 'Apex' ? open : scalar;
}

function loopValue(model: FlowModel, element: XmlElement, symbols: SymbolTable, depth: number): FlowValue {
  const name = textOf(element, 'collectionReference')?.toLowerCase();
  const source = name === undefined ? undefined : model.values.get(name);
  return source === undefined || depth > model.named.length ? open : partValue(model, source, symbols, depth + 1);
}

function actionValue(element: XmlElement, symbols: SymbolTable): FlowValue {
  const name = textOf(element, 'actionName');
  if (textOf(element, 'actionType') !== 'apex' || name === undefined) return open;
  const action = symbols.invocable(name);
  if (action === undefined) return open;
  return action.outputs.length === 0 ? open : { kind: 'parts', names: action.outputs.map(({ name }) => name) };
}
