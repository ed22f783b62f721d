import { criterionMessage, LITERAL_KINDS, type CriterionKind } from '../syntax/index.js';
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

const KINDS: Readonly<Record<string, CriterionKind>> = {
  String: 'string',
  Id: 'string',
  Integer: 'integer',
  Long: 'long',
  Double: 'double',
  Decimal: 'double',
  Boolean: 'boolean',
  Date: 'date',
  Datetime: 'dateTime',
  Time: 'time',
};

function checkLiteral(body: Body, value: SoqlValue, field: SObjectField, at: SourceRange): void {
  const kind = field.type.kind === 'primitive' ? KINDS[field.type.name] : undefined;
  if (kind !== undefined && LITERAL_KINDS[value.kind]?.includes(kind) === false)
    report(body, at, criterionMessage(field.name, kind));
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
