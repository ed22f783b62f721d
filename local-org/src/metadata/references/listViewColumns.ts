/** Column names that list views of custom objects use for standard fields, with the field behind each. */
const STANDARD_COLUMNS: ReadonlyMap<string, string> = new Map([
  ['NAME', 'Name'],
  ['CREATED_DATE', 'CreatedDate'],
  ['LAST_UPDATE', 'LastModifiedDate'],
  ['LAST_ACTIVITY', 'LastActivityDate'],
  ['OWNER.ALIAS', 'Owner.Alias'],
  ['OWNER.FIRST_NAME', 'Owner.FirstName'],
  ['OWNER.LAST_NAME', 'Owner.LastName'],
  ['CREATEDBY_USER', 'CreatedById'],
  ['CREATEDBY_USER.ALIAS', 'CreatedById'],
  ['UPDATEDBY_USER', 'LastModifiedById'],
  ['UPDATEDBY_USER.ALIAS', 'LastModifiedById'],
  ['OBJECT_ID', 'Id'],
  ['RECORDTYPE', 'RecordTypeId'],
]);

const isCustomField = (column: string): boolean => /__c$/i.test(column);

/**
 * The field that a list view column shows, as a path from the object. Undefined for a column that cannot be decided:
 * columns of standard objects have names of their own (`ACCOUNT.PHONE1`), and only their custom fields are plain.
 */
export function listViewField(object: string, column: string): string | undefined {
  if (isCustomField(column)) return column;
  if (!/__(?:c|mdt|e)$/i.test(object)) return undefined;
  const standard = STANDARD_COLUMNS.get(column);
  // Owner columns show parts of the owner's name; that there is an owner is what can be wrong.
  if (standard !== undefined) return standard.startsWith('Owner.') ? 'OwnerId' : standard;
  // Custom metadata types use the field names themselves; other objects know no further column.
  return /__mdt$/i.test(object) ? column : `${column} is not a column`;
}
