import type { Integration, Template, ValueSource } from '../../model/index.js';
import type { OrgClient } from '../../org-client/index.js';
import { valuesForConditions } from './conditions.js';
import { noSample, ObjectDescription, type DescribedField } from './description.js';
import { insertRecords } from './insert-records.js';
import { sampleValue, type SampleValue } from './values.js';

export type FieldValues = Readonly<Record<string, SampleValue>>;

/** Makes values for the records of one object, such that saving them starts an integration. */
export interface SampleRecords {
  readonly object: string;
  /** A record that can be inserted and meets the conditions of the trigger. `number` tells records apart. */
  create(number: number): FieldValues;
  /** A change that starts the integration; another `round` is another change. */
  change(number: number, round: number): FieldValues;
}

/**
 * Reads the description of the trigger's object and finds values for its required fields, for the conditions, for what the requests send and
 * for a field whose change starts the integration. Records that those refer to are inserted. Throws UserError `NoSampleError`.
 */
export async function sampleRecords(
  org: OrgClient,
  { trigger, requests, queue }: Integration,
): Promise<SampleRecords | undefined> {
  if (trigger === undefined) return undefined;
  const object = await ObjectDescription.read(org, trigger.object);
  const fixed = valuesForConditions(object.name, trigger.conditions);
  const paths = [
    ...requests.flatMap(({ path, query, headers, body }) => [
      ...fieldPaths(path),
      ...[...query, ...headers].flatMap(({ value }) => fieldPaths(value)),
      ...(body.kind === 'none' ? [] : body.fields.flatMap(({ source }) => sourcePaths(source))),
    ]),
    ...fieldPaths(queue.orderBy),
  ];
  const wanted = new Set([...requiredFields(object), ...paths.map((path) => object.fieldOf(path))]);
  const changing = changingField(object, trigger.changedFields, fixed);
  const own = [...wanted, changing].filter((field) => field.createable && !(field.name in fixed));
  const references = await insertParents(org, own.filter(isReference));
  const plain = own.filter((field) => !isReference(field));
  return {
    object: object.name,
    create: (number) => ({ ...sampled(object, plain, number, 0), ...references, ...fixed }),
    change: (number, round) => sampled(object, [changing], number, round),
  };
}

function sampled(
  object: ObjectDescription,
  fields: readonly DescribedField[],
  number: number,
  round: number,
): FieldValues {
  return Object.fromEntries(fields.map((field) => [field.name, sampleValue(object.name, field, number, round)]));
}

function requiredFields(object: ObjectDescription): readonly DescribedField[] {
  return object.fields.filter((field) => field.createable && !field.nillable && !field.defaultedOnCreate);
}

/** Without fields whose change matters any change does: the first text that can be written is changed then. */
function changingField(
  object: ObjectDescription,
  changedFields: readonly string[],
  fixed: FieldValues,
): DescribedField {
  const candidates =
    changedFields.length === 0
      ? object.fields.filter(({ type }) => type === 'string')
      : changedFields.map((path) => object.fieldOf(path));
  const found = candidates.find(
    (field) => field.createable && field.updateable && !(field.name in fixed) && !isReference(field),
  );
  if (found === undefined) throw noSample(object.name, 'no field was found whose change starts the integration');
  return found;
}

function isReference(field: DescribedField): boolean {
  return field.type === 'reference';
}

/** One record for each reference, of the first object that it may refer to. */
async function insertParents(org: OrgClient, references: readonly DescribedField[]): Promise<FieldValues> {
  const values: Record<string, SampleValue> = {};
  for (const { name, referenceTo } of references) {
    const [target] = referenceTo;
    if (target === undefined || target === 'User') continue;
    const object = await ObjectDescription.read(org, target);
    const record = sampled(object, requiredFields(object), 1, 0);
    const [id] = await insertRecords(org, target, [record]);
    if (id !== undefined) values[name] = id;
  }
  return values;
}

function fieldPaths(template: Template): readonly string[] {
  return template.flatMap((part) => (part.kind === 'field' ? [part.path] : []));
}

function sourcePaths(source: ValueSource): readonly string[] {
  if (source.kind === 'field') return [source.path];
  return source.kind === 'template' ? fieldPaths(source.template) : [];
}
