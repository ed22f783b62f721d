import type { StandardField, StandardObject } from '../../model/index.js';
import { KeyPrefixes } from './key-prefix.js';
import { kindOf, type ObjectDefinition } from './definition.js';
import { derivedFields, derivedName } from './derived.js';
import { listedObjects } from './edition.js';
import { STANDARD_CASCADES, STANDARD_FACTS } from './standard-facts.js';
import { rollUpType, type RollUp } from './roll-up.js';
import { systemFields } from './system-fields.js';
import {
  makeField,
  type ChildRelation,
  type FieldSchema,
  type FieldType,
  type ObjectKind,
  type ObjectSchema,
} from './types.js';

const STANDARD_TYPES: Readonly<Record<StandardField['valueType'], FieldType>> = {
  Id: 'reference',
  String: 'string',
  Boolean: 'boolean',
  Integer: 'int',
  Long: 'long',
  Double: 'double',
  Decimal: 'double',
  Date: 'date',
  Datetime: 'datetime',
  Time: 'time',
  Blob: 'base64',
  Address: 'address',
  Location: 'location',
};

const SYSTEM_READ_ONLY = new Set([
  'id',
  'isdeleted',
  'createddate',
  'createdbyid',
  'lastmodifieddate',
  'lastmodifiedbyid',
  'systemmodstamp',
  'lastvieweddate',
  'lastreferenceddate',
]);

/** Platform events that every org has (Platform Events Developer Guide: Standard Platform Event Objects). */
const STANDARD_EVENT = /^(BatchApexErrorEvent|FlowExecutionErrorEvent|\w+EventStream)$/;

/**
 * Every object of the org: the standard ones that every org has, plus what was deployed. Objects are built when they are first asked for.
 * Names are case-insensitive everywhere; the answers carry the exact case.
 */
export class SchemaRegistry {
  private readonly built = new Map<string, ObjectSchema | undefined>();
  private readonly definitions = new Map<string, ObjectDefinition>();
  private readonly childrenOf = new Map<string, ChildRelation[]>();
  private readonly byPrefix = new Map<string, string>();
  /** Summary fields by the lower-cased name of the object that they summarise. */
  private readonly summaries = new Map<
    string,
    readonly { readonly parentName: string; readonly fieldName: string }[]
  >();

  /**
   * @param standard looks up a standard object by name in any case
   * @param definitions deployed objects, and deployed additions to standard ones
   * @param prefixes those of the org, when it outlives this registry
   * @param standardNames names of all standard objects
   */
  constructor(
    private readonly standard: (name: string) => StandardObject | undefined,
    definitions: readonly ObjectDefinition[],
    private readonly prefixes = new KeyPrefixes(),
    private readonly standardNames: () => readonly string[] = () => [],
  ) {
    for (const definition of definitions) {
      this.definitions.set(definition.name.toLowerCase(), definition);
      for (const { field, childRelationshipName } of definition.fields) {
        this.noteChild(definition.name, field, childRelationshipName);
        this.noteSummary(definition.name, field);
      }
    }
    for (const definition of definitions) this.byPrefix.set(this.prefixes.prefixOf(definition.name), definition.name);
  }

  private noteSummary(parentName: string, { name: fieldName, rollUp }: FieldSchema): void {
    if (rollUp === undefined) return;
    const key = rollUp.childObject.toLowerCase();
    this.summaries.set(key, [...(this.summaries.get(key) ?? []), { parentName, fieldName }]);
  }

  private noteChild(object: string, field: FieldSchema, name: string | undefined): void {
    for (const parent of field.referenceTo) {
      const list = this.childrenOf.get(parent.toLowerCase()) ?? [];
      list.push({ name: name ?? '', object, field: field.name });
      this.childrenOf.set(parent.toLowerCase(), list);
    }
  }

  /** Roll-up summary fields over an object's records, with the object that has each. */
  summariesOf(
    childObject: string,
  ): readonly { readonly parent: ObjectSchema; readonly field: FieldSchema; readonly rollUp: RollUp }[] {
    return (this.summaries.get(childObject.toLowerCase()) ?? []).flatMap(({ parentName, fieldName }) => {
      const parent = this.object(parentName);
      const field = parent?.fields.get(fieldName.toLowerCase());
      return parent === undefined || field?.rollUp === undefined ? [] : [{ parent, field, rollUp: field.rollUp }];
    });
  }

  /** The object, or undefined when the org has none of that name. */
  object(name: string): ObjectSchema | undefined {
    const key = name.toLowerCase();
    if (!this.built.has(key)) {
      const schema = this.build(key);
      this.built.set(key, schema);
      if (schema !== undefined) this.byPrefix.set(schema.keyPrefix, schema.name);
    }
    return this.built.get(key);
  }

  /** The object that an Id belongs to, by its first three characters; known once the object was used. */
  objectOfId(id: string): ObjectSchema | undefined {
    const name = this.byPrefix.get(id.slice(0, 3));
    return name === undefined ? undefined : this.object(name);
  }

  /** Names of every object: the standard ones, then those that were deployed. */
  allNames(): readonly string[] {
    return [...new Set([...this.standardNames(), ...this.deployedNames()])];
  }

  /** Names of the objects that describes list. */
  listedNames(): readonly string[] {
    return [...new Set([...listedObjects(this.standardNames()), ...this.deployedNames()])];
  }

  /** Names of all deployed objects. */
  deployedNames(): readonly string[] {
    return [...this.definitions.values()].map((definition) => definition.name);
  }

  /** Whether children go with their parent. Does not build standard objects that nobody has used. */
  cascades({ object, field }: ChildRelation): boolean {
    const key = object.toLowerCase();
    if (!this.definitions.has(key) && !this.built.has(key))
      return STANDARD_CASCADES.has(`${key}.${field.toLowerCase()}`);
    return this.object(object)?.fields.get(field.toLowerCase())?.deleteConstraint === 'cascade';
  }

  /** Names of the objects that were asked for so far. */
  builtNames(): readonly string[] {
    return [...this.built.values()].flatMap((object) => (object === undefined ? [] : [object.name]));
  }

  private build(key: string): ObjectSchema | undefined {
    const definition = this.definitions.get(key);
    const standard =
      key.endsWith('__c') || key.endsWith('__mdt') || key.endsWith('__e') ? undefined : this.standard(key);
    if (standard !== undefined) return this.buildStandard(standard, definition);
    if (definition === undefined || kindOf(definition) === 'standard') return this.buildDerived(key);
    return this.buildCustom(definition);
  }

  /** Order__Share, Order__History and so on, which every custom object has; details are shared with their master. */
  private buildDerived(key: string): ObjectSchema | undefined {
    const derived = derivedName(key);
    const parent = derived === undefined ? undefined : this.object(derived.base);
    const made = derived === undefined || parent === undefined ? undefined : derivedFields(parent, derived.suffix);
    if (made === undefined || (derived?.suffix === 'share' && isDetail(parent))) return undefined;
    const fields = new Map(
      [...systemFields('standard', false), ...made.fields].map((field) => [field.name.toLowerCase(), field]),
    );
    return this.finish(made.name, derived?.suffix === 'share' ? 'share' : 'standard', undefined, fields, []);
  }

  private buildStandard(standard: StandardObject, definition: ObjectDefinition | undefined): ObjectSchema {
    const own = fieldsOfStandard(standard);
    const deployed = definition?.fields ?? [];
    const fields =
      deployed.length === 0
        ? own
        : new Map([
            ...own,
            ...deployed.flatMap(({ field }) =>
              withParts(this.typed(field)).map((each) => [each.name.toLowerCase(), each] as const),
            ),
          ]);
    const kind = STANDARD_EVENT.test(standard.name) ? 'platformEvent' : 'standard';
    return this.finish(standard.name, kind, definition, fields, standard.childRelationships);
  }

  private buildCustom(definition: ObjectDefinition): ObjectSchema {
    const kind = kindOf(definition);
    const detail = definition.fields.some(({ field }) => field.masterDetail);
    const fields = new Map<string, FieldSchema>();
    for (const field of systemFields(kind, !detail)) fields.set(field.name.toLowerCase(), field);
    const hasName = kind === 'custom' || kind === 'external';
    const nameField =
      definition.nameField ??
      (hasName ? makeField({ name: 'Name', type: 'string', length: 80, nameField: true }) : undefined);
    if (hasName && nameField !== undefined) fields.set('name', nameField);
    for (const { field } of definition.fields)
      for (const each of withParts(this.typed(field))) fields.set(each.name.toLowerCase(), each);
    const shared: readonly ChildRelation[] =
      kind === 'custom' && !detail ? [{ name: 'Shares', object: shareNameOf(definition.name), field: 'ParentId' }] : [];
    return this.finish(definition.name, kind, definition, fields, shared);
  }

  /** A roll-up summary has the type and the scale of what it summarises; a count is a whole number. */
  private typed(field: FieldSchema): FieldSchema {
    const { rollUp } = field;
    if (rollUp === undefined) return field;
    const summarized = this.summarizedField(rollUp);
    return {
      ...field,
      type: rollUpType(rollUp, summarized?.type),
      scale: rollUp.operation === 'count' ? 0 : summarized?.scale,
    };
  }

  private summarizedField({ childObject, summarized }: RollUp): FieldSchema | undefined {
    if (summarized === undefined) return undefined;
    const key = summarized.toLowerCase();
    const deployed = this.definitions
      .get(childObject.toLowerCase())
      ?.fields.find(({ field }) => field.name.toLowerCase() === key);
    // A summary of a summary: its own type is only known once its object is built.
    return deployed !== undefined && deployed.field.rollUp === undefined
      ? deployed.field
      : this.object(childObject)?.fields.get(key);
  }

  private finish(
    name: string,
    kind: ObjectKind,
    definition: ObjectDefinition | undefined,
    fields: ReadonlyMap<string, FieldSchema>,
    standardChildren: readonly ChildRelation[],
  ): ObjectSchema {
    const parents = new Map<string, FieldSchema>();
    for (const field of fields.values())
      if (field.relationshipName !== undefined) parents.set(field.relationshipName.toLowerCase(), field);
    const children = new Map<string, ChildRelation>();
    for (const relation of [...standardChildren, ...(this.childrenOf.get(name.toLowerCase()) ?? [])]) {
      const key =
        relation.name === '' ? `\0${relation.object}.${relation.field}`.toLowerCase() : relation.name.toLowerCase();
      children.set(key, relation);
    }
    const label = definition?.label ?? (kind === 'standard' ? words(name) : name);
    return {
      name,
      label,
      pluralLabel: definition?.pluralLabel ?? plural(label),
      kind,
      keyPrefix: this.prefixes.prefixOf(name),
      fields,
      parents,
      children,
      validationRules: definition?.validationRules ?? [],
      recordTypes: definition?.recordTypes ?? [],
      fieldSets: new Map((definition?.fieldSets ?? []).map((fieldSet) => [fieldSet.name.toLowerCase(), fieldSet])),
      sharingModel: definition?.sharingModel,
      publishBehavior: kind === 'platformEvent' ? (definition?.publishBehavior ?? 'PublishAfterCommit') : undefined,
    };
  }
}

/** Fields of standard objects: they are the same in every org, and in every schema that an org goes through. */
/** A geolocation also has its two numbers, which are what is stored (Object Reference: Compound Fields). */
function withParts(field: FieldSchema): readonly FieldSchema[] {
  if (field.type !== 'location' || !field.custom) return [field];
  const stem = field.name.replace(/c$/i, '');
  const parts = ['Latitude', 'Longitude'].map((part) =>
    makeField({
      name: `${stem}${part}__s`,
      label: `${field.label} (${part})`,
      type: 'double',
      custom: true,
      precision: 18,
      required: field.required,
    }),
  );
  return [field, ...parts];
}

const standardFields = new WeakMap<StandardObject, ReadonlyMap<string, FieldSchema>>();

function fieldsOfStandard(standard: StandardObject): ReadonlyMap<string, FieldSchema> {
  const known = standardFields.get(standard);
  if (known !== undefined) return known;
  const facts = STANDARD_FACTS[standard.name.toLowerCase()] ?? {};
  const fields = new Map<string, FieldSchema>();
  for (const field of systemFields('standard', false)) fields.set(field.name.toLowerCase(), field);
  for (const [key, field] of standard.fields)
    fields.set(key, { ...standardField(standard.name, key, field), ...facts[key] });
  standardFields.set(standard, fields);
  return fields;
}

/** True for an object whose records belong to a master. */
function isDetail(object: ObjectSchema | undefined): boolean {
  return [...(object?.fields.values() ?? [])].some((field) => field.masterDetail);
}

const shareNameOf = (objectName: string): string => objectName.replace(/__c$/i, '__Share');

/** Names that setup objects share, and how long they may be (Object Reference). */
const STANDARD_NAMES: ReadonlySet<string> = new Set(['developername', 'masterlabel']);
const STANDARD_NAME_LENGTH = 80;

function standardField(object: string, key: string, field: StandardField): FieldSchema {
  const type = key === 'id' ? 'id' : STANDARD_TYPES[field.valueType];
  const cascades = STANDARD_CASCADES.has(`${object.toLowerCase()}.${key}`);
  return makeField({
    name: field.name,
    label: standardLabel(object, field.name),
    type,
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName,
    deleteConstraint: cascades ? 'cascade' : 'setNull',
    length: type === 'string' && STANDARD_NAMES.has(key) ? STANDARD_NAME_LENGTH : undefined,
    nameField: key === 'name',
    readOnly: SYSTEM_READ_ONLY.has(key),
  });
}

function words(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z])([A-Z][a-z])/g, '$1 $2');
}

function plural(label: string): string {
  return /[^aeiou]y$/.test(label) ? `${label.slice(0, -1)}ies` : `${label}s`;
}

/** `Account ID` for AccountId, `Annual Revenue` for AnnualRevenue, as the platform labels nearly all of its fields. */
function standardLabel(object: string, name: string): string {
  return name === 'Id' ? `${words(object)} ID` : words(name).replace(/ Id$/, ' ID');
}
