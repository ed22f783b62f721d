import type {
  FieldListContext,
  FieldSpecContext,
  FieldSpecListContext,
  SoslIdContext,
  SoslLiteralContext,
} from '@apexdevtools/apex-parser';
import type { Identifier, SoqlFunction, SoqlPath, SoslQuery, SoslReturning } from './ast.js';
import { identifier, many, optional, rangeOf, sourceText } from './build-common.js';
import { buildExpression } from './build-expressions.js';
import { buildSoqlFunction } from './build-soql-functions.js';
import { buildLogical } from './build-soql-conditions.js';
import { orderList, soqlCount } from './build-soql.js';
import { findLiteralValue } from './literals.js';

function segments(context: SoslIdContext): readonly Identifier[] {
  return [identifier(context.id()), ...many(context.soslId_list()).flatMap(segments)];
}

function path(context: SoslIdContext): SoqlPath {
  return { segments: segments(context), range: rangeOf(context), resolved: undefined };
}

function fields(context: FieldListContext): readonly (SoqlPath | SoqlFunction)[] {
  const rest = many(context.fieldList_list()).flatMap(fields);
  const [first] = many(context.soslId_list());
  const name = (context.start.text ?? '').toUpperCase();
  const isFunction = optional(context.LPAREN()) !== undefined;
  if (!isFunction) return first === undefined ? rest : [path(first), ...rest];
  const nested = optional(context.soqlFunction());
  const args: SoqlFunction['args'] =
    nested === undefined
      ? first === undefined
        ? []
        : [{ kind: 'path', path: path(first) }]
      : [buildSoqlFunction(nested)];
  return [{ kind: 'function', name, args, range: rangeOf(context) }, ...rest];
}

function returning(context: FieldSpecContext): SoslReturning {
  const list = optional(context.fieldList());
  const where = optional(context.logicalExpression());
  const object = context.soslId(0);
  return {
    object: { name: object.getText(), range: rangeOf(object) },
    fields: list === undefined ? [] : fields(list),
    where: where === undefined ? undefined : buildLogical(where),
    orderBy: orderList(optional(context.fieldOrderList())),
    limit: soqlCount(optional(context.limitClause())),
    offset: soqlCount(optional(context.offsetClause())),
  };
}

function returningList(context: FieldSpecListContext): readonly SoslReturning[] {
  return [returning(context.fieldSpec()), ...many(context.fieldSpecList_list()).flatMap(returningList)];
}

export function buildSoslLiteral(context: SoslLiteralContext): SoslQuery {
  const clauses = context.soslClauses();
  const find = optional(context.FindLiteral());
  const withClauses = many(clauses.soslWithClause_list());
  const specs = optional(clauses.fieldSpecList());
  const isUser = withClauses.some((clause) => optional(clause.USER_MODE()) !== undefined);
  const isSystem = withClauses.some((clause) => optional(clause.SYSTEM_MODE()) !== undefined);
  return {
    kind: 'soslQuery',
    search:
      find === undefined
        ? { kind: 'bind', expression: buildExpression(context.boundExpression().expression()) }
        : { kind: 'text', value: findLiteralValue(find.getText()) },
    group: (optional(clauses.searchGroup())?.start.text ?? undefined)?.toUpperCase(),
    returning: specs === undefined ? [] : returningList(specs),
    mode: isUser ? 'user' : isSystem ? 'system' : undefined,
    with: withClauses.map(sourceText).filter((text) => !/_mode$/i.test(text)),
    limit: soqlCount(optional(clauses.limitClause())),
    range: rangeOf(context),
  };
}
