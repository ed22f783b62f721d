import type { FieldSchema, ObjectSchema, ValidationRule } from '../schema/index.js';
import type { RecordError, SObject } from '../sobject.js';
import type { Row, Store } from '../store/index.js';
import type { FieldValue } from '../values/index.js';

export type DmlOperation = 'insert' | 'update' | 'upsert' | 'delete' | 'undelete';

/** What happened to one record of a DML operation, in the order of the input. */
export interface DmlOutcome {
  readonly id: string | null;
  readonly success: boolean;
  /** The record is new: insert, or upsert that found none. */
  readonly created: boolean;
  /** Platform events only: the UUID under which the event is published. */
  readonly operationId?: string;
  readonly errors: readonly RecordError[];
}

export type TriggerTiming = 'before' | 'after';
export type TriggerOperation = 'insert' | 'update' | 'delete' | 'undelete';

/** Up to 200 records at one point of the order of execution. */
export interface TriggerBatch {
  readonly timing: TriggerTiming;
  readonly operation: TriggerOperation;
  readonly object: ObjectSchema;
  /** `Trigger.new`; absent for delete. Before the save its records may be changed; errors are added to them. */
  readonly newRecords: readonly SObject[] | undefined;
  /** `Trigger.old`; absent for insert and undelete. For delete, errors are added to these. */
  readonly oldRecords: readonly SObject[] | undefined;
}

/** Who does the operation, and when. */
export interface DmlSession {
  readonly now: () => number;
  readonly userId: () => string;
  readonly organizationId: () => string;
}

/** What runs at which point of the order of execution (Apex Developer Guide: Triggers and Order of Execution). */
export interface DmlHooks {
  /** Before-save flows, before the before triggers. */
  readonly beforeSaveFlows: (batch: TriggerBatch) => void;
  readonly triggers: (batch: TriggerBatch) => void;
  /** After-save flows, after the after triggers. */
  readonly afterSaveFlows: (batch: TriggerBatch) => void;
  /** The save of a batch that `beforeSaveFlows` was told of has ended, well or not. */
  readonly saveEnded?: ((records: readonly SObject[]) => void) | undefined;
  /** Notes what is to happen after the commit; what it returns drops what was added since, because its cause was taken back. */
  readonly mark?: (() => () => void) | undefined;
  /** Told what the active validation rules of a record's object say; absent when nobody wants to know. */
  readonly validated?: ((result: ValidationResult) => void) | undefined;
  /** What the platform does with records of certain objects by itself; undefined for most. */
  readonly systemRule?: ((object: ObjectSchema) => SystemRule | undefined) | undefined;
}

/** What the platform itself adds to saving a record of one object. */
export interface SystemRule {
  /** Sets fields from others before anything is checked. */
  readonly derive?: (values: Map<string, FieldValue>, store: Store) => void;
  /** Refuses a record. */
  readonly check?: (row: Row, store: Store) => RecordError | undefined;
  /** Keeps other rows in step with a row that was stored. */
  readonly saved?: (row: Row, before: Row | undefined, store: Store) => void;
}

/** What one record's validation rules said, in their order. */
export interface ValidationResult {
  readonly object: ObjectSchema;
  /** Undefined for a record that is not stored yet. */
  readonly id: string | undefined;
  readonly rules: readonly { readonly rule: ValidationRule; readonly passed: boolean }[];
}

/** Which objects and fields somebody may write; `refusedWrites` holds a request to it. */
export interface WriteAccess {
  canWriteObject(object: ObjectSchema, operation: TriggerOperation): boolean;
  canWriteField(object: ObjectSchema, field: FieldSchema, operation: 'insert' | 'update'): boolean;
}

/** Which records sharing lets somebody change; absent where sharing does not count. */
export interface RecordGuard {
  canRead(object: ObjectSchema, row: Row): boolean;
  canEdit(object: ObjectSchema, row: Row): boolean;
  canDelete(object: ObjectSchema, row: Row): boolean;
  /** Whether a record may point to another through the field. */
  canReferTo(field: FieldSchema, target: ObjectSchema, row: Row): boolean;
}

export interface DmlRequest {
  readonly operation: DmlOperation;
  readonly records: readonly SObject[];
  /** True: one failure takes everything back. False: what can be saved is saved. */
  readonly allOrNone: boolean;
  /** Upsert only: the field that identifies records; the Id when absent. */
  readonly externalId?: FieldSchema | undefined;
  /** Whose sharing the request is held to. */
  readonly guard?: RecordGuard | undefined;
  /** Delete only: the record that the others are merged into. */
  readonly mergedInto?: string | undefined;
  /** Records by position that are refused before anything is done with them. */
  readonly refused?: ReadonlyMap<number, RecordError> | undefined;
}
