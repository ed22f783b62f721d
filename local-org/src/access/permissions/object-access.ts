import type { ObjectSchema } from '../../data/index.js';
import { PERMISSIONABLE_OBJECTS } from '../profiles/standard-profiles.js';
import { ALL_RIGHTS, NO_RIGHTS, type ObjectRights } from './rights.js';

/** True for objects that permission sets grant rights on. */
export function hasObjectPermissions(object: ObjectSchema): boolean {
  switch (object.kind) {
    case 'custom':
    case 'external':
    case 'big':
    case 'platformEvent':
      return true;
    case 'standard':
      return PERMISSIONABLE_OBJECTS.has(object.name);
    case 'share':
    case 'customMetadata':
    case 'listSetting':
    case 'hierarchySetting':
    case 'aggregate':
      return false;
  }
}

/** Objects without object permissions whose rights are those on another object (Object Reference: the parent's access decides). */
const CONTROLLED_BY: Readonly<Record<string, string>> = {
  AccountContactRelation: 'Account',
  AccountContactRole: 'Account',
  AccountTeamMember: 'Account',
  AssetRelationship: 'Asset',
  CampaignMember: 'Campaign',
  CampaignMemberStatus: 'Campaign',
  CaseComment: 'Case',
  CaseContactRole: 'Case',
  CaseTeamMember: 'Case',
  ContractContactRole: 'Contract',
  OpportunityCompetitor: 'Opportunity',
  OpportunityContactRole: 'Opportunity',
  OpportunityLineItem: 'Opportunity',
  OpportunityTeamMember: 'Opportunity',
  OrderItem: 'Order',
  PricebookEntry: 'Pricebook2',
  QuoteLineItem: 'Quote',
  WorkOrderLineItem: 'WorkOrder',
};

/** The object whose permissions decide over another one; undefined when it has permissions of its own, or none at all. */
export function controllingObject(object: ObjectSchema): string | undefined {
  if (object.kind === 'share') return object.name.replace(/__Share$/, '__c');
  const share = /^(\w+)Share$/.exec(object.name)?.[1];
  return share !== undefined && object.fields.has('userorgroupid') ? share : CONTROLLED_BY[object.name];
}

/** Answers whether somebody has a user permission, by its metadata name. */
export type HasUserPermission = (name: string) => boolean;

/** Activities have user permissions instead of object permissions (help "Activity Permissions"). */
const ACTIVITIES: Readonly<Record<string, string>> = { Task: 'EditTask', Event: 'EditEvent' };

/** Records that everybody who works in the org may write: what hangs on other records, files and feeds. */
const EVERYBODYS: ReadonlySet<string> = new Set([
  'Attachment',
  'Note',
  'ContentDocument',
  'ContentDocumentLink',
  'ContentDistribution',
  'ContentNote',
  'ContentVersion',
  'EmailMessage',
  'EventRelation',
  'FeedComment',
  'FeedItem',
  'TaskRelation',
  'Topic',
  'TopicAssignment',
]);

/** User permission that writing a setup object needs; those not named here need Customize Application. */
const SETUP_WRITERS: Readonly<Record<string, string>> = {
  FieldPermissions: 'ManageProfilesPermissionsets',
  Group: 'ManageUsers',
  GroupMember: 'ManageUsers',
  MutingPermissionSet: 'ManageProfilesPermissionsets',
  ObjectPermissions: 'ManageProfilesPermissionsets',
  PermissionSet: 'ManageProfilesPermissionsets',
  PermissionSetAssignment: 'AssignPermissionSets',
  PermissionSetGroup: 'ManageProfilesPermissionsets',
  PermissionSetGroupComponent: 'ManageProfilesPermissionsets',
  QueueSobject: 'ManageUsers',
  SetupEntityAccess: 'ManageProfilesPermissionsets',
  User: 'ManageInternalUsers',
  UserRole: 'ManageRoles',
};

const READ_ONLY_RIGHTS: ObjectRights = { ...NO_RIGHTS, read: true };

/**
 * Rights on a standard object without object permissions and without a controlling object. Setup objects can be read by everybody, which is
 * more than the platform allows users without View Setup and Configuration; which objects it hides from them is not documented.
 */
export function unlistedRights(object: ObjectSchema, has: HasUserPermission): ObjectRights {
  const activity = ACTIVITIES[object.name];
  if (activity !== undefined) {
    const read = has('ActivitiesAccess') || has(activity);
    const write = has(activity);
    return { ...NO_RIGHTS, read, create: write, edit: write, delete: write, viewAll: has('ViewAllData') };
  }
  if (EVERYBODYS.has(object.name)) return { ...READ_ONLY_RIGHTS, create: true, edit: true, delete: true };
  return has(SETUP_WRITERS[object.name] ?? 'CustomizeApplication') ? ALL_RIGHTS : READ_ONLY_RIGHTS;
}

/** Custom settings and custom metadata types are granted as a whole; changing settings needs Customize Application (PLATFORM 3.6). */
export function settingRights(granted: boolean, has: HasUserPermission): ObjectRights {
  if (has('CustomizeApplication')) return ALL_RIGHTS;
  return granted ? READ_ONLY_RIGHTS : NO_RIGHTS;
}
