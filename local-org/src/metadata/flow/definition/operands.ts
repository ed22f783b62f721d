import { parseLogic } from '../../logic/filterLogic.js';
import type { FlowNode } from './node.js';
import type {
  FlowCondition,
  FlowConditions,
  FlowDataType,
  FlowFilters,
  FlowLogic,
  FlowNamedValue,
  FlowOperand,
  FlowOperator,
  FlowOutput,
  FlowPath,
  FlowSort,
  FlowText,
} from './values.js';

export const DATA_TYPES: readonly [FlowDataType, ...FlowDataType[]] = [
  'String',
  'Apex',
  'Boolean',
  'Currency',
  'Date',
  'DateTime',
  'Multipicklist',
  'Number',
  'Picklist',
  'SObject',
  'Time',
];

const OPERATORS: readonly [FlowOperator, ...FlowOperator[]] = [
  'EqualTo',
  'Contains',
  'EndsWith',
  'GreaterThan',
  'GreaterThanOrEqualTo',
  'HasError',
  'In',
  'IsBlank',
  'IsChanged',
  'IsEmpty',
  'IsNull',
  'LessThan',
  'LessThanOrEqualTo',
  'NotEqualTo',
  'NotIn',
  'StartsWith',
  'WasSelected',
  'WasSet',
  'WasVisited',
];

/** Operators that a query can answer; the others look at the interview or at the change. */
const FILTER_OPERATORS: readonly [FlowOperator, ...FlowOperator[]] = [
  'EqualTo',
  'Contains',
  'EndsWith',
  'GreaterThan',
  'GreaterThanOrEqualTo',
  'In',
  'IsNull',
  'LessThan',
  'LessThanOrEqualTo',
  'NotEqualTo',
  'NotIn',
  'StartsWith',
];

const ENTRY_OPERATORS: readonly [FlowOperator, ...FlowOperator[]] = [...FILTER_OPERATORS, 'IsChanged'];

export const NONE: FlowOperand = { kind: 'none' };
const ALL: FlowLogic = { kind: 'and', parts: [] };

/** `$Record.Owner.Name`; a merge field's braces are left off. */
export function pathOf(text: string): FlowPath {
  const [first = '', ...rest] = text
    .trim()
    .replace(/^\{!(.*)\}$/, '$1')
    .split('.');
  return [first, ...rest];
}

/** The pieces of a text between and inside `{!...}`. */
export function textParts(text: string): FlowText {
  return text
    .split(/(\{![^{}]+\})/)
    .filter((piece) => piece !== '')
    .map((piece) => (/^\{![^{}]+\}$/.test(piece) ? pathOf(piece) : piece));
}

/** A FlowElementReferenceOrValue. */
export function operandOf(node: FlowNode | undefined, title: string): FlowOperand {
  if (node === undefined) return NONE;
  const operand = readOperand(node);
  node.finish(`the value of ${title}`);
  return operand;
}

function readOperand(node: FlowNode): FlowOperand {
  const reference = node.text('elementReference');
  if (reference !== undefined) return { kind: 'reference', path: pathOf(reference) };
  const expression = node.text('formulaExpression');
  if (expression !== undefined) {
    return { kind: 'formula', expression, dataType: node.oneOf('formulaDataType', DATA_TYPES, 'The data type') };
  }
  const boolean = node.text('booleanValue');
  if (boolean !== undefined) return { kind: 'boolean', value: boolean === 'true' || boolean === '1' };
  const text = node.rawText('stringValue');
  if (text !== undefined) return { kind: 'text', text: textParts(text) };
  return (
    literal(node, 'numberValue', 'number') ??
    literal(node, 'dateValue', 'date') ??
    literal(node, 'dateTimeValue', 'dateTime') ??
    literal(node, 'timeValue', 'time') ??
    NONE
  );
}

function literal(node: FlowNode, name: string, kind: 'number' | 'date' | 'dateTime' | 'time'): FlowOperand | undefined {
  const text = node.text(name);
  return text === undefined ? undefined : { kind, text };
}

export function namedValues(node: FlowNode, rows: string, key: 'field' | 'name', title: string): FlowNamedValue[] {
  return node.all(rows).map((row) => {
    const name = row.text(key) ?? '';
    const value = operandOf(row.one('value'), `${name} in ${title}`);
    row.finish(`${rows} in ${title}`);
    return { name, value };
  });
}

export function outputsOf(node: FlowNode, rows: string, key: 'field' | 'name', title: string): FlowOutput[] {
  return node.all(rows).map((row) => {
    const output = { name: row.text(key) ?? '', target: pathOf(row.text('assignToReference') ?? '') };
    row.finish(`${rows} in ${title}`);
    return output;
  });
}

/** `and`, `or`, or an expression over the numbers of the conditions. */
export function logicOf(node: FlowNode, name: string, count: number): FlowLogic {
  const text = node.text(name) ?? 'and';
  const word = text.toLowerCase();
  const all = Array.from({ length: count }, (_, index): FlowLogic => ({ kind: 'condition', index }));
  if (word === 'and' || word === 'or') return count === 0 ? ALL : { kind: word, parts: all };
  if (word === 'no_conditions') return ALL;
  const result = parseLogic(text, count);
  // What is wrong with it is reported by a rule of its own.
  return result.kind === 'valid' ? result.logic : ALL;
}

export function conditionsOf(node: FlowNode, title: string): FlowConditions {
  const conditions = node.all('conditions').map((row) => conditionOf(row, title));
  return { logic: logicOf(node, 'conditionLogic', conditions.length), conditions };
}

function conditionOf(row: FlowNode, title: string): FlowCondition {
  const condition = {
    left: pathOf(row.text('leftValueReference') ?? ''),
    operator: row.oneOf('operator', OPERATORS, 'The operator'),
    right: operandOf(row.one('rightValue'), `a condition in ${title}`),
  };
  row.finish(`a condition in ${title}`);
  return condition;
}

/** @param entry whether the filters decide about the start of the flow, where a change can be asked for */
export function filtersOf(node: FlowNode, title: string, entry = false): FlowFilters {
  const filters = node.all('filters').map((row) => {
    const filter = {
      field: row.text('field') ?? '',
      operator: row.oneOf('operator', entry ? ENTRY_OPERATORS : FILTER_OPERATORS, 'The operator'),
      value: operandOf(row.one('value'), `a filter in ${title}`),
    };
    row.finish(`a filter in ${title}`);
    return filter;
  });
  return { logic: logicOf(node, 'filterLogic', filters.length), filters };
}

/** Order of the found records; records without a value come first in ascending and last in descending order, as in SOQL. */
export function sortOf(node: FlowNode): FlowSort | undefined {
  const field = node.text('sortField');
  const descending = node.oneOf('sortOrder', ['Asc', 'Desc'], 'The sort order') === 'Desc';
  return field === undefined ? undefined : { field, descending, nullsFirst: !descending };
}
