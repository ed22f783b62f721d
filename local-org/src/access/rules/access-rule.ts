import { storeSetupRow, type ObjectSchema, type Row, type Store, type SystemRule } from '../../data/index.js';
import type { RecordError } from '../../data/index.js';
import { rowsWith } from '../permissions/permission-sets.js';
import { rightsOfRow, type ObjectRights } from '../permissions/rights.js';
import { levelNamed, reaches } from '../sharing/level.js';
import { sharingOf } from '../sharing/org-wide-defaults.js';
import { shareTableOf } from '../sharing/shares.js';
import { assignProfileSet } from './profile-assignment.js';

const error = (statusCode: string, message: string, fields: readonly string[] = []): RecordError => ({
  statusCode,
  message,
  fields,
});

/** A group is assigned through the permission set that it owns. */
const assignment: SystemRule = {
  derive(values, store) {
    values.set('IsActive', true);
    const groupId = values.get('PermissionSetGroupId');
    if (typeof groupId !== 'string' || typeof values.get('PermissionSetId') === 'string') return;
    const [own] = rowsWith(store, 'PermissionSet', 'PermissionSetGroupId', groupId);
    if (own !== undefined) values.set('PermissionSetId', own.id);
  },
  check({ id, values }, store) {
    if (values['ExpirationDate'] !== undefined)
      return error('INVALID_FIELD', 'PermissionSetAssignment.ExpirationDate is not supported by the local org.');
    const twice = rowsWith(store, 'PermissionSetAssignment', 'AssigneeId', values['AssigneeId'] ?? null).some(
      (row) => row.id !== id && row.values['PermissionSetId'] === values['PermissionSetId'],
    );
    if (!twice) return undefined;
    const pair = `Assignee: ${String(values['AssigneeId'])}; Permission Set: ${String(values['PermissionSetId'])}`;
    return error('DUPLICATE_VALUE', `Duplicate PermissionSetAssignment. ${pair}`);
  },
};

/** What must be granted together (PLATFORM 1.5.2). */
const DEPENDENCIES: readonly (readonly [
  right: keyof ObjectRights,
  label: string,
  needs: keyof ObjectRights,
  needed: string,
])[] = [
  ['create', 'Create', 'read', 'Read'],
  ['edit', 'Edit', 'read', 'Read'],
  ['delete', 'Delete', 'edit', 'Edit'],
  ['viewAll', 'View All', 'read', 'Read'],
  ['modifyAll', 'Modify All', 'delete', 'Delete'],
  ['modifyAll', 'Modify All', 'viewAll', 'View All'],
];

const objectPermissions: SystemRule = {
  check({ values }) {
    const rights = rightsOfRow(values);
    const broken = DEPENDENCIES.find(([right, , needs]) => rights[right] && !rights[needs]);
    if (broken === undefined) return undefined;
    const object = String(values['SobjectType']);
    return error(
      'FIELD_INTEGRITY_EXCEPTION',
      `Permission ${broken[1]} ${object} depends on permission(s): ${broken[3]} ${object}`,
    );
  },
};

const permissionSet: SystemRule = {
  derive(values) {
    if (!values.has('Type')) values.set('Type', 'Regular');
    values.set('IsCustom', true);
    values.set('IsOwnedByProfile', false);
  },
};

/** SetupEntityType of what an access opens, where it is not the object's name. */
const ENTITY_TYPES: Readonly<Record<string, string>> = { CustomObject: 'CustomEntityDefinition' };

const setupEntityAccess: SystemRule = {
  derive(values, store) {
    const entity = store.rowOfId(String(values.get('SetupEntityId')))?.object.name;
    if (entity !== undefined) values.set('SetupEntityType', ENTITY_TYPES[entity] ?? entity);
  },
  check: ({ values }) =>
    values['SetupEntityType'] === undefined
      ? error('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', ['SetupEntityId'])
      : undefined,
};

const user: SystemRule = {
  derive(values) {
    if (!values.has('UserType')) values.set('UserType', 'Standard');
  },
  saved(row, before, store) {
    if (row.values['ProfileId'] !== before?.values['ProfileId']) assignProfileSet(store, row.id);
  },
};

/** Each role has two groups, through which records are shared with it (Object Reference: Group, Type). */
const userRole: SystemRule = {
  saved(row, before, store) {
    if (before !== undefined) return;
    for (const type of ['Role', 'RoleAndSubordinates'])
      storeSetupRow(store, 'Group', {
        Type: type,
        RelatedId: row.id,
        DeveloperName: row.values['DeveloperName'] ?? null,
        DoesIncludeBosses: true,
        CreatedById: row.values['CreatedById'] ?? null,
        CreatedDate: row.values['CreatedDate'] ?? null,
      });
  },
};

const group: SystemRule = {
  derive(values) {
    if (!values.has('Type')) values.set('Type', 'Regular');
  },
};

const RULES: Readonly<Record<string, SystemRule>> = {
  Group: group,
  ObjectPermissions: objectPermissions,
  PermissionSet: permissionSet,
  PermissionSetAssignment: assignment,
  SetupEntityAccess: setupEntityAccess,
  User: user,
  UserRole: userRole,
};

/** A share that gives no more than everybody has is refused (Apex Developer Guide: Creating User Managed Sharing Using Apex). */
function shareRule(share: ObjectSchema): SystemRule {
  return {
    derive(values) {
      if (!values.has('RowCause')) values.set('RowCause', 'Manual');
    },
    check({ values }, store) {
      const base = share.name.replace(/__Share$/, '__c').replace(/Share$/, '');
      const object = store.schema.object(base);
      const shares = object === undefined ? undefined : shareTableOf(store, object);
      const sharing = object === undefined ? undefined : sharingOf(object);
      if (shares === undefined || sharing?.kind !== 'owned') return undefined;
      const level = String(values[shares.level]);
      if (!reaches(sharing.everybody, levelNamed(level))) return undefined;
      const standard = sharing.everybody === 'edit' ? 'Edit' : sharing.everybody === 'read' ? 'Read' : 'All';
      return error(
        'FIELD_FILTER_VALIDATION_EXCEPTION',
        `${shares.level}: trivial share level ${level}, for organization with default level ${standard}`,
        [shares.level],
      );
    },
  };
}

/** Shares that people gave by hand end when the record changes hands (help "Sharing Considerations"). */
function ownerRule(object: ObjectSchema): SystemRule {
  return {
    saved(row, before, store) {
      if (before !== undefined && before.values['OwnerId'] !== row.values['OwnerId'])
        removeManualShares(store, object, row);
    },
  };
}

function removeManualShares(store: Store, object: ObjectSchema, row: Row): void {
  const shares = shareTableOf(store, object);
  if (shares === undefined || shares.table.size === 0) return;
  for (const id of [...shares.table.indexOf(shares.parent).find(row.id)])
    if (shares.table.get(id)?.values['RowCause'] === 'Manual') store.remove(shares.object, id);
}

const known = new WeakMap<ObjectSchema, SystemRule | false>();

/** What the platform keeps in step when records change that decide over access, or whose access is shared one by one. */
export function accessRule(object: ObjectSchema): SystemRule | undefined {
  let rule = known.get(object);
  if (rule === undefined) {
    rule = ruleFor(object) ?? false;
    known.set(object, rule);
  }
  return rule === false ? undefined : rule;
}

function ruleFor(object: ObjectSchema): SystemRule | undefined {
  const own = RULES[object.name];
  if (own !== undefined) return own;
  if (object.kind === 'share' || object.fields.has('userorgroupid')) return shareRule(object);
  return object.fields.has('ownerid') && sharingOf(object).kind === 'owned' ? ownerRule(object) : undefined;
}
