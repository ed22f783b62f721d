import { PRIMITIVES, typeName } from '../types/index.js';
import type { SoslQuery } from '../syntax/index.js';
import { assignment } from './assign.js';
import { report } from './context.js';
import type { Body } from './context.js';
import { checkExpression } from './expression.js';
import { checkCondition, checkCount } from './soql.js';
import { noSuchObject, resolvePath } from './soql-paths.js';
import type { QueryScope } from './soql-paths.js';

/** Resolves a search: its text, and objects, fields and filters of what it returns. */
export function checkSosl(query: SoslQuery, body: Body): void {
  if (query.search.kind === 'bind') {
    const { expression } = query.search;
    const type = checkExpression(expression, body);
    if (assignment(type, PRIMITIVES.String) === undefined)
      report(body, expression.range, `Illegal assignment from ${typeName(type)} to String`);
  }
  checkCount(body, query.limit);
  for (const { object, fields, where, orderBy, limit, offset } of query.returning) {
    const info = body.world.schema.object(object.name);
    if (info === undefined) {
      report(body, object.range, noSuchObject(object.name));
      continue;
    }
    const scope: QueryScope = { object: info, aliases: new Map(), results: new Set() };
    for (const field of fields) if (!('kind' in field)) resolvePath(body, field, scope);
    if (where !== undefined) checkCondition(body, where, scope);
    for (const { by } of orderBy) if (by.kind === 'path') resolvePath(body, by.path, scope);
    checkCount(body, limit);
    checkCount(body, offset);
  }
}
