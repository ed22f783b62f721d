import { setupObjectOf, type FieldSchema, type ObjectSchema, type Row, type Store } from '../../data/index.js';
import { principalId } from '../metadata/setup-entities.js';
import { ADMINISTRATOR } from '../profiles/standard-profiles.js';
import { RecordAccess } from '../sharing/record-access.js';
import { isWritable, securedField } from './field-security.js';
import { controllingObject, hasObjectPermissions, settingRights, unlistedRights } from './object-access.js';
import { permissionSetsOf, rowsWith } from './permission-sets.js';
import { ALL_RIGHTS, joinRights, NO_RIGHTS, rightsOfRow, type ObjectRights } from './rights.js';

/** What stands for something that permission sets open by its name. */
type SetupEntity = 'ApexClass' | 'CustomObject' | 'CustomPermission' | 'FlowDefinition';

type FieldRight = 'read' | 'edit';

/**
 * What one user may do, from the rows of the store: the permission set of the profile, and every assigned one (PLATFORM 1.5). Administrators
 * may do everything with objects and fields; custom permissions and principals have to be granted to them like to anybody else.
 */
export class UserAccess {
  /** Which records the user sees and edits. */
  readonly records: RecordAccess;
  private readonly sets: readonly Row[];
  private readonly setIds: ReadonlySet<string>;
  private readonly rights = new Map<string, ObjectRights>();
  private objectRows: ReadonlyMap<string, ObjectRights> | undefined;
  private fieldRows: ReadonlyMap<string, FieldRight> | undefined;
  private setupEntities: ReadonlySet<string> | undefined;

  constructor(
    private readonly store: Store,
    /** The user's row; undefined for a user that does not exist, who may do nothing. */
    readonly user: Row | undefined,
    /** System administrators; nothing about objects, fields and records needs to be looked up for them. */
    readonly isAdministrator: boolean,
  ) {
    this.sets = user === undefined ? [] : permissionSetsOf(store, user);
    this.setIds = new Set(this.sets.map((row) => row.id));
    this.records = new RecordAccess(store, this);
  }

  get userId(): string {
    return this.user?.id ?? '';
  }

  /** True for a user permission by its metadata name: `ViewAllData`. */
  hasUserPermission(name: string): boolean {
    return this.sets.some((row) => row.values[`Permissions${name}`] === true);
  }

  /** Rights on an object by name, for objects that the schema does not know, such as UserExternalCredential. */
  rightsByName(objectName: string): ObjectRights {
    return this.isAdministrator ? ALL_RIGHTS : this.withDataPermissions(this.granted(objectName));
  }

  rightsOn(object: ObjectSchema): ObjectRights {
    if (this.isAdministrator) return ALL_RIGHTS;
    let rights = this.rights.get(object.name);
    if (rights === undefined) {
      rights = this.computeRights(object);
      this.rights.set(object.name, rights);
    }
    return rights;
  }

  canReadField(object: ObjectSchema, field: FieldSchema): boolean {
    if (this.isAdministrator) return true;
    const secured = securedField(object, field);
    return (
      secured === undefined || this.rightsOn(object).viewAllFields || this.fieldRight(object, secured) !== undefined
    );
  }

  /** Whether a value may be given to the field: the field takes one, and the user may edit it. */
  canWriteField(object: ObjectSchema, field: FieldSchema, operation: 'insert' | 'update'): boolean {
    if (!isWritable(field, operation)) return false;
    if (this.isAdministrator) return true;
    const secured = securedField(object, field);
    return secured === undefined || this.fieldRight(object, secured) === 'edit';
  }

  /** Author Apex opens every class (Apex Developer Guide: Set Apex Class Access). */
  hasClassAccess(className: string): boolean {
    return this.hasUserPermission('AuthorApex') || this.hasAccess('ApexClass', 'Name', className);
  }

  hasCustomPermission(name: string): boolean {
    return this.hasAccess('CustomPermission', 'DeveloperName', name);
  }

  /**
   * Whether callouts of the user may authenticate as a principal, administrators included (PLATFORM 1.5.1).
   * @param principal `ExternalCredential-Principal`, as permission sets name it
   */
  hasPrincipalAccess(principal: string): boolean {
    const id = principalId(this.store, principal);
    return id !== undefined && this.entities().has(id);
  }

  /** Whether the user may start a flow that is open to certain users only; others are open to everybody with Run Flows. */
  hasFlowAccess(developerName: string): boolean {
    return this.isAdministrator || this.hasAccess('FlowDefinition', 'DeveloperName', developerName);
  }

  private computeRights(object: ObjectSchema): ObjectRights {
    const has = (name: string): boolean => this.hasUserPermission(name);
    switch (object.kind) {
      case 'customMetadata':
      case 'listSetting':
      case 'hierarchySetting':
        return settingRights(this.hasAccess('CustomObject', 'DeveloperName', object.name), has);
      case 'aggregate':
        return ALL_RIGHTS;
      case 'platformEvent':
        return this.withDataPermissions(this.granted(object.name));
      case 'custom':
      case 'external':
      case 'big':
      case 'share':
      case 'standard': {
        const controlling = controllingObject(object);
        if (controlling !== undefined) return this.controlledRights(controlling);
        if (hasObjectPermissions(object)) return this.withDataPermissions(this.granted(object.name));
        return unlistedRights(object, has);
      }
    }
  }

  /** Rights on an object that follows another: reading it to read, editing it to write. */
  private controlledRights(controlling: string): ObjectRights {
    const rights = this.rightsByName(controlling);
    return { ...rights, create: rights.edit, delete: rights.edit };
  }

  private granted(objectName: string): ObjectRights {
    return this.objects().get(objectName.toLowerCase()) ?? NO_RIGHTS;
  }

  /** View All Data and Modify All Data open every object (help "View All and Modify All Permissions"). */
  private withDataPermissions(rights: ObjectRights): ObjectRights {
    if (this.hasUserPermission('ModifyAllData')) return { ...ALL_RIGHTS, viewAllFields: rights.viewAllFields };
    return this.hasUserPermission('ViewAllData') ? { ...rights, read: true, viewAll: true } : rights;
  }

  private fieldRight(object: ObjectSchema, field: FieldSchema): FieldRight | undefined {
    return this.fields().get(`${object.name}.${field.name}`.toLowerCase());
  }

  private hasAccess(entity: SetupEntity, nameField: string, name: string): boolean {
    return rowsWith(this.store, entity, nameField, name).some((row) => this.entities().has(row.id));
  }

  private rowsOfSets(objectName: string): readonly Row[] {
    return [...this.setIds].flatMap((id) => rowsWith(this.store, objectName, 'ParentId', id));
  }

  private objects(): ReadonlyMap<string, ObjectRights> {
    if (this.objectRows === undefined) {
      const all = new Map<string, ObjectRights>();
      for (const row of this.rowsOfSets('ObjectPermissions')) {
        const key = String(row.values['SobjectType']).toLowerCase();
        all.set(key, joinRights(all.get(key) ?? NO_RIGHTS, rightsOfRow(row.values)));
      }
      this.objectRows = all;
    }
    return this.objectRows;
  }

  private fields(): ReadonlyMap<string, FieldRight> {
    if (this.fieldRows === undefined) {
      const all = new Map<string, FieldRight>();
      for (const row of this.rowsOfSets('FieldPermissions')) {
        const key = String(row.values['Field']).toLowerCase();
        if (row.values['PermissionsEdit'] === true) all.set(key, 'edit');
        else if (row.values['PermissionsRead'] === true && !all.has(key)) all.set(key, 'read');
      }
      this.fieldRows = all;
    }
    return this.fieldRows;
  }

  private entities(): ReadonlySet<string> {
    this.setupEntities ??= new Set(
      this.rowsOfSets('SetupEntityAccess').map((row) => String(row.values['SetupEntityId'])),
    );
    return this.setupEntities;
  }
}

/** True when the user's profile is System Administrator. */
export function isAdministrator(store: Store, user: Row | undefined): boolean {
  const profileId = user?.values['ProfileId'];
  if (typeof profileId !== 'string') return false;
  return store.table(setupObjectOf(store, 'Profile')).get(profileId)?.values['Name'] === ADMINISTRATOR;
}
