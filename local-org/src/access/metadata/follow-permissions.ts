import { setupObjectOf, type FieldValue, type Row, type Store } from '../../data/index.js';
import { rowsWith } from '../permissions/permission-sets.js';
import { rightColumns } from '../permissions/rights.js';
import {
  readPermissionSet,
  readPermissionSetGroup,
  type GrantedPermissions,
  type GroupedPermissions,
} from './read-permissions.js';
import type { DeployedMetadata, RowWriter, WrittenRow } from './row-writer.js';
import { followSetupEntities, SETUP_ENTITIES } from './setup-entities.js';

/** A grant on something that is not in the org, in words; the platform refuses to deploy that. */
export type UnknownGrant = string;

interface ReadSet {
  readonly name: string;
  readonly id: string;
  readonly granted: GrantedPermissions;
}

interface ReadGroup extends GroupedPermissions {
  readonly name: string;
  readonly id: string;
}

/**
 * Brings the rows of deployed permission sets and groups up to date: PermissionSet with a column per user permission, ObjectPermissions,
 * FieldPermissions, SetupEntityAccess, and what those point to. Apex classes must have their rows already.
 * @returns grants on what the org does not have
 */
export function followPermissions(rows: RowWriter, deployed: DeployedMetadata): readonly UnknownGrant[] {
  followSetupEntities(rows, deployed);
  const groups = followGroups(rows, deployed);
  const sets = followSets(rows, deployed, groups);
  followRights(rows, sets);
  return [...followAccesses(rows, sets), ...followComponents(rows, groups, sets)];
}

/** Columns of user permissions: those granted, and emptied ones for those that a set grants no longer. */
export function userPermissionColumns(
  store: Store,
  granted: readonly string[],
  before: Row | undefined,
): Readonly<Record<string, FieldValue>> {
  const { fields } = setupObjectOf(store, 'PermissionSet');
  const dropped = Object.entries(before?.values ?? {})
    .filter(([name, value]) => value === true && name.startsWith('Permissions'))
    .map(([name]): [string, FieldValue] => [name, null]);
  const kept = granted.flatMap((name): readonly [string, FieldValue][] => {
    const column = fields.get(`permissions${name}`.toLowerCase());
    return column === undefined ? [] : [[column.name, true]];
  });
  return Object.fromEntries([...dropped, ...kept]);
}

function followSets(
  rows: RowWriter,
  { components, componentId }: DeployedMetadata,
  groups: readonly ReadGroup[],
): readonly ReadSet[] {
  const read = components
    .filter(({ type }) => type === 'PermissionSet')
    .map(({ fullName, content }) => ({ name: fullName, granted: readPermissionSet(content) }));
  const wanted = read.map(({ name, granted }): WrittenRow => {
    const before = rowsWith(rows.store, 'PermissionSet', 'Name', name).find(({ values }) => values['Type'] !== 'Group');
    return {
      id: componentId('PermissionSet', name),
      values: {
        ...userPermissionColumns(rows.store, granted.userPermissions, before),
        Name: name,
        Label: granted.label ?? name,
        Description: granted.description ?? null,
        Type: 'Regular',
        IsCustom: true,
        IsOwnedByProfile: false,
        HasActivationRequired: granted.hasActivationRequired,
      },
    };
  });
  const ids = rows.follow('PermissionSet', ['Name', 'Type'], [...wanted, ...groups.map(ownSet)]);
  return read.map((set, index) => ({ ...set, id: ids[index] ?? '' }));
}

/** A group has a permission set of its own, through which it is assigned (Object Reference: PermissionSet, Type). */
function ownSet({ name, label, id }: ReadGroup): WrittenRow {
  return {
    values: {
      Name: name,
      Label: label,
      Type: 'Group',
      IsCustom: true,
      IsOwnedByProfile: false,
      PermissionSetGroupId: id,
    },
  };
}

/** Follows the rows of an object that belong to permission sets, unless there are none and were none. */
function followOwned(rows: RowWriter, object: string, key: string, wanted: readonly WrittenRow[]): void {
  if (wanted.length > 0 || rows.store.versionOf([object]) > 0) rows.follow(object, [key, 'ParentId'], wanted);
}

function followRights(rows: RowWriter, sets: readonly ReadSet[]): void {
  const { schema } = rows.store;
  followOwned(
    rows,
    'ObjectPermissions',
    'SobjectType',
    sets.flatMap(({ id, granted }) =>
      granted.objects.map(({ object, rights }) => ({
        values: { ParentId: id, SobjectType: schema.object(object)?.name ?? object, ...rightColumns(rights) },
      })),
    ),
  );
  followOwned(
    rows,
    'FieldPermissions',
    'Field',
    sets.flatMap(({ id, granted }) =>
      granted.fields.map(({ field, editable }) => ({
        values: {
          ParentId: id,
          SobjectType: field.slice(0, field.indexOf('.')),
          Field: field,
          PermissionsRead: true,
          PermissionsEdit: editable,
        },
      })),
    ),
  );
}

function followAccesses(rows: RowWriter, sets: readonly ReadSet[]): readonly UnknownGrant[] {
  const unknown: UnknownGrant[] = [];
  const wanted = sets.flatMap((set) =>
    SETUP_ENTITIES.flatMap((kind) =>
      kind.names(set.granted).flatMap((name): readonly WrittenRow[] => {
        const entityId = kind.idOf(rows.store, name);
        if (entityId !== undefined)
          return [{ values: { ParentId: set.id, SetupEntityId: entityId, SetupEntityType: kind.type } }];
        unknown.push(`Permission set ${set.name}: ${kind.label} ${name}`);
        return [];
      }),
    ),
  );
  followOwned(rows, 'SetupEntityAccess', 'SetupEntityId', wanted);
  return unknown;
}

function followGroups(rows: RowWriter, { components, componentId }: DeployedMetadata): readonly ReadGroup[] {
  const groups = components
    .filter(({ type }) => type === 'PermissionSetGroup')
    .map(({ fullName, content }) => ({ name: fullName, ...readPermissionSetGroup(fullName, content) }));
  const ids = rows.follow(
    'PermissionSetGroup',
    ['DeveloperName'],
    groups.map(({ name, label, description }) => ({
      id: componentId('PermissionSetGroup', name),
      values: {
        DeveloperName: name,
        MasterLabel: label,
        Description: description ?? null,
        Language: 'en_US',
        Status: 'Updated',
      },
    })),
  );
  return groups.map((group, index) => ({ ...group, id: ids[index] ?? '' }));
}

function followComponents(
  rows: RowWriter,
  groups: readonly ReadGroup[],
  sets: readonly ReadSet[],
): readonly UnknownGrant[] {
  const byName = new Map(sets.map(({ name, id }) => [name.toLowerCase(), id]));
  const unknown: UnknownGrant[] = [];
  const wanted = groups.flatMap(({ name, id, permissionSets }) =>
    permissionSets.flatMap((setName): readonly WrittenRow[] => {
      const setId = byName.get(setName.toLowerCase());
      if (setId !== undefined) return [{ values: { PermissionSetGroupId: id, PermissionSetId: setId } }];
      unknown.push(`Permission set group ${name}: permission set ${setName}`);
      return [];
    }),
  );
  rows.follow('PermissionSetGroupComponent', ['PermissionSetGroupId', 'PermissionSetId'], wanted);
  return unknown;
}
