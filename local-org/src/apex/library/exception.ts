import {
  apexError,
  ApexList,
  ApexMap,
  ApexSet,
  type ApexThrowable,
  defaultMessage,
  PlatformException,
  stackTrace,
  throwableFrames,
  type ApexRuntime,
  type DmlFailure,
  type LibraryModule,
  type LibraryTable,
} from '../runtime/index.js';
import { platformType } from '../platform-types/index.js';
import { PRIMITIVES, type ApexType } from '../types/types.js';
import { fieldToken } from './schema-tokens.js';

function failure(self: ApexThrowable, index: number): DmlFailure {
  const found = self.$x.dmlFailures[index];
  if (found === undefined) throw apexError('ListException', `List index out of bounds: ${index}`);
  return found;
}

const fieldNames = (self: ApexThrowable, index: number): ApexList =>
  new ApexList(PRIMITIVES.String, [...failure(self, index).fields]);

function fieldTokens(runtime: ApexRuntime, self: ApexThrowable, index: number): ApexList {
  const found = failure(self, index);
  const object = found.id === null ? undefined : runtime.schema.objectOfId(found.id);
  const tokens = object === undefined ? [] : found.fields.map((name) => fieldToken(runtime, object.name, name));
  return new ApexList({ kind: 'platform', name: 'Schema.SObjectField', args: [] }, tokens);
}

const NAMES: ApexType = { kind: 'set', element: PRIMITIVES.String };

/** Names of fields by object, of a query in user mode. */
function inaccessibleFields(self: ApexThrowable): ApexMap {
  const entries = [...(self.$x.inaccessibleFields ?? [])].map(([object, names]): [unknown, unknown] => [
    object,
    new ApexSet(PRIMITIVES.String, names),
  ]);
  return new ApexMap(PRIMITIVES.String, NAMES, entries);
}

/** System.Exception: what every exception answers. */
export const exceptionModule: LibraryModule = {
  owner: 'System.Exception',
  members: (runtime) => ({
    getCause: (self: ApexThrowable) => self.$x.cause,
    getLineNumber: (self: ApexThrowable) => throwableFrames(self)[0]?.line ?? 0,
    getMessage: (self: ApexThrowable) => self.$x.message ?? defaultMessage(self),
    getStackTraceString: stackTrace,
    getTypeName: (self: ApexThrowable) => self.$typeName,
    initCause: (self: ApexThrowable, cause: ApexThrowable) => {
      self.$x.cause = cause;
    },
    setMessage: (self: ApexThrowable, message: string) => {
      self.$x.message = message;
    },
    getDmlFieldNames: fieldNames,
    getDmlFields: (self: ApexThrowable, index: number) => fieldTokens(runtime, self, index),
    getDmlId: (self: ApexThrowable, index: number) => failure(self, index).id,
    getDmlIndex: (self: ApexThrowable, index: number) => failure(self, index).index,
    getDmlMessage: (self: ApexThrowable, index: number) => failure(self, index).message,
    getDmlStatusCode: (self: ApexThrowable, index: number) => failure(self, index).statusCode,
    getDmlType: (self: ApexThrowable, index: number) =>
      runtime.platformEnum('System.StatusCode', failure(self, index).statusCode),
    getNumDml: (self: ApexThrowable) => self.$x.dmlFailures.length,
    toString: (self: ApexThrowable) => runtime.text(self),
  }),
};

/** What a constructor of it is told goes to the Lightning component alone: Apex has only what `setMessage` says. */
const FOR_CLIENTS = 'System.AuraHandledException';

/** Constructors of the platform's exceptions: (), (message), (cause), (message, cause). */
function construct(type: string): LibraryTable {
  return {
    '<init>': (first?: string | ApexThrowable | null, second?: ApexThrowable | null) => {
      if (typeof first === 'string')
        return new PlatformException(type, type === FOR_CLIENTS ? null : first, second ?? null);
      return new PlatformException(type, null, first ?? null);
    },
  };
}

/** Exceptions that tell which fields the user may not use. */
const TELLING: ReadonlySet<string> = new Set(['System.NoAccessException', 'System.QueryException']);

/** The module of an exception of the platform; all of them are made alike. */
export function exceptionModuleOf(typeName: string): LibraryModule | undefined {
  const type = /Exception$/i.test(typeName) ? platformType(typeName) : undefined;
  if (type === undefined) return undefined;
  const own = TELLING.has(type.name) ? { getInaccessibleFields: inaccessibleFields } : {};
  return { owner: type.name, members: () => ({ ...construct(type.name), ...own }) };
}
