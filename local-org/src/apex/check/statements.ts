import { listOf, sameType, typeName } from '../types/index.js';
import type { ApexType, LocalSymbol } from '../types/index.js';
import type {
  BlockStatement,
  CatchClause,
  DmlStatement,
  Expression,
  ForEachStatement,
  ForStatement,
  Statement,
  TryStatement,
  VariableStatement,
} from '../syntax/index.js';
import { assignment } from './assign.js';
import { declareLocal, nested, report, resolveIn } from './context.js';
import type { Body } from './context.js';
import { checkCondition, checkExpression, convertTo } from './expression.js';
import { elementOf, isException } from './hierarchy.js';
import { expressionAssignment, isQuery } from './overload.js';
import { checkSwitch } from './switch.js';

function local(name: string, type: ApexType, role: LocalSymbol['role'], isFinal = false): LocalSymbol {
  return { name, type, role, isFinal };
}

function checkVariables(statement: VariableStatement, body: Body): void {
  const type = resolveIn(body, statement.declaredType);
  for (const declarator of statement.declarators) {
    if (declarator.initializer !== undefined) {
      checkExpression(declarator.initializer, body);
      convertTo(declarator.initializer, type, body, declarator.name.range);
    }
    declarator.local = declareLocal(
      body,
      local(declarator.name.name, type, 'local', statement.isFinal),
      declarator.name.range,
    );
  }
}

const STATEMENT_EXPRESSIONS = new Set<Expression['kind']>([
  'call',
  'constructorCall',
  'assign',
  'increment',
  'new',
  'newArray',
  'newElements',
  'newMap',
  'soql',
  'sosl',
]);

function checkExpressionStatement(expression: Expression, body: Body): void {
  checkExpression(expression, body);
  if (!STATEMENT_EXPRESSIONS.has(expression.kind)) report(body, expression.range, 'Expression cannot be a statement.');
}

function iterationOf(statement: ForEachStatement, over: ApexType, variable: ApexType): ForEachStatement['iteration'] {
  if (isQuery(statement.over) && over.kind === 'list') return variable.kind === 'list' ? 'queryBatches' : 'queryRows';
  if (over.kind === 'list' || over.kind === 'set') return over.kind;
  return over.kind === 'any' ? 'unresolved' : 'iterable';
}

/** Trigger rows and results of dynamic queries are rows of any object: the loop variable may name the object. */
function fitsLoop(from: ApexType, to: ApexType): boolean {
  if (assignment(from, to) !== undefined) return true;
  return from.kind === 'sobject' && to.kind === 'sobject' && from.name === 'SObject';
}

function checkForEach(statement: ForEachStatement, outer: Body): void {
  const body = nested(outer, { inLoop: true });
  const variable = resolveIn(body, statement.variableType);
  const over = checkExpression(statement.over, body);
  const element = elementOf(over);
  statement.iteration = iterationOf(statement, over, variable);
  if (element === undefined) {
    report(body, statement.range, `Loop must iterate over collection: ${typeName(over)}`);
  } else {
    statement.elementType = statement.iteration === 'queryBatches' ? listOf(element) : element;
    if (!fitsLoop(statement.elementType, variable)) {
      report(
        body,
        statement.range,
        `Invalid loop variable type expected ${typeName(statement.elementType)} was ${typeName(variable)}`,
      );
    }
  }
  statement.local = declareLocal(body, local(statement.name.name, variable, 'loop'), statement.name.range);
  if (statement.body !== undefined) checkStatement(statement.body, body);
}

function checkFor(statement: ForStatement, outer: Body): void {
  const body = nested(outer, { inLoop: true });
  if ('kind' in statement.init) checkVariables(statement.init, body);
  else for (const expression of statement.init) checkExpressionStatement(expression, body);
  if (statement.condition !== undefined) checkCondition(statement.condition, body);
  for (const expression of statement.update) checkExpressionStatement(expression, body);
  if (statement.body !== undefined) checkStatement(statement.body, body);
}

function checkCatch(clause: CatchClause, outer: Body): void {
  const body = nested(outer);
  const type = resolveIn(body, clause.caught);
  if (!isException(type))
    report(body, clause.body.range, `Catch block variable must be of type exception: ${typeName(type)}`);
  clause.local = declareLocal(body, local(clause.name.name, type, 'catch'), clause.name.range);
  checkBlock(clause.body, body);
}

function checkTry(statement: TryStatement, body: Body): void {
  checkBlock(statement.body, nested(body));
  const caught: ApexType[] = [];
  for (const clause of statement.catches) {
    checkCatch(clause, body);
    const { type } = clause.caught;
    if (type.kind !== 'any' && caught.some((earlier) => sameType(earlier, type))) {
      report(body, clause.range, `Exception type already caught: ${typeName(type)}`);
    }
    caught.push(type);
  }
  if (statement.finally !== undefined) checkBlock(statement.finally, nested(body));
}

function checkReturn(value: Expression | undefined, statement: Statement, body: Body): void {
  if (body.kind === 'initializer') {
    if (value !== undefined) checkExpression(value, body);
    report(
      body,
      statement.range,
      body.isStatic ? 'Void method must not return a value' : 'Return must be called from a method',
    );
    return;
  }
  if (value === undefined) {
    if (body.returns.kind !== 'void')
      report(body, statement.range, `Missing return statement required return type: ${typeName(body.returns)}`);
    return;
  }
  checkExpression(value, body);
  if (body.kind === 'constructor') report(body, statement.range, 'Constructors must not return a value');
  else if (body.returns.kind === 'void') report(body, statement.range, 'Void method must not return a value');
  else if (body.returns.kind === 'any') return;
  else convertTo(value, body.returns, body, statement.range, (from, to) => `Illegal conversion from ${from} to ${to}`);
}

function isRow(type: ApexType): boolean {
  if (type.kind === 'any') return true;
  return type.kind === 'list'
    ? type.element.kind === 'sobject' || type.element.kind === 'any'
    : type.kind === 'sobject';
}

function checkExternalId(statement: DmlStatement, body: Body): void {
  const name = statement.externalId.at(-1);
  if (name === undefined) return;
  const type = statement.rows.type.kind === 'list' ? statement.rows.type.element : statement.rows.type;
  const row = type.kind === 'sobject' && type.name !== 'SObject' ? body.world.schema.object(type.name) : undefined;
  if (row === undefined) {
    statement.externalIdField = name.name;
    return;
  }
  const field = row.fields.get(name.name.toLowerCase());
  if (field === undefined) report(body, name.range, `Field does not exist: ${name.name} on ${row.name}`);
  statement.externalIdField = field?.name;
}

function checkDml(statement: DmlStatement, body: Body): void {
  for (const expression of [statement.rows, ...(statement.duplicates === undefined ? [] : [statement.duplicates])]) {
    const type = checkExpression(expression, body);
    const isId =
      expression === statement.duplicates &&
      (assignment(type, { kind: 'primitive', name: 'Id' }) !== undefined || type.kind === 'list');
    if (!isRow(type) && !isId)
      report(body, statement.range, `DML requires SObject or SObject list type: ${typeName(type)}`);
    checkDmlObject(statement, type, body);
  }
  checkExternalId(statement, body);
}

/** Records of custom metadata are deployed, never written by DML (PLATFORM 3.6); events are only published. */
function checkDmlObject(statement: DmlStatement, type: ApexType, body: Body): void {
  const row = type.kind === 'list' ? type.element : type;
  if (row.kind !== 'sobject' || row.name === 'SObject') return;
  const kind = body.world.schema.object(row.name)?.kind;
  const isRefused = kind === 'customMetadata' || (kind === 'event' && statement.operation !== 'insert');
  if (isRefused)
    report(body, statement.range, `DML operation ${statement.operation.toUpperCase()} not allowed on ${row.name}`);
}

function checkRunAs(args: readonly Expression[], statement: Statement, body: Body): void {
  for (const arg of args) checkExpression(arg, body);
  const [only, extra] = args;
  const isUser =
    only !== undefined &&
    (expressionAssignment(only, { kind: 'sobject', name: 'User' }) !== undefined ||
      (only.type.kind === 'platform' && only.type.name === 'System.Version'));
  if (!isUser || extra !== undefined)
    report(body, statement.range, "runAs requires a single argument of type 'User' or 'Version'");
}

/** Statements of a block, in the scope that `body` is. */
export function checkBlock(block: BlockStatement, body: Body): void {
  for (const statement of block.statements) checkStatement(statement, body);
}

/** Resolves and checks one statement with everything in it. */
export function checkStatement(statement: Statement, body: Body): void {
  switch (statement.kind) {
    case 'block':
      checkBlock(statement, nested(body));
      return;
    case 'variable':
      checkVariables(statement, body);
      return;
    case 'expression':
      checkExpressionStatement(statement.expression, body);
      return;
    case 'if':
      checkCondition(statement.condition, body);
      checkStatement(statement.then, nested(body));
      if (statement.otherwise !== undefined) checkStatement(statement.otherwise, nested(body));
      return;
    case 'switch':
      checkSwitch(statement, body, checkBlock);
      return;
    case 'while':
      checkCondition(statement.condition, body);
      if (statement.body !== undefined) checkStatement(statement.body, nested(body, { inLoop: true }));
      return;
    case 'doWhile':
      checkBlock(statement.body, nested(body, { inLoop: true }));
      checkCondition(statement.condition, body);
      return;
    case 'for':
      checkFor(statement, body);
      return;
    case 'forEach':
      checkForEach(statement, body);
      return;
    case 'try':
      checkTry(statement, body);
      return;
    case 'return':
      checkReturn(statement.value, statement, body);
      return;
    case 'throw':
      checkThrow(statement.value, statement, body);
      return;
    case 'break':
      if (!body.inLoop) report(body, statement.range, 'Break statement must be in loop');
      return;
    case 'continue':
      if (!body.inLoop) report(body, statement.range, 'Continue statement must be in loop');
      return;
    case 'dml':
      checkDml(statement, body);
      return;
    case 'runAs':
      checkRunAs(statement.args, statement, body);
      checkBlock(statement.body, nested(body));
      return;
  }
}

function checkThrow(value: Expression, statement: Statement, body: Body): void {
  const type = checkExpression(value, body);
  if (!isException(type) && type.kind !== 'null')
    report(body, statement.range, `Throw expression must be of type exception: ${typeName(type)}`);
}
