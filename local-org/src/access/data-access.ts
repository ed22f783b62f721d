import type { ReadAccess, TriggerOperation, WriteAccess } from '../data/index.js';
import type { UserAccess } from './permissions/user-access.js';
import type { ObjectRights } from './permissions/rights.js';

/** A query held to the user's permissions on objects and fields. */
export function readAccessOf(access: UserAccess, mode: ReadAccess['mode']): ReadAccess {
  return {
    mode,
    canReadObject: (object) => access.rightsOn(object).read,
    canReadField: (object, field) => access.canReadField(object, field),
  };
}

const NEEDED: Readonly<Record<TriggerOperation, keyof ObjectRights>> = {
  insert: 'create',
  update: 'edit',
  delete: 'delete',
  undelete: 'delete',
};

/** A write held to the user's permissions on objects and fields. */
export function writeAccessOf(access: UserAccess): WriteAccess {
  return {
    canWriteObject: (object, operation) => access.rightsOn(object)[NEEDED[operation]],
    canWriteField: (object, field, operation) => access.canWriteField(object, field, operation),
  };
}
