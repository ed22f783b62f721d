/** What somebody may do with records of one object (Object Reference: ObjectPermissions). */
export interface ObjectRights {
  readonly read: boolean;
  readonly create: boolean;
  readonly edit: boolean;
  readonly delete: boolean;
  /** Sees every record, whatever sharing says. */
  readonly viewAll: boolean;
  /** Sees, edits, deletes and transfers every record, whatever sharing says. */
  readonly modifyAll: boolean;
  /** Sees every field, whatever the field permissions say. */
  readonly viewAllFields: boolean;
}

export const NO_RIGHTS: ObjectRights = {
  read: false,
  create: false,
  edit: false,
  delete: false,
  viewAll: false,
  modifyAll: false,
  viewAllFields: false,
};

export const ALL_RIGHTS: ObjectRights = {
  read: true,
  create: true,
  edit: true,
  delete: true,
  viewAll: true,
  modifyAll: true,
  viewAllFields: true,
};

/** Permissions add up: what one set grants no other takes away. */
export function joinRights(left: ObjectRights, right: ObjectRights): ObjectRights {
  return {
    read: left.read || right.read,
    create: left.create || right.create,
    edit: left.edit || right.edit,
    delete: left.delete || right.delete,
    viewAll: left.viewAll || right.viewAll,
    modifyAll: left.modifyAll || right.modifyAll,
    viewAllFields: left.viewAllFields || right.viewAllFields,
  };
}

/** Rights from letters: `R`ead, `C`reate, `E`dit, `D`elete, `V`iew all, `M`odify all. */
export function rightsFrom(letters: string): ObjectRights {
  return {
    read: letters.includes('R'),
    create: letters.includes('C'),
    edit: letters.includes('E'),
    delete: letters.includes('D'),
    viewAll: letters.includes('V'),
    modifyAll: letters.includes('M'),
    viewAllFields: false,
  };
}

/** Columns of ObjectPermissions by the right that they hold. */
const RIGHT_COLUMNS: readonly (readonly [right: keyof ObjectRights, column: string])[] = [
  ['read', 'PermissionsRead'],
  ['create', 'PermissionsCreate'],
  ['edit', 'PermissionsEdit'],
  ['delete', 'PermissionsDelete'],
  ['viewAll', 'PermissionsViewAllRecords'],
  ['modifyAll', 'PermissionsModifyAllRecords'],
  ['viewAllFields', 'PermissionsViewAllFields'],
];

/** The columns of a row that holds these rights. */
export function rightColumns(rights: ObjectRights): Readonly<Record<string, boolean>> {
  return Object.fromEntries(RIGHT_COLUMNS.map(([right, column]) => [column, rights[right]]));
}

/** The rights that a row holds. */
export function rightsOfRow(values: Readonly<Record<string, unknown>>): ObjectRights {
  const granted = RIGHT_COLUMNS.filter(([, column]) => values[column] === true).map(([right]) => [right, true]);
  return { ...NO_RIGHTS, ...Object.fromEntries(granted) };
}
