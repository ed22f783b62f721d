import type { SoqlOperator, SoqlValue, SourceRange } from '../syntax/index.js';
import type { ApexType, SObjectField } from '../types/index.js';
import { typeName } from '../types/index.js';
import { report } from './context.js';
import type { Body } from './context.js';
import { elementOf } from './hierarchy.js';

type Group = 'text' | 'number' | 'boolean' | 'date' | 'time';

const GROUPS: Readonly<Record<string, Group>> = {
  String: 'text',
  Id: 'text',
  Integer: 'number',
  Long: 'number',
  Double: 'number',
  Decimal: 'number',
  Boolean: 'boolean',
  Date: 'date',
  Datetime: 'date',
  Time: 'time',
};

function groupOf(type: ApexType): Group | undefined {
  return type.kind === 'primitive' ? GROUPS[type.name] : undefined;
}

const LITERAL_GROUPS: Readonly<Partial<Record<SoqlValue['kind'], Group>>> = {
  string: 'text',
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  datetime: 'date',
  dateLiteral: 'date',
  time: 'time',
};

function expected(field: SObjectField): string {
  const name = field.type.kind === 'primitive' ? field.type.name : 'String';
  if (name === 'Datetime') return 'dateTime';
  if (name === 'Decimal') return 'double';
  return name === 'Id' ? 'string' : name.toLowerCase();
}

function checkLiteral(body: Body, value: SoqlValue, field: SObjectField, at: SourceRange): void {
  const given = LITERAL_GROUPS[value.kind];
  const wanted = groupOf(field.type);
  if (given === undefined || wanted === undefined || given === wanted) return;
  const quotes = wanted === 'text' ? 'should be enclosed in quotes' : 'should not be enclosed in quotes';
  report(
    body,
    at,
    `value of filter criterion for field '${field.name}' must be of type ${expected(field)} and ${quotes}`,
  );
}

/** Rows may stand for their Ids; a collection goes with IN and its kin. */
function checkBind(body: Body, type: ApexType, field: SObjectField, operator: SoqlOperator, at: SourceRange): void {
  const isList = operator === 'IN' || operator === 'NOT IN' || operator === 'INCLUDES' || operator === 'EXCLUDES';
  const element = isList ? (elementOf(type) ?? (type.kind === 'map' ? type.key : type)) : type;
  const given = groupOf(element);
  const wanted = groupOf(field.type);
  if (given === undefined || wanted === undefined || given === wanted) return;
  report(body, at, `Invalid bind expression type of ${typeName(element)} for column of type ${typeName(field.type)}`);
}

/** Does a value fit the field that it is compared with? The bind expressions are checked already. */
export function checkSoqlValue(
  body: Body,
  value: SoqlValue,
  field: SObjectField,
  operator: SoqlOperator,
  at: SourceRange,
): void {
  if (value.kind === 'bind') {
    checkBind(body, value.expression.type, field, operator, value.expression.range);
  } else if (value.kind === 'list') {
    for (const one of value.values) checkSoqlValue(body, one, field, operator, at);
  } else {
    checkLiteral(body, value, field, at);
  }
}
