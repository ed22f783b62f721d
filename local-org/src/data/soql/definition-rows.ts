import type { SoqlComparison } from '../../apex/syntax/ast.js';
import type { FieldSchema, FieldType, ObjectSchema, SchemaRegistry } from '../schema/index.js';
import { rowValues, type Row } from '../store/index.js';
import type { FieldValue } from '../values/index.js';
import { SoqlError } from './context.js';

/** Objects whose rows nobody stores: they show the schema (Object Reference: EntityDefinition, FieldDefinition). */
const ENTITY = 'EntityDefinition';
const FIELD = 'FieldDefinition';
/** The same for a field, part of an address or not; metadata relationships point to either. */
const PARTICLE = 'EntityParticle';

export function isDefinition(object: ObjectSchema): boolean {
  return object.name === ENTITY || object.name === FIELD || object.name === PARTICLE;
}

const developerName = (name: string): string => name.replace(/__[a-z]+$/i, '');

/** An object as its EntityDefinition row. */
function entityRow(object: ObjectSchema): Row {
  const isData = object.kind === 'standard' || object.kind === 'custom';
  return row(object.name, {
    DurableId: object.name,
    QualifiedApiName: object.name,
    DeveloperName: developerName(object.name),
    MasterLabel: object.label,
    Label: object.label,
    PluralLabel: object.pluralLabel,
    KeyPrefix: object.keyPrefix,
    NamespacePrefix: null,
    IsCustomSetting: object.kind === 'listSetting' || object.kind === 'hierarchySetting',
    IsCustomizable: true,
    IsQueryable: object.kind !== 'platformEvent',
    IsRetrieveable: object.kind !== 'platformEvent',
    IsSearchable: isData,
    IsTriggerable: isData || object.kind === 'platformEvent',
    IsApexTriggerable: isData || object.kind === 'platformEvent',
    IsWorkflowEnabled: isData,
    IsLayoutable: isData,
    IsDeprecatedAndHidden: false,
    IsFeedEnabled: false,
    IsInterface: false,
    IsSubtype: false,
    HasSubtypes: false,
    IsIdEnabled: true,
    IsEverCreatable: object.kind !== 'customMetadata',
    IsEverUpdatable: object.kind !== 'customMetadata' && object.kind !== 'platformEvent',
    IsEverDeletable: object.kind !== 'customMetadata' && object.kind !== 'platformEvent',
  });
}

/** How FieldDefinition.DataType describes a type. */
const DATA_TYPES: Partial<Record<FieldType, (field: FieldSchema) => string>> = {
  string: (field) => (field.autoNumber === undefined ? `Text(${String(field.length ?? 255)})` : 'Auto Number'),
  textarea: (field) => ((field.length ?? 255) > 255 ? `Long Text Area(${String(field.length)})` : 'Text Area(255)'),
  boolean: () => 'Checkbox',
  date: () => 'Date',
  datetime: () => 'Date/Time',
  time: () => 'Time',
  email: () => 'Email',
  phone: () => 'Phone',
  url: () => `URL(255)`,
  picklist: () => 'Picklist',
  multipicklist: () => 'Picklist (Multi-Select)',
  int: () => 'Number(9, 0)',
  double: (field) => `Number(${String((field.precision ?? 18) - (field.scale ?? 0))}, ${String(field.scale ?? 0)})`,
  currency: (field) => `Currency(${String((field.precision ?? 18) - (field.scale ?? 0))}, ${String(field.scale ?? 0)})`,
  percent: (field) => `Percent(${String((field.precision ?? 18) - (field.scale ?? 0))}, ${String(field.scale ?? 0)})`,
  id: () => 'Lookup()',
  reference: (field) =>
    field.masterDetail ? `Master-Detail(${field.referenceTo.join(',')})` : `Lookup(${field.referenceTo.join(',')})`,
};

/** A field as its FieldDefinition row. */
function fieldRow(object: ObjectSchema, field: FieldSchema): Row {
  const dataType = DATA_TYPES[field.type]?.(field) ?? field.type;
  return row(`${object.name}.${field.name}`, {
    DurableId: `${object.name}.${field.name}`,
    EntityDefinitionId: object.name,
    QualifiedApiName: field.name,
    DeveloperName: developerName(field.name),
    MasterLabel: field.label,
    Label: field.label,
    NamespacePrefix: null,
    DataType: field.formula === undefined ? dataType : `Formula (${dataType.replace(/\(.*/, '')})`,
    Length: field.length ?? 0,
    Precision: field.precision ?? 0,
    Scale: field.scale ?? 0,
    RelationshipName: field.relationshipName ?? null,
    Description: null,
    IsCalculated: field.formula !== undefined,
    IsNameField: field.nameField,
    IsNillable: !field.required,
    IsIndexed: field.unique || field.externalId || field.type === 'id' || field.type === 'reference',
    IsHtmlFormatted: field.html,
    IsPolymorphicForeignKey: field.referenceTo.length > 1,
    IsCompound: field.type === 'address' || field.type === 'location',
  });
}

function row(id: string, values: Readonly<Record<string, FieldValue>>): Row {
  return { id, deleted: false, values: rowValues(Object.entries({ Id: id, ...values })) };
}

/** Names that the conditions allow for one of the fields; undefined when they do not say. */
type NamesOf = (part: SoqlComparison) => readonly string[] | undefined;

/**
 * Rows of a definition object that can match the conditions. Fields are only listed for objects that the conditions name, as on the platform.
 * @throws SoqlError when fields are asked for without saying of which object
 */
export function definitionRows(
  schema: SchemaRegistry,
  object: ObjectSchema,
  conditions: readonly SoqlComparison[],
  namesOf: NamesOf,
): Iterable<Row> {
  const named = (...paths: readonly string[]): readonly string[] | undefined => {
    for (const part of conditions) {
      if (part.left.kind !== 'path') continue;
      const path = part.left.path.segments.map((segment) => segment.name.toLowerCase()).join('.');
      const names = paths.includes(path) ? namesOf(part) : undefined;
      if (names !== undefined) return names;
    }
    return undefined;
  };
  const objects = (names: readonly string[]): readonly ObjectSchema[] =>
    names.flatMap((name) => schema.object(name) ?? []);
  if (object.name === ENTITY)
    return objects(named('qualifiedapiname', 'durableid', 'developername') ?? schema.allNames()).map(entityRow);
  const owners = named(
    'entitydefinition.qualifiedapiname',
    'entitydefinitionid',
    'entitydefinition.durableid',
    'entitydefinition.developername',
  );
  if (owners !== undefined)
    return objects(owners).flatMap((owner) => [...owner.fields.values()].map((field) => fieldRow(owner, field)));
  const durable = named('durableid');
  if (durable === undefined) throw new SoqlError('A query on FieldDefinition needs a filter on EntityDefinition.');
  return durable.flatMap((name) => definitionRow(schema, FIELD, name) ?? []);
}

/** The definition that a metadata relationship's text names: an object, or a field as `Account.Name`. */
export function definitionRow(schema: SchemaRegistry, objectName: string, name: string): Row | undefined {
  if (objectName === ENTITY) {
    const object = schema.object(name);
    return object === undefined ? undefined : entityRow(object);
  }
  const dot = name.indexOf('.');
  const owner = dot < 0 ? undefined : schema.object(name.slice(0, dot));
  const field = owner?.fields.get(name.slice(dot + 1).toLowerCase());
  return owner === undefined || field === undefined ? undefined : fieldRow(owner, field);
}
