import {
  dmlErrors,
  refusedWrites,
  SObject,
  type DmlOperation,
  type DmlOutcome,
  type DmlRequest,
  type FieldSchema,
  type RecordError,
  type RefusedWrite,
} from '../../data/index.js';
import { ApexList } from './collections.js';
import { apexError, PlatformException, Unsupported, type DmlFailure } from './exceptions.js';
import { MIXED_DML_SETUP } from './org.js';
import { recordAccess, writeAccess } from './access.js';
import type { ApexRuntime } from './runtime.js';
import { currentLine } from './stack.js';

/** How a DML operation is done. */
export interface DmlMode {
  readonly allOrNone: boolean;
  readonly externalId: string | null;
  /** Held to object and field permissions and to the sharing of the running user. */
  readonly userMode: boolean;
  /** The record that deleted ones are merged into. */
  readonly mergedInto?: string | undefined;
  /** Asked through an API: what permissions forbid is an error of the record instead of an exception. */
  readonly forApi?: boolean | undefined;
}

/** Rows of a DML argument: one record, or a list of records. */
export function rowsOf(value: unknown): readonly SObject[] {
  if (value instanceof SObject) return [value];
  if (value instanceof ApexList) {
    return value.items.map((item, index) => {
      if (item instanceof SObject) return item;
      throw apexError('NullPointerException', `Attempt to de-reference a null object: row ${index} of the list`);
    });
  }
  throw apexError('NullPointerException', 'Attempt to de-reference a null object');
}

/** Runs a DML operation in the running transaction, counts it, and returns what happened to each row. */
export function performDml(
  runtime: ApexRuntime,
  operation: DmlOperation,
  rows: readonly SObject[],
  mode: DmlMode,
): readonly DmlOutcome[] {
  if (rows.length === 0) return [];
  checkObjects(runtime, operation, rows);
  const { tx } = runtime;
  const events = rows.filter((row) => row.object.kind === 'platformEvent');
  if (events.length > 0) return publish(runtime, events, mode);
  tx.limits.count('dmlStatements');
  tx.limits.count('dmlRows', rows.length);
  tx.pendingWork = true;
  checkDuplicates(operation, rows);
  const noteEnd = noteDml(runtime, operation, rows);
  const request: DmlRequest = {
    operation,
    records: rows,
    allOrNone: mode.allOrNone,
    externalId: externalIdOf(rows, mode.externalId),
    mergedInto: mode.mergedInto,
    guard: recordAccess(runtime, mode.userMode ? 'user' : 'system'),
  };
  const outcomes = runtime.data.dml.execute({ ...request, refused: refusedErrors(runtime, request, mode) });
  noteEnd();
  return outcomes;
}

/** Publishing needs the right to create the event; one that is refused is not published. */
function publish(runtime: ApexRuntime, events: readonly SObject[], mode: DmlMode): readonly DmlOutcome[] {
  const request: DmlRequest = { operation: 'insert', records: events, allOrNone: mode.allOrNone };
  const refused = refusedErrors(runtime, request, mode);
  if (refused.size === 0) return runtime.events.publish(events);
  const allowed = events.filter((_event, index) => !refused.has(index));
  const published = [...(allowed.length === 0 ? [] : runtime.events.publish(allowed))];
  return events.map((_event, index): DmlOutcome => {
    const error = refused.get(index);
    if (error === undefined) return published.shift() ?? { id: null, success: false, created: false, errors: [] };
    return { id: null, success: false, created: false, errors: [error] };
  });
}

const NO_REFUSALS: ReadonlyMap<number, RecordError> = new Map();

/**
 * What permissions forbid, as errors of the records.
 * @throws System.SecurityException in Apex when the object is forbidden, System.DmlException when fields are and all rows must be saved
 */
function refusedErrors(runtime: ApexRuntime, request: DmlRequest, mode: DmlMode): ReadonlyMap<number, RecordError> {
  const access = mode.userMode ? writeAccess(runtime, 'user') : undefined;
  const refused = access === undefined ? [] : refusedWrites(runtime.data.store, request, access);
  const [first] = refused;
  if (first === undefined) return NO_REFUSALS;
  if (mode.forApi === true) return new Map(refused.map((refusal) => [refusal.index, apiError(refusal)]));
  for (const refusal of refused)
    if (refusal.kind === 'object')
      throw apexError('SecurityException', `Access to entity '${refusal.object.name}' denied`);
  const errors = new Map(refused.map((refusal) => [refusal.index, userModeError(refusal)]));
  if (request.allOrNone) throw inaccessibleFields(request.records, errors);
  return errors;
}

/** How the REST and SOAP APIs refuse (SOAP API Developer Guide: Core Data Types Used in API Calls, StatusCode). */
function apiError(refusal: RefusedWrite): RecordError {
  return refusal.kind === 'fields'
    ? dmlErrors.notWriteable(refusal.fields)
    : dmlErrors.noObjectAccess(refusal.object, refusal.operation);
}

/** The text is documented (Apex Developer Guide: Enforce User Mode for Database Operations); the status code is not. */
function userModeError(refusal: RefusedWrite): RecordError {
  return {
    statusCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
    message: `Operation failed due to fields being inaccessible on Sobject ${refusal.object.name}, check errors on Exception or Result!`,
    fields: refusal.kind === 'fields' ? refusal.fields : [],
  };
}

/** Its message is that of the first record alone, unlike that of other DmlExceptions. */
function inaccessibleFields(records: readonly SObject[], errors: ReadonlyMap<number, RecordError>): PlatformException {
  const failures = [...errors].map(([index, error]): DmlFailure => ({
    index,
    id: records[index]?.id ?? null,
    ...error,
  }));
  const exception = new PlatformException('System.DmlException', failures[0]?.message ?? null);
  exception.$x.dmlFailures = failures;
  return exception;
}

function noteDml(runtime: ApexRuntime, operation: DmlOperation, rows: readonly SObject[]): () => void {
  if (!runtime.traces('Database', 'INFO')) return () => undefined;
  const line = currentLine();
  const note = (event: string, ...parts: readonly string[]): void =>
    runtime.trace({ category: 'Database', level: 'INFO', event, line, parts });
  const name = operation.charAt(0).toUpperCase() + operation.slice(1);
  note('DML_BEGIN', `Op:${name}`, `Type:${rows[0]?.object.name ?? ''}`, `Rows:${rows.length}`);
  return () => note('DML_END');
}

function externalIdOf(rows: readonly SObject[], name: string | null): FieldSchema | undefined {
  const [first] = rows;
  if (name === null || first === undefined) return undefined;
  const field = first.field(name);
  if (field === undefined || !(field.externalId || field.type === 'id' || field.unique)) {
    throw apexError('SObjectException', `Invalid external id field: ${name}`);
  }
  return field;
}

function checkObjects(runtime: ApexRuntime, operation: DmlOperation, rows: readonly SObject[]): void {
  for (const row of rows) {
    const { object } = row;
    if (object.kind === 'customMetadata')
      throw apexError('TypeException', `DML operation ${operation.toUpperCase()} not allowed on ${object.name}`);
    if (object.kind === 'aggregate') throw apexError('TypeException', `DML not allowed on AggregateResult`);
    if (object.kind === 'external' || object.kind === 'big') throw new Unsupported(`DML on ${object.name}`);
    if (row.id !== null && runtime.data.store.isProvided(object.name, row.id))
      throw new Unsupported(`Changing the permissions of standard profiles by ${object.name} records`);
    // Publishing an event is no change of records (rflib: rflib_UserPermSetManagerControllerTest).
    if (object.kind !== 'platformEvent') checkMixed(runtime, object.name, isSetupChange(operation, row));
  }
}

/** Fields of a user that make an update a setup change. */
const USER_SETUP_FIELDS = ['UserRoleId', 'IsActive', 'ForecastEnabled', 'IsPortalEnabled', 'Username', 'ProfileId'];

/**
 * A user without a role can be inserted beside other records, and harmless fields of a user can be updated; a group can be inserted and
 * updated (Apex Developer Guide: sObjects That Cannot Be Used Together in DML Operations).
 */
function isSetupChange(operation: DmlOperation, row: SObject): boolean {
  if (row.object.name === 'Group') return operation === 'delete' || operation === 'undelete';
  if (row.object.name !== 'User') return MIXED_DML_SETUP.has(row.object.name);
  if (operation === 'insert') return row.get('UserRoleId') !== null;
  return operation !== 'update' || (!row.queried && USER_SETUP_FIELDS.some((name) => row.values.has(name)));
}

/** Setup and other objects cannot be changed in one transaction; in tests `System.runAs` separates them. */
function checkMixed(runtime: ApexRuntime, name: string, isSetup: boolean): void {
  // A user or group whose change is no setup change goes with both kinds.
  if ((name === 'User' || name === 'Group') && !isSetup) return;
  const { tx } = runtime;
  const other = isSetup ? tx.otherObject : tx.setupObject;
  if (other !== undefined) {
    throw dmlException('Insert', [
      {
        index: 0,
        id: null,
        statusCode: 'MIXED_DML_OPERATION',
        message: `DML operation on setup object is not permitted after you have updated a non-setup object (or vice versa): ${name}, original object: ${other}`,
        fields: [],
      },
    ]);
  }
  if (isSetup) tx.setupObject ??= name;
  else tx.otherObject ??= name;
}

/** One record twice in an update or delete is refused (`System.ListException`). */
function checkDuplicates(operation: DmlOperation, rows: readonly SObject[]): void {
  if (operation === 'insert') {
    const seen = new Set<SObject>();
    for (const [index, row] of rows.entries()) {
      if (seen.has(row))
        throw apexError(
          'ListException',
          `Before Insert or Upsert list must not have two identically equal elements at index ${index}`,
        );
      seen.add(row);
    }
    return;
  }
  const ids = new Set<string>();
  for (const row of rows) {
    if (row.id === null) continue;
    if (ids.has(row.id)) throw apexError('ListException', `Duplicate id in list: ${row.id}`);
    ids.add(row.id);
  }
}

/** The failures among outcomes, in the form in which a DmlException carries them. */
export function failuresOf(outcomes: readonly DmlOutcome[]): readonly DmlFailure[] {
  return outcomes.flatMap((outcome, index) => {
    const [error] = outcome.errors;
    if (outcome.success || error === undefined || error.statusCode === 'ALL_OR_NONE_OPERATION_ROLLED_BACK') return [];
    return outcome.errors.map((each): DmlFailure => ({ index, id: outcome.id, ...each }));
  });
}

/** `Insert failed. First exception on row 0; first error: ...` */
export function dmlException(operation: string, failures: readonly DmlFailure[]): PlatformException {
  const [first] = failures;
  const where = `First exception on row ${first?.index ?? 0}${first?.id === null || first?.id === undefined ? '' : ` with id ${first.id}`}`;
  const exception = new PlatformException(
    'System.DmlException',
    `${operation} failed. ${where}; first error: ${first?.statusCode ?? ''}, ${first?.message ?? ''}: [${(first?.fields ?? []).join(', ')}]`,
  );
  exception.$x.dmlFailures = failures;
  return exception;
}

/** A DML statement, or a Database method with allOrNone: throws when any row fails. */
export function dmlOrThrow(
  runtime: ApexRuntime,
  operation: DmlOperation,
  value: unknown,
  mode: DmlMode,
): readonly DmlOutcome[] {
  const outcomes = performDml(runtime, operation, rowsOf(value), mode);
  const failures = failuresOf(outcomes);
  if (failures.length > 0) throw dmlException(operation.charAt(0).toUpperCase() + operation.slice(1), failures);
  return outcomes;
}
