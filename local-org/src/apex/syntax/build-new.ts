import type { CreatorContext } from '@apexdevtools/apex-parser';
import type { Expression, ExpressionBase, TypeNameSegment, TypeRefNode } from './ast.js';
import { identifier, many, optional, rangeOf, typeList, typeRefNode } from './build-common.js';
import { buildArguments, buildExpression } from './build-expressions.js';

function createdType(context: CreatorContext, arrayDepth: number): TypeRefNode {
  const created = context.createdName();
  const segments = many(created.idCreatedNamePair_list()).map((pair): TypeNameSegment => ({
    ...identifier(pair.anyId()),
    args: typeList(optional(pair.typeList())),
  }));
  return typeRefNode(segments, arrayDepth, rangeOf(created));
}

/** Everything after `new`. An array type `T[]` has `arrayDepth` 1 in its `created` node. */
export function buildNew(context: CreatorContext, base: ExpressionBase): Expression {
  const array = optional(context.arrayCreatorRest());
  if (array !== undefined) {
    const size = optional(array.expression());
    if (size !== undefined)
      return { ...base, kind: 'newArray', created: createdType(context, 1), size: buildExpression(size) };
    const initializer = optional(array.arrayInitializer());
    const elements = initializer === undefined ? [] : many(initializer.expression_list()).map(buildExpression);
    return { ...base, kind: 'newElements', created: createdType(context, 1), elements };
  }
  const created = createdType(context, 0);
  const map = optional(context.mapCreatorRest());
  if (map !== undefined) {
    const entries = many(map.mapCreatorRestPair_list()).map((pair) => ({
      key: buildExpression(pair.expression(0)),
      value: buildExpression(pair.expression(1)),
    }));
    return { ...base, kind: 'newMap', created, entries };
  }
  const set = optional(context.setCreatorRest());
  if (set !== undefined) {
    return { ...base, kind: 'newElements', created, elements: many(set.expression_list()).map(buildExpression) };
  }
  if (optional(context.noRest()) !== undefined) {
    const last = created.segments.at(-1)?.name.toLowerCase();
    if (last === 'map') return { ...base, kind: 'newMap', created, entries: [] };
    return { ...base, kind: 'newElements', created, elements: [] };
  }
  const args = buildArguments(optional(optional(context.classCreatorRest())?.arguments()?.expressionList() ?? null));
  return { ...base, kind: 'new', created, args, target: { kind: 'unresolved' } };
}
