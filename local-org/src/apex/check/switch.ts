import { PRIMITIVES, typeName } from '../types/index.js';
import type { ApexType } from '../types/index.js';
import type { BlockStatement, Expression, NameExpression, SwitchStatement } from '../syntax/index.js';
import { platformType } from '../platform-types/index.js';
import { assignment } from './assign.js';
import { declareLocal, nested, report, resolveIn } from './context.js';
import type { Body } from './context.js';
import { checkExpression } from './expression.js';
import { isEnum } from './hierarchy.js';

function isSwitchable(type: ApexType): boolean {
  if (type.kind === 'primitive') return ['Integer', 'Long', 'String', 'Object', 'Id'].includes(type.name);
  return type.kind === 'any' || type.kind === 'sobject' || type.kind === 'user' || type.kind === 'platform';
}

/** A bare name in a `when` of an enum is one of its constants. */
function enumConstant(value: NameExpression, type: ApexType): boolean {
  const key = value.name.toLowerCase();
  if (type.kind === 'user') {
    const ordinal = type.symbol.constants.findIndex((constant) => constant.toLowerCase() === key);
    const constant = type.symbol.constants[ordinal];
    if (constant === undefined) return false;
    value.target = { kind: 'enumConstant', owner: type.symbol, constant, ordinal };
  } else {
    const field = type.kind === 'platform' ? platformType(type.name)?.fields.get(key) : undefined;
    if (field?.isConstant !== true) return false;
    value.target = { kind: 'platformField', field };
  }
  value.type = type;
  return true;
}

function checkWhenValue(value: Expression, type: ApexType, statement: SwitchStatement, body: Body): void {
  if (isEnum(type)) {
    if (value.kind === 'name') {
      if (!enumConstant(value, type)) report(body, value.range, `Variable does not exist: ${value.name}`);
      return;
    }
    if (value.kind === 'field') {
      report(body, value.name.range, "Enum value used in 'when expression' should be unqualified");
      return;
    }
  } else if (value.kind === 'name') {
    report(body, value.range, `Variable does not exist: ${value.name}`);
    return;
  }
  const given = checkExpression(value, body);
  const isText = type.kind === 'primitive' && type.name === 'Object';
  if (assignment(given, type) === undefined && !isText) {
    report(
      body,
      statement.range,
      `${typeName(given)} value in when expression cannot be implicitly converted to the ${typeName(type)} type in switch expression`,
    );
  } else if (given.kind === 'primitive' && given.name === 'Integer' && type === PRIMITIVES.Long) {
    value.conversion = 'integerToLong';
  }
}

function valueKey(value: Expression): string {
  if (value.kind === 'name') return value.name;
  if (value.kind !== 'literal') return '';
  const { literal } = value;
  if (literal.kind === 'null') return 'null';
  return 'value' in literal ? String(literal.value) : literal.text;
}

function checkShape(statement: SwitchStatement, body: Body): void {
  const { clauses, range } = statement;
  if (clauses.length === 0) report(body, range, 'Switch statement requires at least one when block');
  if (clauses.slice(0, -1).some((clause) => clause.kind === 'else'))
    report(body, range, "'when else' must be the last when block");
  const seen = new Set<string>();
  for (const clause of clauses) {
    if (clause.kind !== 'values') continue;
    for (const value of clause.values) {
      const key = valueKey(value);
      if (seen.has(key)) report(body, range, `${key} occurs as more than one when branch for this switch statement`);
      seen.add(key);
    }
  }
}

/** `switch on`: values of the right type, each once; types below that of the value. */
export function checkSwitch(
  statement: SwitchStatement,
  body: Body,
  checkBlock: (block: BlockStatement, body: Body) => void,
): void {
  const type = checkExpression(statement.value, body);
  if (!isSwitchable(type))
    report(body, statement.value.range, `${typeName(type)} is not a valid switch expression type`);
  checkShape(statement, body);
  for (const clause of statement.clauses) {
    const inner = nested(body);
    if (clause.kind === 'values') {
      for (const value of clause.values) checkWhenValue(value, type, statement, inner);
    } else if (clause.kind === 'type') {
      const matched = resolveIn(inner, clause.matched);
      clause.local = declareLocal(
        inner,
        { name: clause.name.name, type: matched, role: 'when', isFinal: false },
        clause.name.range,
      );
    }
    checkBlock(clause.body, inner);
  }
}
