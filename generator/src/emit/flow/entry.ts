import type { FlowRecordFilter, FlowRecordFilterOperator, FlowStart } from '@salesforce/types/metadata';
import type { ConditionOperator, EntryCondition, Integration, RecordTrigger } from '../../model/index.js';
import { refuse } from '../refuse.js';
import type { Source } from '../xml/index.js';
import { flag, type FlowValue } from './elements.js';

/** How a trigger decides whether a save matters: on the start element, and where that cannot say it all, in a first decision. */
export interface Entry {
  readonly start: Pick<Source<FlowStart>, 'filterFormula' | 'filterLogic' | 'filters'>;
  /** True when a decision must look at the changed fields after the start element. */
  readonly decidesOnChange: boolean;
}

const OPERATORS: { readonly [Operator in ConditionOperator]: FlowRecordFilterOperator } = {
  equals: 'EqualTo',
  notEquals: 'NotEqualTo',
  greaterThan: 'GreaterThan',
  greaterThanOrEqual: 'GreaterThanOrEqualTo',
  lessThan: 'LessThan',
  lessThanOrEqual: 'LessThanOrEqualTo',
  startsWith: 'StartsWith',
  endsWith: 'EndsWith',
  contains: 'Contains',
  isNull: 'IsNull',
};

/**
 * The entry conditions of a record trigger.
 *
 * `IsChanged` is false for a record that was just created. So on `update` changed fields are filters; on `create` they say
 * nothing, because every field is new; on `createOrUpdate` the start element needs a formula with ISNEW(). A formula has to know
 * whether a field is a picklist, which filters do not: with conditions on text they stay filters and a decision follows.
 */
export function entryOf(integration: Integration, trigger: RecordTrigger): Entry {
  const { changedFields, conditions, event } = trigger;
  const related = [...conditions.map(({ field }) => field), ...changedFields].find((field) => field.includes('.'));
  if (related !== undefined) {
    refuse(
      integration,
      `the flow of ${trigger.object} can only look at the record's own fields, not at ${related}.`,
      'Use a field of the object itself, such as a formula field that shows the related one.',
    );
  }
  if (changedFields.length === 0 || event === 'create') return filtersOnly(conditions.map(filter));
  if (event === 'update') return changeFilters(conditions.map(filter), changedFields);
  const formula = changeFormula(conditions, changedFields);
  if (formula !== undefined) return { start: { filterFormula: formula }, decidesOnChange: false };
  if (trigger.delivery === 'immediate') {
    refuse(
      integration,
      'immediate delivery on createOrUpdate cannot combine changed fields with a condition on text: its path starts before a decision could look.',
      'Use `delivery: queued`, or `when: update`.',
    );
  }
  return { ...filtersOnly(conditions.map(filter)), decidesOnChange: true };
}

function filtersOnly(filters: readonly Source<FlowRecordFilter>[]): Entry {
  return { start: filters.length === 0 ? {} : { filterLogic: 'and', filters }, decidesOnChange: false };
}

/** All conditions and at least one changed field: `1 AND (2 OR 3)`. */
function changeFilters(conditions: readonly Source<FlowRecordFilter>[], changedFields: readonly string[]): Entry {
  const changes = changedFields.map((field) => ({ field, operator: 'IsChanged' as const, value: flag(true) }));
  const numbers = changes.map((_change, index) => conditions.length + index + 1).join(' OR ');
  const filterLogic =
    changes.length === 1
      ? 'and'
      : conditions.length === 0
        ? 'or'
        : `${conditions.map((_condition, index) => `${index + 1} AND `).join('')}(${numbers})`;
  return { start: { filterLogic, filters: [...conditions, ...changes] }, decidesOnChange: false };
}

function filter({ field, operator, value }: EntryCondition): Source<FlowRecordFilter> {
  return { field, operator: OPERATORS[operator], value: filterValue(value) };
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?(Z|[+-]\d{2}:\d{2})$/;

/** A text that is an ISO date or time is meant as one: a flow refuses to compare a date field with a text. */
function filterValue(value: EntryCondition['value']): FlowValue {
  if (typeof value === 'boolean') return flag(value);
  if (typeof value === 'number') return { numberValue: value };
  if (DATE.test(value)) return { dateValue: value };
  return DATE_TIME.test(value) ? { dateTimeValue: value } : { stringValue: value };
}

const FORMULA_OPERATORS: { readonly [Operator in ConditionOperator]?: string } = {
  equals: '=',
  notEquals: '<>',
  greaterThan: '>',
  greaterThanOrEqual: '>=',
  lessThan: '<',
  lessThanOrEqual: '<=',
};

/** All conditions, and a new record or a changed field; undefined when a condition cannot be written without its field's type. */
function changeFormula(conditions: readonly EntryCondition[], changedFields: readonly string[]): string | undefined {
  const formulas = conditions.map(formulaCondition);
  if (!formulas.every((formula) => formula !== undefined)) return undefined;
  const change = `OR(${['ISNEW()', ...changedFields.map((field) => `ISCHANGED(${merge(field)})`)].join(', ')})`;
  return formulas.length === 0 ? change : `AND(${[...formulas, change].join(', ')})`;
}

/** ISBLANK takes a field of any type; texts are compared in another way for picklists, so they are not written here. */
function formulaCondition({ field, operator, value }: EntryCondition): string | undefined {
  if (operator === 'isNull') return value === true ? `ISBLANK(${merge(field)})` : `NOT(ISBLANK(${merge(field)}))`;
  const sign = FORMULA_OPERATORS[operator];
  if (sign === undefined || typeof value === 'string') return undefined;
  return `${merge(field)} ${sign} ${typeof value === 'boolean' ? String(value).toUpperCase() : String(value)}`;
}

function merge(field: string): string {
  return `{!$Record.${field}}`;
}
