import { makeField, type FieldSchema, type ObjectSchema } from './types.js';

const PATTERN = /^(.+)__(Share|History|Feed|ChangeEvent)$/i;

/** Names of the custom object and of the suffix of an object that the platform derives, such as Order__Share of Order__c. */
export function derivedName(name: string): { readonly base: string; readonly suffix: string } | undefined {
  const found = PATTERN.exec(name);
  return found === null ? undefined : { base: `${found[1] ?? ''}__c`, suffix: (found[2] ?? '').toLowerCase() };
}

const user = { type: 'reference', referenceTo: ['User'] } as const;

function shareFields(parent: ObjectSchema): readonly FieldSchema[] {
  return [
    link(parent),
    makeField({ name: 'AccessLevel', label: 'Access Level', type: 'picklist', length: 40, required: true }),
    makeField({ name: 'RowCause', label: 'Row Cause', type: 'picklist', length: 40, defaultValue: '"Manual"' }),
    makeField({
      name: 'UserOrGroupId',
      label: 'User/Group ID',
      type: 'reference',
      referenceTo: ['Group', 'User'],
      relationshipName: 'UserOrGroup',
      required: true,
    }),
  ];
}

function historyFields(parent: ObjectSchema): readonly FieldSchema[] {
  return [
    link(parent),
    makeField({ name: 'Field', type: 'picklist', length: 255 }),
    makeField({ name: 'DataType', type: 'picklist', length: 40 }),
    makeField({ name: 'OldValue', type: 'anyType' }),
    makeField({ name: 'NewValue', type: 'anyType' }),
  ];
}

function feedFields(parent: ObjectSchema): readonly FieldSchema[] {
  return [
    link(parent),
    makeField({ name: 'Type', type: 'picklist', length: 40 }),
    makeField({ name: 'Title', type: 'string', length: 255 }),
    makeField({ name: 'Body', type: 'textarea', length: 10_000 }),
    makeField({ name: 'InsertedById', ...user, relationshipName: 'InsertedBy' }),
  ];
}

function changeEventFields(parent: ObjectSchema): readonly FieldSchema[] {
  return [
    ...[...parent.fields.values()].filter((field) => field.name !== 'Id' && field.name !== 'IsDeleted'),
    makeField({ name: 'ReplayId', type: 'string', length: 1000, readOnly: true }),
    makeField({ name: 'ChangeEventHeader', type: 'anyType' }),
  ];
}

function link(parent: ObjectSchema): FieldSchema {
  return makeField({
    name: 'ParentId',
    label: 'Parent ID',
    type: 'reference',
    referenceTo: [parent.name],
    relationshipName: 'Parent',
    required: true,
    deleteConstraint: 'cascade',
  });
}

const FIELDS: Readonly<Record<string, readonly [string, (parent: ObjectSchema) => readonly FieldSchema[]]>> = {
  share: ['Share', shareFields],
  history: ['History', historyFields],
  feed: ['Feed', feedFields],
  changeevent: ['ChangeEvent', changeEventFields],
};

/** Name with its exact case, and the fields beyond the system's own, of the object that is derived from a custom one. */
export function derivedFields(
  parent: ObjectSchema,
  suffix: string,
): { readonly name: string; readonly fields: readonly FieldSchema[] } | undefined {
  const found = FIELDS[suffix];
  if (found === undefined) return undefined;
  const [spelling, fields] = found;
  return { name: `${parent.name.replace(/__c$/i, '')}__${spelling}`, fields: fields(parent) };
}
