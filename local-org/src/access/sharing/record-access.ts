import {
  setupObjectOf,
  type FieldSchema,
  type ObjectSchema,
  type RecordGuard,
  type RecordVisibility,
  type Row,
  type Store,
} from '../../data/index.js';
import type { ObjectRights } from '../permissions/rights.js';
import { rowsWith } from '../permissions/permission-sets.js';
import { higher, lower, reaches, type AccessLevel } from './level.js';
import { sharingOf, type Sharing } from './org-wide-defaults.js';
import { principalsOf } from './principals.js';
import { ACCOUNT_CHILD_OBJECTS, levelThroughAccount, sharedLevel, shareTableOf } from './shares.js';

type RowFilter = ((row: Row) => boolean) | undefined;

/** What record access needs to know about its user. */
export interface RecordUser {
  readonly user: Row | undefined;
  readonly isAdministrator: boolean;
  rightsOn(object: ObjectSchema): ObjectRights;
  hasUserPermission(name: string): boolean;
}

/**
 * Which records a user sees, edits and deletes when sharing counts: organization-wide defaults, ownership, role hierarchy, share rows, View
 * All and Modify All, masters, and implicit sharing (help "Control Who Sees What"; Apex Developer Guide "Understanding Sharing").
 */
export class RecordAccess implements RecordVisibility, RecordGuard {
  private ownPrincipals: ReadonlySet<string> | undefined;
  private readonly filters = new Map<ObjectSchema, RowFilter>();

  constructor(
    private readonly store: Store,
    private readonly user: RecordUser,
  ) {}

  visibleRows(object: ObjectSchema): RowFilter {
    if (!this.filters.has(object)) {
      const all = reaches(this.everywhere(object, sharingOf(object)), 'read');
      this.filters.set(object, all ? undefined : (row) => this.canRead(object, row));
    }
    return this.filters.get(object);
  }

  canRead(object: ObjectSchema, row: Row): boolean {
    return reaches(this.levelOf(object, row), 'read');
  }

  canEdit(object: ObjectSchema, row: Row): boolean {
    return reaches(this.levelOf(object, row), 'edit');
  }

  canDelete(object: ObjectSchema, row: Row): boolean {
    return reaches(this.levelOf(object, row), 'all');
  }

  /** A detail needs its master to be editable, or readable where the field says so; any other reference needs its target to be readable. */
  canReferTo(field: FieldSchema, target: ObjectSchema, row: Row): boolean {
    if (!field.masterDetail) return this.canRead(target, row);
    return reaches(this.levelOf(target, row), field.writeRequiresMasterRead ? 'read' : 'edit');
  }

  /** How far the user's access to one record goes. */
  levelOf(object: ObjectSchema, row: Row): AccessLevel {
    const sharing = sharingOf(object);
    const level = this.everywhere(object, sharing);
    if (level === 'all') return level;
    switch (sharing.kind) {
      case 'unrestricted':
        return level;
      case 'byParent':
        return higher(level, this.levelByParent(sharing.fields, row));
      case 'attached':
        return higher(level, this.levelAttached(sharing.fields, row));
      case 'document':
        return higher(level, this.levelOfDocument(row));
      case 'owned':
        return higher(level, higher(this.levelGiven(object, row), this.impliedLevel(object, row)));
    }
  }

  /** What the user has on every record of the object. */
  private everywhere(object: ObjectSchema, sharing: Sharing): AccessLevel {
    if (this.user.isAdministrator || sharing.kind === 'unrestricted' || this.isSystemUser) return 'all';
    const rights = this.user.rightsOn(object);
    if (rights.modifyAll) return 'all';
    const everybody = sharing.kind === 'owned' ? sharing.everybody : 'none';
    const level = rights.viewAll ? higher(everybody, 'read') : everybody;
    return object.name === 'User' && this.user.hasUserPermission('ManageInternalUsers') ? 'all' : level;
  }

  /** The platform's own users are not held back by sharing; which of their rights it checks is not documented. */
  private get isSystemUser(): boolean {
    return this.user.user?.values['UserType'] === 'AutomatedProcess';
  }

  private get principals(): ReadonlySet<string> {
    this.ownPrincipals ??= this.user.user === undefined ? new Set<string>() : principalsOf(this.store, this.user.user);
    return this.ownPrincipals;
  }

  /** By ownership, hierarchy and share rows. Users own themselves. */
  private levelGiven(object: ObjectSchema, row: Row): AccessLevel {
    const owner = object.name === 'User' ? row.id : row.values['OwnerId'];
    if (typeof owner === 'string' && this.principals.has(owner)) return object.name === 'User' ? 'edit' : 'all';
    const shares = shareTableOf(this.store, object);
    return shares === undefined ? 'none' : sharedLevel(shares, row.id, this.principals);
  }

  /** Implicit sharing between an account and what hangs on it. */
  private impliedLevel(object: ObjectSchema, row: Row): AccessLevel {
    if (object.name !== 'Account') return levelThroughAccount(this.store, object, row, this.principals);
    const opened = ACCOUNT_CHILD_OBJECTS.some((name) => {
      const child = setupObjectOf(this.store, name);
      if (sharingOf(child).kind !== 'owned') return false;
      return rowsWith(this.store, name, 'AccountId', row.id).some(
        (candidate) => this.levelGiven(child, candidate) !== 'none',
      );
    });
    return opened ? 'read' : 'none';
  }

  private levelByParent(fields: readonly FieldSchema[], row: Row): AccessLevel {
    let level: AccessLevel = 'all';
    for (const field of fields) level = lower(level, this.levelThrough(field, row));
    return level;
  }

  /** Without a parent a record belongs to its owner: a private contact. */
  private levelThrough(field: FieldSchema, row: Row): AccessLevel {
    const parentId = row.values[field.name];
    const parent = typeof parentId === 'string' ? this.store.rowOfId(parentId) : undefined;
    if (parent === undefined) return this.principals.has(String(row.values['OwnerId'])) ? 'all' : 'none';
    const level = this.levelOf(parent.object, parent.row);
    if (!field.masterDetail) return level;
    return reaches(level, field.writeRequiresMasterRead ? 'read' : 'edit') ? 'all' : level;
  }

  private levelAttached(fields: readonly FieldSchema[], row: Row): AccessLevel {
    if (this.principals.has(String(row.values['OwnerId'] ?? row.values['CreatedById']))) return 'all';
    const readable = fields.some((field) => {
      const id = row.values[field.name];
      const found = typeof id === 'string' ? this.store.rowOfId(id) : undefined;
      return found !== undefined && this.canRead(found.object, found.row);
    });
    return readable ? 'read' : 'none';
  }

  private levelOfDocument(row: Row): AccessLevel {
    if (this.principals.has(String(row.values['OwnerId'] ?? row.values['CreatedById']))) return 'all';
    const linked = rowsWith(this.store, 'ContentDocumentLink', 'ContentDocumentId', row.id).some(({ values }) => {
      const id = String(values['LinkedEntityId']);
      if (this.principals.has(id)) return true;
      const found = this.store.rowOfId(id);
      return found !== undefined && this.canRead(found.object, found.row);
    });
    return linked ? 'read' : 'none';
  }
}
