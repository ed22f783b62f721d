import { ApexDatetime, type FieldValue, type RecordError, type Store } from '../../data/index.js';
import { USER_LOG_TYPES } from './trace-flags.js';

/** Longest time that a trace flag may be active. */
const LONGEST_MS = 24 * 60 * 60 * 1000;

/** A trace flag as it would be saved. */
export interface ProposedFlag {
  /** Undefined for a new one. */
  readonly id: string | undefined;
  value(field: string): FieldValue;
}

const refusal = (message: string, ...fields: readonly string[]): RecordError => ({
  statusCode: 'FIELD_INTEGRITY_EXCEPTION',
  message,
  fields,
});

function instant(value: FieldValue, otherwise: number): number {
  return value instanceof ApexDatetime ? value.ms : otherwise;
}

/**
 * Why a trace flag cannot be saved; undefined when it can (Tooling API Developer Guide: TraceFlag). Types of flags that make no logs of a user
 * are refused by name: the local org does not filter by class.
 * @param now milliseconds since 1970
 */
export function refuseTraceFlag(store: Store, flag: ProposedFlag, now: number): RecordError | undefined {
  const type = flag.value('LogType');
  if (typeof type === 'string' && !USER_LOG_TYPES.has(type))
    return refusal(`The local org does not support trace flags of the type ${type}.`, 'LogType');
  const start = instant(flag.value('StartDate'), now);
  const expiration = instant(flag.value('ExpirationDate'), Infinity);
  if (expiration <= start) return refusal('The expiration date must be after the start date.', 'ExpirationDate');
  if (expiration !== Infinity && expiration > start + LONGEST_MS)
    return refusal('The expiration date must be within 24 hours of the start date.', 'ExpirationDate');
  const traced = flag.value('TracedEntityId');
  if (typeof traced !== 'string') return undefined;
  if (store.rowOfId(traced)?.object.name !== 'User')
    return refusal('The local org traces users only.', 'TracedEntityId');
  return isTraced(store, traced, String(type), flag.id)
    ? refusal('This entity is already being traced.', 'TracedEntityId')
    : undefined;
}

/** One flag of a type at a time for each user. */
function isTraced(store: Store, userId: string, type: string, exceptId: string | undefined): boolean {
  const flags = store.schema.object('TraceFlag');
  const field = flags?.fields.get('tracedentityid');
  if (flags === undefined || field === undefined) return false;
  const table = store.table(flags);
  return [...table.indexOf(field).find(userId)].some((id) => {
    const row = table.get(id);
    return row !== undefined && !row.deleted && id !== exceptId && row.values['LogType'] === type;
  });
}
