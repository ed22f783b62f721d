import type {
  PermissionSetApexClassAccess,
  PermissionSetFieldPermissions,
  PermissionSetObjectPermissions,
} from '@salesforce/types/metadata';
import type { ObjectDefinition } from '../objects/index.js';
import type { Source } from '../xml/index.js';

/** How much of an object's records a permission set opens. Each level contains the one before, as the platform demands. */
export type ObjectAccess = 'readAll' | 'own' | 'all';

const LEVELS: { readonly [Access in ObjectAccess]: Omit<Source<PermissionSetObjectPermissions>, 'object'> } = {
  readAll: rights(false, false),
  own: { ...rights(true, false), viewAllRecords: false },
  all: rights(true, true),
};

function rights(write: boolean, modifyAll: boolean): Omit<Source<PermissionSetObjectPermissions>, 'object'> {
  return {
    allowCreate: write,
    allowDelete: write,
    allowEdit: write,
    allowRead: true,
    modifyAllRecords: modifyAll,
    viewAllFields: false,
    viewAllRecords: true,
  };
}

export function objectPermissions(object: string, access: ObjectAccess): Source<PermissionSetObjectPermissions> {
  return { ...LEVELS[access], object };
}

/**
 * Field permissions for the fields that can have them: never for required ones, which a deployment refuses (PLATFORM 5).
 * `editable` decides which can be changed; the name field has none.
 */
export function fieldPermissions(
  { name, fields }: ObjectDefinition,
  editable: (field: string) => boolean,
): readonly Source<PermissionSetFieldPermissions>[] {
  return fields
    .filter((field) => field.required !== true)
    .map(({ fullName }) => ({ editable: editable(fullName), field: `${name}.${fullName}`, readable: true }))
    .toSorted((a, b) => (a.field < b.field ? -1 : 1));
}

export function classAccesses(classes: readonly string[]): readonly Source<PermissionSetApexClassAccess>[] {
  return classes.toSorted().map((apexClass) => ({ apexClass, enabled: true }));
}
