import type {
  SoqlCondition,
  SoqlCount,
  SoqlFunction,
  SoqlFunctionArgument,
  SoqlOrder,
  SoqlPath,
  SoqlQuery,
  SoqlSelectItem,
  SoqlValue,
} from './ast-soql.js';

const MODES = {
  securityEnforced: 'SECURITY_ENFORCED',
  system: 'SYSTEM_MODE',
  user: 'USER_MODE',
} as const;

/**
 * A query as debug logs show it: one line, keywords upper-cased, names as the schema spells them where the checker resolved them, and
 * bind expressions as `:tmpVar1`, `:tmpVar2` ...
 */
export function soqlText(query: SoqlQuery): string {
  return new Printer().query(query);
}

class Printer {
  private binds = 0;

  query(query: SoqlQuery): string {
    const source = query.relationship ?? query.object ?? query.from.map(fromText).join(', ');
    const parts = [
      `SELECT ${query.select.map((item) => this.item(item)).join(', ')}`,
      `FROM ${source}`,
      query.scope === undefined ? '' : `USING SCOPE ${query.scope}`,
      query.where === undefined ? '' : `WHERE ${this.condition(query.where)}`,
      this.with(query),
      this.grouping(query),
      query.having === undefined ? '' : `HAVING ${this.condition(query.having)}`,
      query.orderBy.length === 0 ? '' : `ORDER BY ${query.orderBy.map((order) => this.order(order)).join(', ')}`,
      query.limit === undefined ? '' : `LIMIT ${this.count(query.limit)}`,
      query.offset === undefined ? '' : `OFFSET ${this.count(query.offset)}`,
      query.allRows ? 'ALL ROWS' : '',
      ...query.forClauses.map((clause) => `FOR ${clause.toUpperCase()}`),
    ];
    return parts.filter((part) => part !== '').join(' ');
  }

  private bind(): string {
    return `:tmpVar${++this.binds}`;
  }

  private item(item: SoqlSelectItem): string {
    switch (item.kind) {
      case 'path':
        return pathText(item.path) + aliasText(item.alias);
      case 'aggregate':
        return this.call(item.call) + aliasText(item.alias);
      case 'subquery':
        return `(${this.query(item.query)})`;
      case 'typeOf': {
        const cases = item.cases.map(
          ({ object, fields }) => `WHEN ${object.name} THEN ${fields.map(pathText).join(', ')}`,
        );
        const otherwise = item.otherwise.length === 0 ? [] : [`ELSE ${item.otherwise.map(pathText).join(', ')}`];
        return ['TYPEOF', pathText(item.path), ...cases, ...otherwise, 'END'].join(' ');
      }
    }
  }

  private call({ name, args }: SoqlFunction): string {
    return `${name}(${args.map((argument) => this.argument(argument)).join(', ')})`;
  }

  private argument(argument: SoqlFunctionArgument): string {
    switch (argument.kind) {
      case 'path':
        return pathText(argument.path);
      case 'function':
        return this.call(argument);
      case 'bind':
        return this.bind();
      case 'geolocation':
        return `GEOLOCATION(${this.value(argument.latitude)}, ${this.value(argument.longitude)})`;
      case 'word':
        return argument.text;
    }
  }

  private condition(condition: SoqlCondition): string {
    switch (condition.kind) {
      case 'and':
      case 'or':
        return condition.operands
          .map((operand) => this.nested(operand))
          .join(condition.kind === 'and' ? ' AND ' : ' OR ');
      case 'not':
        return `NOT ${this.nested(condition.operand)}`;
      case 'comparison': {
        const { left, operator, value } = condition;
        return `${this.operand(left)} ${operator} ${this.value(value)}`;
      }
    }
  }

  private nested(condition: SoqlCondition): string {
    const text = this.condition(condition);
    return condition.kind === 'comparison' ? text : `(${text})`;
  }

  private operand(operand: { readonly kind: 'path'; readonly path: SoqlPath } | SoqlFunction): string {
    return operand.kind === 'path' ? pathText(operand.path) : this.call(operand);
  }

  private value(value: SoqlValue): string {
    switch (value.kind) {
      case 'null':
        return 'NULL';
      case 'boolean':
        return String(value.value);
      case 'number':
      case 'date':
      case 'datetime':
      case 'time':
      case 'currency':
        return value.text;
      case 'string':
        return `'${value.value.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`;
      case 'dateLiteral':
        return value.count === undefined ? value.name : `${value.name}:${value.count}`;
      case 'list':
        return `(${value.values.map((one) => this.value(one)).join(', ')})`;
      case 'bind':
        return this.bind();
      case 'subquery':
        return `(${this.query(value.query)})`;
    }
  }

  private with({ mode, with: filter }: SoqlQuery): string {
    const parts = [
      ...(mode === undefined ? [] : [MODES[mode]]),
      ...(filter === undefined ? [] : [filter.kind === 'dataCategory' ? filter.text : this.condition(filter)]),
    ];
    return parts.map((part) => `WITH ${part}`).join(' ');
  }

  private grouping({ groupBy, grouping }: SoqlQuery): string {
    if (groupBy.length === 0) return '';
    const by = groupBy.map((one) => this.operand(one)).join(', ');
    return grouping === 'plain' ? `GROUP BY ${by}` : `GROUP BY ${grouping.toUpperCase()}(${by})`;
  }

  private order({ by, descending, nulls }: SoqlOrder): string {
    const direction = descending ? ' DESC' : '';
    return `${this.operand(by)}${direction}${nulls === undefined ? '' : ` NULLS ${nulls.toUpperCase()}`}`;
  }

  private count(count: SoqlCount): string {
    return count.kind === 'literal' ? String(count.value) : this.bind();
  }
}

function pathText({ segments, resolved }: SoqlPath): string {
  return resolved === undefined
    ? segments.map(({ name }) => name).join('.')
    : [...resolved.parents, resolved.field.name].join('.');
}

function aliasText(alias: { readonly name: string } | undefined): string {
  return alias === undefined ? '' : ` ${alias.name}`;
}

function fromText({ path, alias }: SoqlQuery['from'][number]): string {
  return path.map(({ name }) => name).join('.') + aliasText(alias);
}
