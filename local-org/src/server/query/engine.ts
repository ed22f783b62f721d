/** A record as queries return it: field names in their own case, whatever case the query used. */
export type QueryRecord = Readonly<Record<string, string | boolean | number | null>>;

export interface QueryResult {
  readonly object: string;
  readonly records: readonly QueryRecord[];
}

/** Which of the two query resources was asked: they see different objects. */
export type QueryApi = 'data' | 'tooling';

/** Runs SOQL. Throws ApiError for what is malformed or not supported. */
export interface QueryEngine {
  query(soql: string, api: QueryApi): QueryResult;
}
