import type { SObjectField } from '../types/schema.js';
import type { Expression } from './ast-expressions.js';
import type { Identifier, SourceRange } from './source.js';

/** A field path as written: `Account.Owner.Name`, or `c.Name` with an alias. */
export interface SoqlPath {
  readonly segments: readonly Identifier[];
  readonly range: SourceRange;
  /** Set by the checker; undefined until then, when the field does not exist, or when the path names an alias of the select list. */
  resolved: ResolvedPath | undefined;
}

/** Parent relationships to follow, in order, then the field. */
export interface ResolvedPath {
  /** Object that the path starts from. */
  readonly object: string;
  /** Relationship names in the schema's spelling; empty for an own field. */
  readonly parents: readonly string[];
  /** Object that owns `field`. */
  readonly owner: string;
  readonly field: SObjectField;
}

/** `COUNT()`, `SUM(Amount)`, `CALENDAR_YEAR(convertTimezone(CreatedDate))`, `FIELDS(ALL)`, `DISTANCE(...)`, `toLabel(Status)` ... */
export interface SoqlFunction {
  readonly kind: 'function';
  /** Upper-cased name: `COUNT`, `COUNT_DISTINCT`, `TOLABEL`, `FORMAT`, `CONVERTTIMEZONE`, `CONVERTCURRENCY`, `FIELDS`, `DISTANCE`, `GROUPING` ... */
  readonly name: string;
  readonly args: readonly SoqlFunctionArgument[];
  readonly range: SourceRange;
}

export type SoqlFunctionArgument =
  | { readonly kind: 'path'; readonly path: SoqlPath }
  | SoqlFunction
  | { readonly kind: 'bind'; readonly expression: Expression }
  | { readonly kind: 'geolocation'; readonly latitude: SoqlValue; readonly longitude: SoqlValue }
  /** `ALL`, `CUSTOM`, `STANDARD` of FIELDS, or the unit of DISTANCE. */
  | { readonly kind: 'word'; readonly text: string };

export type SoqlSelectItem =
  | { readonly kind: 'path'; readonly path: SoqlPath; readonly alias: Identifier | undefined }
  | { readonly kind: 'aggregate'; readonly call: SoqlFunction; readonly alias: Identifier | undefined }
  | { readonly kind: 'subquery'; readonly query: SoqlQuery }
  | SoqlTypeOf;

export interface SoqlTypeOf {
  readonly kind: 'typeOf';
  readonly path: SoqlPath;
  readonly cases: readonly { readonly object: Identifier; readonly fields: readonly SoqlPath[] }[];
  readonly otherwise: readonly SoqlPath[];
}

/** Comparison operators, upper-cased, `<>` as `!=`. */
export type SoqlOperator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'LIKE' | 'IN' | 'NOT IN' | 'INCLUDES' | 'EXCLUDES';

/** A value to compare with. Text has its escapes resolved; numbers keep their digits. */
export type SoqlValue =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'date' | 'datetime' | 'time'; readonly text: string }
  /** `TODAY`, `LAST_N_DAYS` with `count` 7 ...; the name is upper-cased. */
  | { readonly kind: 'dateLiteral'; readonly name: string; readonly count: number | undefined }
  | { readonly kind: 'currency'; readonly text: string }
  | { readonly kind: 'list'; readonly values: readonly SoqlValue[] }
  | { readonly kind: 'bind'; readonly expression: Expression }
  | { readonly kind: 'subquery'; readonly query: SoqlQuery };

export type SoqlCondition =
  | { readonly kind: 'and' | 'or'; readonly operands: readonly SoqlCondition[] }
  | { readonly kind: 'not'; readonly operand: SoqlCondition }
  | SoqlComparison;

export interface SoqlComparison {
  readonly kind: 'comparison';
  readonly left: { readonly kind: 'path'; readonly path: SoqlPath } | SoqlFunction;
  readonly operator: SoqlOperator;
  readonly value: SoqlValue;
  readonly range: SourceRange;
}

export interface SoqlOrder {
  readonly by: { readonly kind: 'path'; readonly path: SoqlPath } | SoqlFunction;
  readonly descending: boolean;
  /** As written; undefined: the default, nulls first when ascending and last when descending. */
  readonly nulls: 'first' | 'last' | undefined;
}

export type SoqlCount =
  { readonly kind: 'literal'; readonly value: number } | { readonly kind: 'bind'; readonly expression: Expression };

/** `FROM Account a`, further entries are the old style of naming parent relationships: `FROM Contact c, c.Account a`. */
export interface SoqlFrom {
  readonly path: readonly Identifier[];
  readonly alias: Identifier | undefined;
}

/** A query or subquery. In a subquery of the select list `from` names a child relationship. */
export interface SoqlQuery {
  readonly kind: 'soqlQuery';
  readonly select: readonly SoqlSelectItem[];
  readonly from: readonly SoqlFrom[];
  readonly scope: string | undefined;
  readonly where: SoqlCondition | undefined;
  /** `WITH SECURITY_ENFORCED | SYSTEM_MODE | USER_MODE`. */
  readonly mode: 'securityEnforced' | 'system' | 'user' | undefined;
  /** Other `WITH` filters. */
  readonly with: SoqlCondition | { readonly kind: 'dataCategory'; readonly text: string } | undefined;
  readonly groupBy: readonly ({ readonly kind: 'path'; readonly path: SoqlPath } | SoqlFunction)[];
  readonly grouping: 'plain' | 'rollup' | 'cube';
  readonly having: SoqlCondition | undefined;
  readonly orderBy: readonly SoqlOrder[];
  readonly limit: SoqlCount | undefined;
  readonly offset: SoqlCount | undefined;
  readonly allRows: boolean;
  readonly forClauses: readonly ('view' | 'update' | 'reference')[];
  readonly range: SourceRange;
  /** Object that rows are read from; set by the checker. */
  object: string | undefined;
  /** In a subquery of the select list: the child relationship in the schema's spelling; set by the checker. */
  relationship: string | undefined;
  /** What the query yields; set by the checker. `count` for `SELECT COUNT()`, `aggregates` for AggregateResult rows. */
  yields: 'rows' | 'count' | 'aggregates';
}

/** One object of a RETURNING clause. */
export interface SoslReturning {
  readonly object: Identifier;
  readonly fields: readonly (SoqlPath | SoqlFunction)[];
  readonly where: SoqlCondition | undefined;
  readonly orderBy: readonly SoqlOrder[];
  readonly limit: SoqlCount | undefined;
  readonly offset: SoqlCount | undefined;
}

export interface SoslQuery {
  readonly kind: 'soslQuery';
  readonly search:
    { readonly kind: 'text'; readonly value: string } | { readonly kind: 'bind'; readonly expression: Expression };
  /** `ALL`, `NAME`, `EMAIL`, `PHONE`, `SIDEBAR`; undefined when not given. */
  readonly group: string | undefined;
  readonly returning: readonly SoslReturning[];
  readonly mode: 'system' | 'user' | undefined;
  /** Other `WITH` clauses, as source text. */
  readonly with: readonly string[];
  readonly limit: SoqlCount | undefined;
  readonly range: SourceRange;
}
