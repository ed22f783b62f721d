import type {
  BlockContext,
  CatchClauseContext,
  ExpressionContext,
  ForStatementContext,
  IfStatementContext,
  LocalVariableDeclarationContext,
  QualifiedNameContext,
  StatementContext,
  SwitchStatementContext,
  TryStatementContext,
  VariableDeclaratorsContext,
  WhenControlContext,
  WhenLiteralContext,
} from '@apexdevtools/apex-parser';
import { ANY } from '../types/types.js';
import type {
  BlockStatement,
  CatchClause,
  DmlStatement,
  Expression,
  Statement,
  SwitchStatement,
  VariableDeclarator,
  VariableStatement,
  WhenClause,
} from './ast.js';
import { identifier, identifiers, many, optional, rangeOf, typeRef, typeRefNode } from './build-common.js';
import { base, buildArguments, buildExpression } from './build-expressions.js';
import { buildModifiers } from './build-modifiers.js';
import { stringLiteralValue } from './literals.js';

export function buildBlock(context: BlockContext): BlockStatement {
  return { kind: 'block', range: rangeOf(context), statements: many(context.statement_list()).map(buildStatement) };
}

export function declarators(context: VariableDeclaratorsContext): readonly VariableDeclarator[] {
  return many(context.variableDeclarator_list()).map((declarator) => {
    const initializer = optional(declarator.expression());
    return {
      name: identifier(declarator.id()),
      initializer: initializer === undefined ? undefined : buildExpression(initializer),
      local: undefined,
    };
  });
}

function variable(context: LocalVariableDeclarationContext): VariableStatement {
  const modifiers = buildModifiers(many(context.modifier_list()));
  return {
    kind: 'variable',
    range: rangeOf(context),
    isFinal: modifiers.keywords.some((keyword) => keyword.name === 'final'),
    modifiers,
    declaredType: typeRef(context.typeRef()),
    declarators: declarators(context.variableDeclarators()),
  };
}

function ifStatement(context: IfStatementContext): Statement {
  const otherwise = optional(context.statement(1));
  return {
    kind: 'if',
    range: rangeOf(context),
    condition: buildExpression(context.parExpression().expression()),
    then: buildStatement(context.statement(0)),
    otherwise: otherwise === undefined ? undefined : buildStatement(otherwise),
  };
}

function nameChain(context: QualifiedNameContext): Expression {
  const [first, ...rest] = identifiers(context);
  if (first === undefined) throw new Error('a name is empty');
  const start: Expression = {
    range: first.range,
    type: ANY,
    conversion: undefined,
    kind: 'name',
    name: first.name,
    target: { kind: 'unresolved' },
  };
  return rest.reduce<Expression>(
    (object, name) => ({
      range: { ...object.range, endLine: name.range.endLine, endColumn: name.range.endColumn, end: name.range.end },
      type: ANY,
      conversion: undefined,
      kind: 'field',
      object,
      name,
      safe: false,
      target: { kind: 'unresolved' },
    }),
    start,
  );
}

/** A literal of a `when`; an odd number of minus signs negates it. */
function whenLiteral(context: WhenLiteralContext): Expression {
  const inner = optional(context.whenLiteral());
  if (inner !== undefined) return whenLiteral(inner);
  const name = optional(context.qualifiedName());
  if (name !== undefined) return nameChain(name);
  const negative = many(context.SUB_list()).length % 2 === 1;
  const integer = optional(context.IntegerLiteral());
  if (integer !== undefined) {
    const value = Number(integer.getText());
    return { ...base(context), kind: 'literal', literal: { kind: 'integer', value: negative ? -value : value } };
  }
  const long = optional(context.LongLiteral());
  if (long !== undefined) {
    const value = BigInt(long.getText().slice(0, -1));
    return { ...base(context), kind: 'literal', literal: { kind: 'long', value: negative ? -value : value } };
  }
  if (optional(context.NULL()) !== undefined) return { ...base(context), kind: 'literal', literal: { kind: 'null' } };
  return {
    ...base(context),
    kind: 'literal',
    literal: { kind: 'string', value: stringLiteralValue(context.getText()) },
  };
}

function whenClause(context: WhenControlContext): WhenClause {
  const value = context.whenValue();
  const body = buildBlock(context.block());
  const range = rangeOf(context);
  if (optional(value.ELSE()) !== undefined) return { kind: 'else', body, range };
  const matched = optional(value.typeRef());
  if (matched !== undefined) {
    return { kind: 'type', matched: typeRef(matched), name: identifier(value.id()), body, range, local: undefined };
  }
  return { kind: 'values', values: many(value.whenLiteral_list()).map(whenLiteral), body, range };
}

function switchStatement(context: SwitchStatementContext): SwitchStatement {
  return {
    kind: 'switch',
    range: rangeOf(context),
    value: buildExpression(context.expression()),
    clauses: many(context.whenControl_list()).map(whenClause),
  };
}

function loopBody(context: StatementContext | undefined): Statement | undefined {
  return context === undefined ? undefined : buildStatement(context);
}

function forStatement(context: ForStatementContext): Statement {
  const control = context.forControl();
  const body = loopBody(optional(context.statement()));
  const range = rangeOf(context);
  const each = optional(control.enhancedForControl());
  if (each !== undefined) {
    return {
      kind: 'forEach',
      range,
      variableType: typeRef(each.typeRef()),
      name: identifier(each.id()),
      over: buildExpression(each.expression()),
      body,
      iteration: 'unresolved',
      elementType: ANY,
      local: undefined,
    };
  }
  const init = optional(control.forInit());
  const declaration = optional(init?.localVariableDeclaration() ?? null);
  const condition = optional(control.expression());
  return {
    kind: 'for',
    range,
    init: declaration === undefined ? buildArguments(optional(init?.expressionList() ?? null)) : variable(declaration),
    condition: condition === undefined ? undefined : buildExpression(condition),
    update: buildArguments(optional(optional(control.forUpdate())?.expressionList() ?? null)),
    body,
  };
}

function catchClause(context: CatchClauseContext): CatchClause {
  const name = context.qualifiedName();
  const segments = identifiers(name).map((segment) => ({ ...segment, args: [] }));
  return {
    caught: typeRefNode(segments, 0, rangeOf(name)),
    name: identifier(context.id()),
    body: buildBlock(context.block()),
    range: rangeOf(context),
    local: undefined,
  };
}

function tryStatement(context: TryStatementContext): Statement {
  const last = optional(context.finallyBlock());
  return {
    kind: 'try',
    range: rangeOf(context),
    body: buildBlock(context.block()),
    catches: many(context.catchClause_list()).map(catchClause),
    finally: last === undefined ? undefined : buildBlock(last.block()),
  };
}

interface DmlContext {
  accessLevel(): { USER(): unknown } | null;
}

function dml(
  context: StatementContext,
  operation: DmlStatement['operation'],
  node: DmlContext,
  rows: ExpressionContext,
  more: { readonly duplicates?: ExpressionContext; readonly externalId?: QualifiedNameContext | undefined } = {},
): DmlStatement {
  const access = optional(node.accessLevel());
  return {
    kind: 'dml',
    range: rangeOf(context),
    operation,
    mode: access === undefined ? undefined : (access.USER() ?? undefined) === undefined ? 'system' : 'user',
    rows: buildExpression(rows),
    duplicates: more.duplicates === undefined ? undefined : buildExpression(more.duplicates),
    externalId: more.externalId === undefined ? [] : identifiers(more.externalId),
    externalIdField: undefined,
  };
}

function dmlStatement(context: StatementContext): Statement | undefined {
  const insert = optional(context.insertStatement());
  if (insert !== undefined) return dml(context, 'insert', insert, insert.expression());
  const update = optional(context.updateStatement());
  if (update !== undefined) return dml(context, 'update', update, update.expression());
  const upsert = optional(context.upsertStatement());
  if (upsert !== undefined)
    return dml(context, 'upsert', upsert, upsert.expression(), { externalId: optional(upsert.qualifiedName()) });
  const remove = optional(context.deleteStatement());
  if (remove !== undefined) return dml(context, 'delete', remove, remove.expression());
  const undelete = optional(context.undeleteStatement());
  if (undelete !== undefined) return dml(context, 'undelete', undelete, undelete.expression());
  const merge = optional(context.mergeStatement());
  if (merge === undefined) return undefined;
  return dml(context, 'merge', merge, merge.expression(0), { duplicates: merge.expression(1) });
}

function jump(context: StatementContext): Statement | undefined {
  const range = rangeOf(context);
  const result = optional(context.returnStatement());
  if (result !== undefined) {
    const value = optional(result.expression());
    return { kind: 'return', range, value: value === undefined ? undefined : buildExpression(value) };
  }
  const thrown = optional(context.throwStatement());
  if (thrown !== undefined) return { kind: 'throw', range, value: buildExpression(thrown.expression()) };
  if (optional(context.breakStatement()) !== undefined) return { kind: 'break', range };
  return optional(context.continueStatement()) === undefined ? undefined : { kind: 'continue', range };
}

function loop(context: StatementContext): Statement | undefined {
  const range = rangeOf(context);
  const each = optional(context.forStatement());
  if (each !== undefined) return forStatement(each);
  const head = optional(context.whileStatement());
  if (head !== undefined) {
    return {
      kind: 'while',
      range,
      condition: buildExpression(head.parExpression().expression()),
      body: loopBody(optional(head.statement())),
    };
  }
  const foot = optional(context.doWhileStatement());
  if (foot === undefined) return undefined;
  return {
    kind: 'doWhile',
    range,
    body: buildBlock(foot.block()),
    condition: buildExpression(foot.parExpression().expression()),
  };
}

function structured(context: StatementContext): Statement | undefined {
  const block = optional(context.block());
  if (block !== undefined) return buildBlock(block);
  const conditional = optional(context.ifStatement());
  if (conditional !== undefined) return ifStatement(conditional);
  const choice = optional(context.switchStatement());
  if (choice !== undefined) return switchStatement(choice);
  const attempt = optional(context.tryStatement());
  if (attempt !== undefined) return tryStatement(attempt);
  const runAs = optional(context.runAsStatement());
  if (runAs === undefined) return undefined;
  return {
    kind: 'runAs',
    range: rangeOf(context),
    args: buildArguments(optional(runAs.expressionList())),
    body: buildBlock(runAs.block()),
  };
}

/** Builds one statement from its parse tree, which must be free of syntax errors. */
export function buildStatement(context: StatementContext): Statement {
  const declaration = optional(context.localVariableDeclarationStatement());
  if (declaration !== undefined)
    return { ...variable(declaration.localVariableDeclaration()), range: rangeOf(context) };
  const expression = optional(context.expressionStatement());
  if (expression !== undefined) {
    return { kind: 'expression', range: rangeOf(context), expression: buildExpression(expression.expression()) };
  }
  const built = structured(context) ?? loop(context) ?? jump(context) ?? dmlStatement(context);
  if (built === undefined) throw new Error(`unexpected statement ${context.getText()}`);
  return built;
}
