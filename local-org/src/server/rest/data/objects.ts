import { isToolingObject, toolingObjectNames } from '../../../apex/index.js';
import { recordAccess, runningAccess, type ApexRuntime } from '../../../apex/runtime/index.js';
import { SoqlError, type FieldSchema, type ObjectSchema, type Row } from '../../../data/index.js';
import { ApiError, notFound, notSupported } from '../../api-error.js';
import type { Api } from './api.js';

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

/** Objects of the data API that the Tooling API shows as well, besides those that it has for itself. Whoever keeps rows of more adds them. */
const SHARED_WITH_TOOLING: readonly string[] = [
  'ApexClass',
  'ApexLog',
  'ApexTestQueueItem',
  'ApexTestResult',
  'ApexTestRunResult',
  'ApexTrigger',
  'EntityDefinition',
  'FieldDefinition',
  'Organization',
  'PermissionSet',
  'PermissionSetAssignment',
  'Profile',
  'RecordType',
  'User',
];
const SHARED = new Set(SHARED_WITH_TOOLING.map((name) => name.toLowerCase()));

/** Objects whose rows follow metadata or the platform's own work: they are read, never written. */
const READ_ONLY_OBJECTS: ReadonlySet<string> = new Set([
  'ApexClass',
  'ApexCodeCoverage',
  'ApexCodeCoverageAggregate',
  'ApexOrgWideCoverage',
  'ApexTestResult',
  'ApexTestRunResult',
  'ApexTrigger',
  'AsyncApexJob',
  'CronTrigger',
  'CronJobDetail',
  'CustomNotificationType',
  'EntityDefinition',
  'FieldDefinition',
  'Organization',
  'Profile',
  'RecordType',
]);

/** Single operations that objects do not allow although others work. */
const REFUSED_OPERATIONS: Readonly<Record<string, readonly WriteOperation[]>> = {
  ApexLog: ['insert', 'update', 'upsert'],
  ApexTestQueueItem: ['insert', 'upsert', 'delete'],
  User: ['delete'],
};

/** Whether the API has an object of that name. */
export function isShown(name: string, api: Api): boolean {
  if (ABSENT_OBJECTS.has(name.toLowerCase())) return false;
  if (api === 'data') return !isToolingObject(name);
  return isToolingObject(name) || SHARED.has(name.toLowerCase());
}

/** Every object that the Tooling API shows. */
export function toolingNames(): readonly string[] {
  return [...SHARED_WITH_TOOLING, ...toolingObjectNames()].sort();
}

/** Whether a list of all objects has it. */
export function isListed(name: string): boolean {
  return isShown(name, 'data');
}

/** An object that a path names. @throws ApiError when there is none, or the user may not read it */
export function objectOf(runtime: ApexRuntime, name: string | undefined, api: Api = 'data'): ObjectSchema {
  const object = name === undefined || !isShown(name, api) ? undefined : runtime.schema.object(name);
  if (object === undefined || !runningAccess(runtime).rightsOn(object).read) throw notFound();
  return object;
}

/** Fields of the object that the user may read. */
export function readableFields(runtime: ApexRuntime, object: ObjectSchema): readonly FieldSchema[] {
  const access = runningAccess(runtime);
  return [...object.fields.values()].filter((field) => access.canReadField(object, field));
}

/** Whether sharing shows the user a record; one that it hides does not exist for the user. */
export function isVisible(runtime: ApexRuntime, object: ObjectSchema, row: Row): boolean {
  return recordAccess(runtime, 'user')?.canRead(object, row) !== false;
}

/** Refuses a query on an object that the API does not show. @throws SoqlError; ApiError naming a tooling object that the org does not keep */
export function requireQueryable(name: string, api: Api, at?: SoqlError['at']): void {
  if (isShown(name, api)) return;
  if (api === 'tooling' && !ABSENT_OBJECTS.has(name.toLowerCase())) throw notSupported(`tooling queries on ${name}`);
  throw new SoqlError(`sObject type '${name}' is not supported.`, 'INVALID_TYPE', at);
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
  if (
    object.kind === 'custom' ||
    object.kind === 'share' ||
    object.kind === 'listSetting' ||
    object.kind === 'hierarchySetting'
  )
    return true;
  return (
    object.kind === 'standard' &&
    !READ_ONLY_OBJECTS.has(object.name) &&
    REFUSED_OPERATIONS[object.name]?.includes(operation) !== true
  );
}

/** @throws ApiError when records of the object are only read */
export function requireWritable(object: ObjectSchema, operation: WriteOperation): void {
  if (isWritable(object, operation)) return;
  throw new ApiError(400, 'INVALID_TYPE_FOR_OPERATION', `entity type cannot be ${DONE[operation]}: ${object.label}`);
}
