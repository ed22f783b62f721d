import { standardObjectNames } from '../../../apex/index.js';
import { runningAccess, type ApexRuntime } from '../../../apex/runtime/index.js';
import type { ObjectSchema } from '../../../data/index.js';
import { ok, type RestAnswer, type RestCall, type RestRoute } from '../route.js';
import { describeField } from './describe-field.js';
import { baseOf } from './api.js';
import { isListed, isWritable, objectOf, readableFields, toolingNames } from './objects.js';

function sobjectsOf(call: RestCall): string {
  return `${baseOf(call)}/sobjects`;
}

function urlsOf(base: string, name: string): Readonly<Record<string, string>> {
  const own = `${base}/${name}`;
  return { sobject: own, describe: `${own}/describe`, rowTemplate: `${own}/{ID}` };
}

/** The part of a describe that lists of objects have too. */
function summary(runtime: ApexRuntime, base: string, object: ObjectSchema): object {
  const { kind, name } = object;
  const rights = runningAccess(runtime).rightsOn(object);
  const isQueryable = kind !== 'platformEvent';
  return {
    ...flags(name, kind === 'listSetting' || kind === 'hierarchySetting'),
    createable: rights.create && isWritable(object, 'insert'),
    deletable: rights.delete && isWritable(object, 'delete'),
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.pluralLabel,
    queryable: isQueryable,
    replicateable: isQueryable && kind !== 'customMetadata',
    retrieveable: isQueryable,
    triggerable: kind === 'standard' || kind === 'custom' || kind === 'platformEvent',
    undeletable: kind === 'standard' || kind === 'custom',
    updateable: rights.edit && isWritable(object, 'update'),
    name,
    urls: urlsOf(base, name),
  };
}

function flags(name: string, customSetting: boolean): object {
  return {
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    custom: /__(?:c|e|mdt|b|x)$/i.test(name),
    customSetting,
    deepCloneable: false,
    deprecatedAndHidden: false,
    feedEnabled: false,
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    layoutable: true,
    mergeable: ['Account', 'Contact', 'Lead', 'Case'].includes(name),
    mruEnabled: false,
    searchable: false,
  };
}

/**
 * All objects. Standard ones that nothing has used yet are listed by their names alone: building thousands of them for a list would
 * give each of them a key prefix for ever.
 */
function listObjects(call: RestCall): RestAnswer {
  const base = sobjectsOf(call);
  return call.read((runtime) => {
    const used = new Set([...runtime.schema.builtNames(), ...runtime.schema.deployedNames()]);
    const names = [...new Set([...standardObjectNames(), ...used])].filter(isListed).sort();
    const sobjects = names.map((name) => {
      const object = used.has(name) ? runtime.schema.object(name) : undefined;
      return object === undefined ? unused(base, name) : summary(runtime, base, object);
    });
    return ok({ encoding: 'UTF-8', maxBatchSize: 200, sobjects });
  });
}

/** The few objects of the Tooling API, all described. */
function listToolingObjects(call: RestCall): RestAnswer {
  const base = sobjectsOf(call);
  return call.read((runtime) => {
    const objects = toolingNames().flatMap((name) => runtime.schema.object(name) ?? []);
    const sobjects = objects.map((object) => summary(runtime, base, object));
    return ok({ encoding: 'UTF-8', maxBatchSize: 200, sobjects });
  });
}

function unused(base: string, name: string): object {
  return {
    ...flags(name, false),
    keyPrefix: null,
    label: name,
    labelPlural: `${name}s`,
    name,
    urls: urlsOf(base, name),
  };
}

/** What every client can know about an object. */
function describe(call: RestCall, runtime: ApexRuntime, object: ObjectSchema): RestAnswer {
  return ok({
    actionOverrides: [],
    ...summary(runtime, sobjectsOf(call), object),
    childRelationships: [...object.children.values()].map((relation) => ({
      cascadeDelete: runtime.schema.cascades(relation),
      childSObject: relation.object,
      deprecatedAndHidden: false,
      field: relation.field,
      junctionIdListNames: [],
      junctionReferenceTo: [],
      relationshipName: relation.name === '' ? null : relation.name,
      restrictedDelete: false,
    })),
    compactLayoutable: false,
    fields: readableFields(runtime, object).map((field) => describeField(runningAccess(runtime), object, field)),
    listviewable: null,
    lookupLayoutable: null,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    recordTypeInfos: recordTypeInfos(runtime, object),
    searchLayoutable: false,
    supportedScopes: [{ label: 'Everything', name: 'everything' }],
  });
}

/** The Id that stands for having no record type, in every org. */
const MASTER_RECORD_TYPE = '012000000000000AAA';

function recordTypeInfos(runtime: ApexRuntime, object: ObjectSchema): readonly object[] {
  const types = runtime.schema.object('RecordType');
  const rows = types === undefined ? [] : [...runtime.data.store.table(types).all()];
  const own = object.recordTypes.map(({ developerName, label, active }) => ({
    active,
    available: active,
    defaultRecordTypeMapping: false,
    developerName,
    master: false,
    name: label,
    recordTypeId: rows.find(
      ({ values }) => values['SobjectType'] === object.name && values['DeveloperName'] === developerName,
    )?.id,
  }));
  const master = {
    active: true,
    available: true,
    defaultRecordTypeMapping: true,
    developerName: 'Master',
    master: true,
    name: 'Master',
  };
  return [...own, { ...master, recordTypeId: MASTER_RECORD_TYPE }];
}

function basic(call: RestCall, runtime: ApexRuntime): RestAnswer {
  const object = objectOf(runtime, call.params['object']);
  return ok({ objectDescribe: summary(runtime, sobjectsOf(call), object), recentItems: [] });
}

/** What objects there are, and what they look like. */
export const DESCRIBE_ROUTES: readonly RestRoute[] = [
  { method: 'GET', path: '/sobjects', run: listObjects },
  { method: 'GET', path: '/tooling/sobjects', run: listToolingObjects },
  { method: 'GET', path: '/sobjects/:object', run: (call) => call.read((runtime) => basic(call, runtime)) },
  {
    method: 'GET',
    path: '/sobjects/:object/describe',
    run: (call) => call.read((runtime) => describe(call, runtime, objectOf(runtime, call.params['object']))),
  },
  // The SF CLI finds out by `SourceMember` whether an org tracks sources; this one does not, so there is none.
  {
    method: 'GET',
    path: '/tooling/sobjects/:object/describe',
    run: (call) => call.read((runtime) => describe(call, runtime, objectOf(runtime, call.params['object'], 'tooling'))),
  },
];
