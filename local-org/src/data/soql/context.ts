import type { Expression, SoqlQuery } from '../../apex/syntax/ast.js';
import type { SourceRange } from '../../apex/syntax/source.js';
import type { FieldSchema, ObjectSchema } from '../schema/index.js';
import type { SObject } from '../sobject.js';
import type { Row, Store } from '../store/index.js';
import type { FieldValue } from '../values/index.js';

/** How the APIs tell errors of queries apart (REST API Developer Guide: Status Codes and Error Responses). */
export type SoqlErrorCode = 'MALFORMED_QUERY' | 'INVALID_FIELD' | 'INVALID_TYPE' | 'INVALID_QUERY_FILTER_OPERATOR';

/** What a query cannot do: bad names, bad binds, things that the local org refuses. The message is the platform's where it is known. */
export class SoqlError extends Error {
  override readonly name: string = 'SoqlError';

  /** @param at where in the query, when that is known */
  constructor(
    message: string,
    readonly code: SoqlErrorCode = 'MALFORMED_QUERY',
    readonly at?: SourceRange,
  ) {
    super(message);
  }
}

/** A query asks for the values of a bound collection that is null (EDA: ADDR_Addresses_UTIL_TEST). */
export class NullCollectionError extends SoqlError {
  override readonly name = 'NullCollectionError';

  constructor() {
    super('Attempt to de-reference a null object');
  }
}

/** Names of fields by object. */
export type FieldNames = ReadonlyMap<string, ReadonlySet<string>>;

/** A query names objects or fields that its user may not read. */
export class SoqlAccessError extends SoqlError {
  override readonly name = 'SoqlAccessError';

  /** @param inaccessible every field that was refused, by object */
  constructor(
    message: string,
    code: SoqlErrorCode,
    readonly inaccessible: FieldNames,
  ) {
    super(message, code);
  }
}

/** Who may read which objects and fields; absent in system mode. */
export interface ReadAccess {
  /** `user`: every clause counts, and a refusal tells all fields; `securityEnforced`: only SELECT and FROM count. */
  readonly mode: 'user' | 'securityEnforced';
  canReadObject(object: ObjectSchema): boolean;
  canReadField(object: ObjectSchema, field: FieldSchema): boolean;
}

/** Which rows sharing shows; absent where sharing does not count. */
export interface RecordVisibility {
  /** Tells visible rows of an object from hidden ones; undefined when all are visible. */
  visibleRows(object: ObjectSchema): ((row: Row) => boolean) | undefined;
}

/** Calculates a formula field of a stored row. */
export interface FormulaReader {
  valueOf(object: ObjectSchema, field: FieldSchema, row: Row): FieldValue;
}

/** Everything that a query depends on besides its text. */
export interface QueryContext {
  readonly store: Store;
  /** Milliseconds since 1970; date literals count from here. */
  readonly now: number;
  /** Time zone of the running user; days of date literals begin at its midnight. */
  readonly timeZone: string;
  /** The running user, whose records `USING SCOPE mine` reads. */
  readonly userId: string;
  /** Whether FIELDS(ALL) and FIELDS(CUSTOM) may be asked for: in the API, never in Apex. */
  readonly unboundFields: boolean;
  /** Value of a bind expression: one value, or the values of a list or set. */
  readonly bind: (expression: Expression) => FieldValue | readonly FieldValue[];
  readonly formulas: FormulaReader;
  readonly access: ReadAccess | undefined;
  readonly records?: RecordVisibility | undefined;
}

export type QueryResult =
  | {
      readonly kind: 'rows';
      readonly rows: readonly SObject[];
      /** How many rows an aggregate query has grouped. */
      readonly grouped?: number;
    }
  /** `SELECT COUNT()` */
  | { readonly kind: 'count'; readonly count: number };

/** A query with the object that it reads and the names that may stand before its field paths. */
export interface Source {
  readonly query: SoqlQuery;
  readonly object: ObjectSchema;
  /** Lower-cased aliases of the FROM clause, each with the names of the path that it stands for: none for the object itself. */
  readonly aliases: ReadonlyMap<string, readonly string[]>;
}

/** A query over an object that was looked up. */
export function sourceOf(query: SoqlQuery, object: ObjectSchema): Source {
  return { query, object, aliases: aliasesOf(query) };
}

/** `FROM Contact c, c.Account a`: the first name is the object's, the others are parents that begin with an alias. */
function aliasesOf({ from }: SoqlQuery): ReadonlyMap<string, readonly string[]> {
  const aliases = new Map<string, readonly string[]>();
  for (const [index, { path, alias }] of from.entries()) {
    if (alias === undefined) continue;
    const [first = '', ...rest] = path.map(({ name }) => name);
    const start = aliases.get(first.toLowerCase());
    aliases.set(
      alias.name.toLowerCase(),
      index === 0 ? [] : start === undefined ? [first, ...rest] : [...start, ...rest],
    );
  }
  return aliases;
}

/** Object that a query reads. @throws SoqlError with its place in the query */
export function objectOf(context: QueryContext, query: SoqlQuery): ObjectSchema {
  const path = query.from[0]?.path ?? [];
  const name = path.map((part) => part.name).join('.');
  const object = context.store.schema.object(name);
  if (object === undefined) throw new SoqlError(noObjectMessage(name), 'INVALID_TYPE', path[0]?.range);
  return object;
}

export function requireObject(context: QueryContext, name: string): ObjectSchema {
  const object = context.store.schema.object(name);
  if (object === undefined) {
    throw new SoqlError(noObjectMessage(name), 'INVALID_TYPE');
  }
  return object;
}

export function noObjectMessage(name: string): string {
  return `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`;
}
