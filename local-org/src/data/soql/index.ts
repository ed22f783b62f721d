export {
  noObjectMessage,
  requireObject,
  NullCollectionError,
  SoqlAccessError,
  SoqlError,
  type SoqlErrorCode,
} from './context.js';
export type { FieldNames, FormulaReader, QueryContext, QueryResult, ReadAccess, RecordVisibility } from './context.js';
export { executeQuery, executeRows } from './execute.js';
export { AGGREGATE_RESULT } from './aggregate.js';
export { isAggregateQuery, isCountQuery } from '../../apex/syntax/soql-rules.js';
export { describeQuery, type SelectColumn } from './columns.js';
