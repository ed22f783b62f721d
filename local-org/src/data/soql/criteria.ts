import type { SoqlComparison, SoqlValue } from '../../apex/syntax/ast.js';
import { criterionMessage, LITERAL_KINDS, type CriterionKind } from '../../apex/syntax/soql-criteria.js';
import { isFilterable, type FieldSchema, type FieldType } from '../schema/index.js';
import { SoqlError } from './context.js';

const KINDS: Readonly<Partial<Record<FieldType, CriterionKind>>> = {
  boolean: 'boolean',
  int: 'integer',
  long: 'long',
  double: 'double',
  currency: 'double',
  percent: 'double',
  date: 'date',
  datetime: 'dateTime',
  time: 'time',
  id: 'string',
  reference: 'string',
  string: 'string',
  textarea: 'string',
  email: 'string',
  phone: 'string',
  url: 'string',
  picklist: 'string',
  multipicklist: 'string',
  combobox: 'string',
};

/** What is compared: the field of a path, or what a function of a field gives. */
interface Compared {
  readonly field: FieldSchema;
  readonly type: FieldType;
}

/** A comparison may name only fields that can be filtered, with literals of their kind. @throws SoqlError */
export function checkCriterion({ field, type }: Compared, { left, value }: SoqlComparison): void {
  if (left.kind === 'path' && !isFilterable(field))
    throw new SoqlError(`field '${field.name}' can not be filtered in a query call`, 'INVALID_FIELD', left.path.range);
  const kind = KINDS[type];
  const range = left.kind === 'path' ? left.path.range : left.range;
  if (kind === undefined) return;
  for (const literal of literalsOf(value)) {
    if (LITERAL_KINDS[literal.kind]?.includes(kind) !== false) continue;
    throw new SoqlError(criterionMessage(field.name, kind), 'INVALID_FIELD', range);
  }
}

function literalsOf(value: SoqlValue): readonly SoqlValue[] {
  return value.kind === 'list' ? value.values : [value];
}
