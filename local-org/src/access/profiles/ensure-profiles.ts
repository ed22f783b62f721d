import { setupObjectOf, setupRow, type FieldValue, type ObjectSchema, type Row, type Store } from '../../data/index.js';
import { userPermissionColumns } from '../metadata/follow-permissions.js';
import type { RowWriter } from '../metadata/row-writer.js';
import { isWritable, securedFields } from '../permissions/field-security.js';
import { hasObjectPermissions } from '../permissions/object-access.js';
import { ALL_RIGHTS, rightColumns, type ObjectRights } from '../permissions/rights.js';
import { standardFieldGrants } from './standard-fields.js';
import { ADMINISTRATOR, PERMISSIONABLE_OBJECTS, STANDARD_PROFILES, type StandardProfile } from './standard-profiles.js';

interface EnsuredProfile {
  readonly profile: StandardProfile;
  readonly setId: string;
}

/** Ids of profiles by name. */
export type ProfileIds = ReadonlyMap<string, string>;

/**
 * Makes sure that the standard profiles exist, each with the permission set that it owns (Object Reference: PermissionSet,
 * IsOwnedByProfile). Their object and field permissions become rows when somebody first looks at them.
 */
export function ensureProfiles(rows: RowWriter): ProfileIds {
  const ids = new Map<string, string>();
  const ensured = STANDARD_PROFILES.map((profile): EnsuredProfile => {
    const license = rows.ensure('UserLicense', ['Name'], {
      values: { Name: profile.license, MasterLabel: profile.license, Status: 'Active', TotalLicenses: 100 },
    });
    const id = rows.ensure('Profile', ['Name'], {
      values: {
        ...columnsOf(rows.store, 'Profile', profile),
        Name: profile.name,
        UserType: 'Standard',
        UserLicenseId: license,
      },
    });
    ids.set(profile.name, id);
    const setId = rows.ensure('PermissionSet', ['ProfileId'], {
      values: {
        ...columnsOf(rows.store, 'PermissionSet', profile),
        Name: `X${id}`,
        Label: `X${id}`,
        Type: 'Profile',
        IsCustom: false,
        IsOwnedByProfile: true,
        ProfileId: id,
        LicenseId: license,
      },
    });
    return { profile, setId };
  });
  const { store } = rows;
  store.provide(setupObjectOf(store, 'ObjectPermissions'), () => ensured.flatMap((entry) => objectRows(store, entry)));
  store.provide(setupObjectOf(store, 'FieldPermissions'), () => ensured.flatMap((entry) => fieldRows(store, entry)));
  return ids;
}

/** Columns of the profile's user permissions that the object has: Profile lacks a few of PermissionSet's. */
function columnsOf(store: Store, objectName: string, profile: StandardProfile): Readonly<Record<string, FieldValue>> {
  const { fields } = setupObjectOf(store, objectName);
  const columns = userPermissionColumns(store, profile.userPermissions, undefined);
  return Object.fromEntries(Object.entries(columns).filter(([name]) => fields.has(name.toLowerCase())));
}

/** Objects that were deployed and have object permissions. */
function deployedObjects(store: Store): readonly ObjectSchema[] {
  return store.schema.deployedNames().flatMap((name) => {
    const object = store.schema.object(name);
    return object !== undefined && object.kind !== 'standard' && hasObjectPermissions(object) ? [object] : [];
  });
}

function objectRows(store: Store, { profile, setId }: EnsuredProfile): readonly Row[] {
  const deployed = profile.name === ADMINISTRATOR ? deployedObjects(store) : [];
  const rights: readonly (readonly [string, ObjectRights])[] = [
    ...Object.entries(profile.objects),
    ...deployed.map((object): [string, ObjectRights] => [object.name, { ...ALL_RIGHTS, viewAllFields: false }]),
  ];
  const object = setupObjectOf(store, 'ObjectPermissions');
  return rights.map(([name, granted]) =>
    setupRow(store, object, { ParentId: setId, SobjectType: name, ...rightColumns(granted) }),
  );
}

/** Objects whose fields can be secured: those with object permissions, activities, and the lines of orders and opportunities. */
function securedObjects(store: Store): readonly ObjectSchema[] {
  const standard = [...PERMISSIONABLE_OBJECTS, 'Task', 'Event', 'OrderItem', 'OpportunityLineItem'];
  return [...standard.flatMap((name) => store.schema.object(name) ?? []), ...deployedObjects(store)];
}

function fieldRows(store: Store, { profile, setId }: EnsuredProfile): readonly Row[] {
  if (profile.fields === 'none') return [];
  const object = setupObjectOf(store, 'FieldPermissions');
  return securedObjects(store).flatMap((secured) =>
    securedFields(secured).flatMap((field) => {
      const grant = fieldGrant(profile, secured, field.name);
      if (grant === 'none') return [];
      return [
        setupRow(store, object, {
          ParentId: setId,
          SobjectType: secured.name,
          Field: `${secured.name}.${field.name}`,
          PermissionsRead: true,
          PermissionsEdit: grant === 'edit' && isWritable(field, 'insert'),
        }),
      ];
    }),
  );
}

/** Custom fields are open to System Administrator only, like custom objects. */
function fieldGrant(profile: StandardProfile, object: ObjectSchema, field: string): 'edit' | 'read' | 'none' {
  if (profile.fields === 'all') return 'edit';
  if (/__(c|s)$/i.test(field)) return 'none';
  return standardFieldGrants(object.name)?.get(field.toLowerCase()) ?? 'edit';
}
