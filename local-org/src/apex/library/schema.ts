import { applyDefaults, type SObject } from '../../data/index.js';
import { apexError, ApexList, type ApexMap, type ApexRuntime, type LibraryModule } from '../runtime/index.js';
import { platform, PRIMITIVES } from '../types/types.js';
import { required, text } from './arguments.js';
import { CaselessMap } from './caseless-map.js';
import { describeOf } from './describe-field.js';
import { describeObject, FieldMapHolder, type DescribeObject } from './describe-object.js';
import { FieldSetMapHolder, fieldSetOf } from './field-set.js';
import { fieldToken, objectToken, objectTokenStorage, type ObjectToken } from './schema-tokens.js';

/** `newSObject(recordTypeId, loadDefaults)`: with defaults, what the fields' default values give. */
function newRecord(
  runtime: ApexRuntime,
  token: ObjectToken,
  recordTypeId: string | null,
  loadDefaults: boolean,
): SObject {
  const record = runtime.record(token.object.name);
  if (recordTypeId !== null) record.set('RecordTypeId', recordTypeId);
  if (loadDefaults) applyDefaults(runtime.data.formulas, record);
  return record;
}

export const schemaModules: readonly LibraryModule[] = [
  {
    owner: 'Schema.SObjectType',
    storable: objectTokenStorage,
    members: (runtime) => ({
      getDescribe: (self: ObjectToken) => describeObject(self.object),
      'newSObject/0': (self: ObjectToken) => runtime.record(self.object.name),
      'newSObject/1': (self: ObjectToken, id: string | null) => runtime.record(self.object.name, { Id: id }),
      'newSObject/2': (self: ObjectToken, recordTypeId: string | null, loadDefaults: boolean | null) =>
        newRecord(runtime, self, recordTypeId, loadDefaults === true),
      toString: (self: ObjectToken) => self.object.name,
      equals: (self: ObjectToken, other: unknown) => self === other,
      hashCode: (self: ObjectToken) => self.object.name.length,
    }),
  },
  {
    owner: 'System.Schema',
    members: (runtime) => ({
      getGlobalDescribe: () => globalDescribe(runtime),
      describeSObjects: (names: ApexList) =>
        new ApexList(
          platform('Schema.DescribeSObjectResult'),
          required(names).items.map((name) => describeNamed(runtime, String(name))),
        ),
    }),
  },
  {
    owner: 'Internal.Schema',
    members: (runtime) => ({
      describeObject: (name: string) => describeObject(runtime.object(name)),
      describeField: (object: string, field: string) => describeOf(fieldToken(runtime, object, field)),
      describeMembers: (kind: string, object: string) =>
        kind === 'describeFieldSets'
          ? new FieldSetMapHolder(runtime.object(object))
          : new FieldMapHolder(runtime.object(object)),
      fieldSet: (object: string, name: string) => fieldSetOf(runtime, object, name),
    }),
  },
];

function describeNamed(runtime: ApexRuntime, name: string): DescribeObject {
  const object = runtime.objectNamed(text(name));
  if (object === undefined) throw apexError('InvalidParameterValueException', `Invalid sobject provided: ${name}`);
  return describeObject(object);
}

/** Every object is found when it is asked for; those of features that the org does not have are not listed. */
class GlobalDescribe extends CaselessMap {
  constructor(private readonly runtime: ApexRuntime) {
    super(
      PRIMITIVES.String,
      platform('Schema.SObjectType'),
      runtime.schema
        .listedNames()
        .map((name): [string, ObjectToken] => [name.toLowerCase(), objectToken(runtime, name)]),
    );
  }
  override get(key: unknown): unknown {
    return (
      super.get(key) ??
      (typeof key === 'string' && this.runtime.objectNamed(key) !== undefined ? objectToken(this.runtime, key) : null)
    );
  }
  override has(key: unknown): boolean {
    return this.get(key) !== null;
  }
}

function globalDescribe(runtime: ApexRuntime): ApexMap {
  return new GlobalDescribe(runtime);
}
