import type { ApexRuntime } from '../../../apex/runtime/index.js';
import { SoqlError, type ObjectSchema } from '../../../data/index.js';
import { ApiError, notFound } from '../../api-error.js';

/**
 * Objects of development hubs and production orgs. The tables know them, but an org that is neither has none of them; the SF CLI asks for
 * them to find out what an org is.
 */
const ABSENT_OBJECTS: ReadonlySet<string> = new Set([
  'scratchorginfo',
  'activescratchorg',
  'sandboxprocess',
  'sandboxinfo',
]);

/** Objects whose rows follow metadata or the platform's own work: they are read, never written. */
const READ_ONLY_OBJECTS: ReadonlySet<string> = new Set([
  'ApexClass',
  'ApexTrigger',
  'AsyncApexJob',
  'CronTrigger',
  'CronJobDetail',
  'CustomNotificationType',
  'Organization',
  'Profile',
  'RecordType',
]);

export function isAbsentObject(name: string): boolean {
  return ABSENT_OBJECTS.has(name.toLowerCase());
}

/** An object that a path names. @throws ApiError when there is none */
export function objectOf(runtime: ApexRuntime, name: string | undefined): ObjectSchema {
  const object = name === undefined || isAbsentObject(name) ? undefined : runtime.schema.object(name);
  if (object === undefined) throw notFound();
  return object;
}

/** @throws SoqlError for an object of orgs of another kind */
export function refuseAbsentObject(name: string): void {
  if (isAbsentObject(name)) throw new SoqlError(`sObject type '${name}' is not supported.`, 'INVALID_TYPE');
}

export type WriteOperation = 'insert' | 'update' | 'upsert' | 'delete';

/** How the platform words that nobody can do something with any record of an object. */
const DONE: Readonly<Record<WriteOperation, string>> = {
  insert: 'inserted',
  update: 'updated',
  upsert: 'upserted',
  delete: 'deleted',
};

export function isWritable(object: ObjectSchema, operation: WriteOperation): boolean {
  if (object.kind === 'platformEvent') return operation === 'insert';
  if (object.kind === 'custom' || object.kind === 'listSetting' || object.kind === 'hierarchySetting') return true;
  return (
    object.kind === 'standard' &&
    !READ_ONLY_OBJECTS.has(object.name) &&
    !(object.name === 'User' && operation === 'delete')
  );
}

/** @throws ApiError when records of the object are only read */
export function requireWritable(object: ObjectSchema, operation: WriteOperation): void {
  if (isWritable(object, operation)) return;
  throw new ApiError(400, 'INVALID_TYPE_FOR_OPERATION', `entity type cannot be ${DONE[operation]}: ${object.label}`);
}
