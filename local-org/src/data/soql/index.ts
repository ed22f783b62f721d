export { noObjectMessage, requireObject, SoqlAccessError, SoqlError, type SoqlErrorCode } from './context.js';
export type { FieldNames, FormulaReader, QueryContext, QueryResult, ReadAccess, RecordVisibility } from './context.js';
export { executeQuery, executeRows, isCountQuery } from './execute.js';
export { AGGREGATE_RESULT, isAggregateQuery } from './aggregate.js';
export { describeQuery, type SelectColumn } from './columns.js';
