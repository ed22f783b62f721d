import { ApexThrowable, exceptionText, stackTrace, Unsupported } from '../../apex/runtime/index.js';
import { FormulaError, SoqlError, type DmlOutcome, type RecordError } from '../../data/index.js';
import { InvalidApexError } from '../../platform/live/index.js';
import { ApiError, type ErrorItem } from '../api-error.js';

/** Status codes of records that are not simply a bad request (REST API Developer Guide: Status Codes and Error Responses). */
const STATUSES: Readonly<Record<string, number>> = {
  ENTITY_IS_DELETED: 404,
  NOT_FOUND: 404,
  INSUFFICIENT_ACCESS_OR_READONLY: 403,
  INSUFFICIENT_ACCESS: 403,
};

/** What went wrong with a record, as the answer to a request about that one record. */
export function recordRefusal(errors: readonly RecordError[]): ApiError {
  const items = errors.map(({ statusCode, message, fields }): ErrorItem => ({
    message,
    errorCode: statusCode,
    fields,
  }));
  const [first] = items;
  const code = first?.errorCode ?? 'UNKNOWN_EXCEPTION';
  return new ApiError(STATUSES[code] ?? 400, code, first?.message ?? '', items);
}

/** Throws the refusal of the first record that failed. */
export function requireSuccess(outcomes: readonly DmlOutcome[]): DmlOutcome {
  const [outcome] = outcomes;
  if (outcome === undefined) throw new Error('A DML operation without records has no outcome.');
  if (!outcome.success) throw recordRefusal(outcome.errors);
  return outcome;
}

/** Errors of records, queries and Apex in the form of the API; all others as they are. */
export function asApiError(error: unknown): unknown {
  if (error instanceof SoqlError) return new ApiError(400, error.code, error.message);
  if (error instanceof Unsupported || error instanceof FormulaError)
    return new ApiError(400, 'FUNCTIONALITY_NOT_ENABLED', error.message);
  if (error instanceof InvalidApexError) return new ApiError(400, 'APEX_ERROR', error.message);
  return error instanceof ApexThrowable ? apexRefusal(error) : error;
}

/** An exception that no code caught, such as a limit in a trigger. */
function apexRefusal(thrown: ApexThrowable): ApiError {
  const [failure] = thrown.$x.dmlFailures;
  if (failure !== undefined) return recordRefusal(thrown.$x.dmlFailures);
  const trace = stackTrace(thrown);
  return new ApiError(
    400,
    'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    trace === '' ? exceptionText(thrown) : `${exceptionText(thrown)}\n\n${trace}`,
  );
}
