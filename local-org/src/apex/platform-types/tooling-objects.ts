import type { FieldValueType, StandardField, StandardObject } from '../../model/index.js';

/** Names of the fields that hold values, by the type of value. */
type Fields = readonly (readonly [FieldValueType, ...names: readonly string[]])[];
type References = readonly (readonly [field: string, relationship: string, ...targets: readonly string[]])[];

interface ToolingObject {
  readonly fields: Fields;
  readonly references: References;
  /** Records that go with a record of the object. */
  readonly children?: StandardObject['childRelationships'];
}

const AUDIT: Fields = [
  ['Id', 'Id'],
  ['Boolean', 'IsDeleted'],
  ['Datetime', 'CreatedDate', 'LastModifiedDate', 'SystemModstamp'],
];
const AUDITORS: References = [
  ['CreatedById', 'CreatedBy', 'User'],
  ['LastModifiedById', 'LastModifiedBy', 'User'],
];
const NAMED: Fields = [...AUDIT, ['String', 'DeveloperName', 'MasterLabel', 'NamespacePrefix']];
const CODE = ['ApexClass', 'ApexTrigger'] as const;
const LEVELS = [
  'ApexCode',
  'ApexProfiling',
  'Callout',
  'Database',
  'Nba',
  'System',
  'Validation',
  'Visualforce',
  'Wave',
  'Workflow',
] as const;

/** Objects that the Tooling API has and Apex has not, by name (Tooling API Developer Guide: one page per object). */
const TOOLING_OBJECTS: Readonly<Record<string, ToolingObject>> = {
  DebugLevel: {
    fields: [...AUDIT, ['String', 'DeveloperName', 'Language', 'MasterLabel', ...LEVELS]],
    references: AUDITORS,
    children: [{ name: 'TraceFlags', object: 'TraceFlag', field: 'DebugLevelId' }],
  },
  TraceFlag: {
    fields: [...AUDIT, ['String', 'LogType'], ['Datetime', 'StartDate', 'ExpirationDate']],
    references: [
      ...AUDITORS,
      ['DebugLevelId', 'DebugLevel', 'DebugLevel'],
      ['TracedEntityId', 'TracedEntity', 'User', ...CODE],
    ],
  },
  ApexCodeCoverage: {
    fields: [...AUDIT, ['String', 'Coverage', 'TestMethodName'], ['Integer', 'NumLinesCovered', 'NumLinesUncovered']],
    references: [
      ...AUDITORS,
      ['ApexClassOrTriggerId', 'ApexClassOrTrigger', ...CODE],
      ['ApexTestClassId', 'ApexTestClass', 'ApexClass'],
    ],
  },
  ApexCodeCoverageAggregate: {
    fields: [...AUDIT, ['String', 'Coverage'], ['Integer', 'NumLinesCovered', 'NumLinesUncovered']],
    references: [...AUDITORS, ['ApexClassOrTriggerId', 'ApexClassOrTrigger', ...CODE]],
  },
  ApexOrgWideCoverage: { fields: [...AUDIT, ['Integer', 'PercentCovered']], references: AUDITORS },
  CustomObject: { fields: NAMED, references: AUDITORS },
  ExternalCredential: { fields: [...NAMED, ['String', 'AuthenticationProtocol']], references: AUDITORS },
  ExternalCredentialParameter: {
    fields: [
      ...AUDIT,
      ['String', 'ParameterGroup', 'ParameterName', 'ParameterType', 'ParameterValue'],
      ['Integer', 'SequenceNumber'],
    ],
    references: [...AUDITORS, ['ExternalCredentialId', 'ExternalCredential', 'ExternalCredential']],
  },
  FlowDefinition: { fields: NAMED, references: AUDITORS },
};

const NAMES = new Map(Object.keys(TOOLING_OBJECTS).map((name) => [name.toLowerCase(), name]));
const built = new Map<string, StandardObject>();

/** Names of the objects that only the Tooling API has. */
export function toolingObjectNames(): readonly string[] {
  return [...NAMES.values()];
}

/** Is it an object that only the Tooling API has? Any letter case. */
export function isToolingObject(name: string): boolean {
  return NAMES.has(name.toLowerCase());
}

/** An object that only the Tooling API has; any letter case. */
export function toolingObject(name: string): StandardObject | undefined {
  const exact = NAMES.get(name.toLowerCase());
  const table = exact === undefined ? undefined : TOOLING_OBJECTS[exact];
  if (exact === undefined || table === undefined) return undefined;
  let object = built.get(exact);
  if (object === undefined) {
    object = { name: exact, fields: new Map(fieldsOf(table)), childRelationships: table.children ?? [] };
    built.set(exact, object);
  }
  return object;
}

function* fieldsOf({ fields, references }: ToolingObject): Generator<readonly [string, StandardField]> {
  for (const [type, ...names] of fields) for (const name of names) yield entry(name, type);
  for (const [name, relationship, ...targets] of references) yield entry(name, 'Id', relationship, targets);
}

function entry(
  name: string,
  valueType: FieldValueType,
  relationshipName?: string,
  referenceTo: readonly string[] = [],
): readonly [string, StandardField] {
  return [name.toLowerCase(), { name, valueType, referenceTo, relationshipName }];
}
