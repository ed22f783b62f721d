import { ADMINISTRATOR, assignProfileSet, ensureProfiles } from '../../access/index.js';
import { ApexTime, setupObjectOf, STATUSES, statusRows, type ObjectSchema } from '../../data/index.js';
import type { OrgFacts, UserFact } from '../../model/index.js';
import type { OrgIdentity } from '../runtime/index.js';
import type { SystemRows } from './system-rows.js';

const MINIMUM_ACCESS = 'Minimum Access - Salesforce';

const LOCALE = {
  TimeZoneSidKey: 'GMT',
  LocaleSidKey: 'en_US',
  LanguageLocaleKey: 'en_US',
  EmailEncodingKey: 'UTF-8',
} as const;

const MIDNIGHT = new ApexTime(0);

/** The hours that a new org starts with: always open (help: Set Business Hours). */
const BUSINESS_HOURS = {
  Name: 'Default',
  IsActive: true,
  IsDefault: true,
  TimeZoneSidKey: 'GMT',
  ...Object.fromEntries(
    ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].flatMap((day) => [
      [`${day}StartTime`, MIDNIGHT],
      [`${day}EndTime`, MIDNIGHT],
    ]),
  ),
};

/**
 * Brings up to date what every org has: the organisation, profiles, and the users of the facts. A user who exists
 * already is left as people have changed it.
 */
export function ensureBaseData(rows: SystemRows, facts: OrgFacts): OrgIdentity {
  const admin = facts.users.find(({ username }) => username === facts.adminUsername);
  const automatedProcess = facts.users.find(({ kind }) => kind === 'automatedProcess');
  if (admin === undefined || automatedProcess === undefined)
    throw new Error('An org needs an administrator and the Automated Process.');
  // The administrator's Id goes before its row: everything else, and the row itself, is made by the administrator.
  const adminId = admin.id ?? idOfUser(rows, admin.username) ?? rows.store.nextId(userObject(rows));
  rows.userId = adminId;
  const organizationId = rows.ensure('Organization', ['Name'], {
    id: facts.organization.id,
    values: {
      Name: facts.organization.name,
      // A sandbox would make the SF CLI track sources, which needs more than the local org has.
      IsSandbox: false,
      OrganizationType: 'Developer Edition',
      InstanceName: 'LOCAL1',
      NamespacePrefix: null,
      TrialExpirationDate: null,
      LanguageLocaleKey: 'en_US',
      DefaultLocaleSidKey: 'en_US',
      TimeZoneSidKey: 'GMT',
    },
  });
  const profiles = ensureProfiles(rows);
  rows.ensure('Group', ['DeveloperName'], {
    values: { DeveloperName: 'AllInternalUsers', Name: 'All Internal Users', Type: 'Organization' },
  });
  ensureStatuses(rows);
  rows.ensure('BusinessHours', ['Name'], { values: BUSINESS_HOURS });
  const adminProfileId = profiles.get(ADMINISTRATOR) ?? '';
  const userOf = (user: UserFact): string =>
    ensureUser(rows, user, isAdministrator(user, facts) ? adminProfileId : (profiles.get(MINIMUM_ACCESS) ?? ''));
  userOf({ ...admin, id: adminId });
  const automatedProcessId = userOf(automatedProcess);
  const others = facts.users.filter((user) => user !== admin && user !== automatedProcess);
  const ids = new Map(others.map((user) => [user, userOf(user)] as const));
  const defaultWorkflow = others.find(({ kind }) => kind === 'defaultWorkflow');
  const defaultWorkflowUserId = (defaultWorkflow === undefined ? undefined : ids.get(defaultWorkflow)) ?? adminId;
  return { organizationId, adminId, automatedProcessId, adminProfileId, defaultWorkflowUserId };
}

function ensureStatuses(rows: SystemRows): void {
  for (const name of Object.keys(STATUSES)) {
    const object = setupObjectOf(rows.store, name);
    for (const values of statusRows(name, (field) => object.fields.has(field.toLowerCase())))
      rows.ensure(name, ['MasterLabel'], { values });
  }
}

function userObject({ store }: SystemRows): ObjectSchema {
  return setupObjectOf(store, 'User');
}

function idOfUser(rows: SystemRows, username: string): string | undefined {
  const object = userObject(rows);
  const field = object.fields.get('username');
  return field === undefined ? undefined : [...rows.store.table(object).indexOf(field).find(username)][0];
}

function isAdministrator({ username, kind }: UserFact, facts: OrgFacts): boolean {
  return username === facts.adminUsername || kind === 'defaultWorkflow';
}

function ensureUser(rows: SystemRows, user: UserFact, profileId: string): string {
  if (user.id !== undefined && rows.store.table(userObject(rows)).get(user.id) !== undefined) return user.id;
  const words = user.name.split(' ');
  const id = rows.ensure('User', ['Username'], {
    id: user.id,
    values: {
      ...LOCALE,
      FirstName: words.slice(0, -1).join(' ') || null,
      LastName: words.at(-1) ?? user.name,
      Name: user.name,
      Username: user.username,
      Email: user.username,
      Alias: (user.username.split('@')[0] ?? '').slice(0, 8),
      IsActive: user.active,
      ...(user.kind === 'automatedProcess'
        ? { UserType: 'AutomatedProcess' }
        : { UserType: 'Standard', ProfileId: profileId }),
    },
  });
  assignProfileSet(rows.store, id);
  return id;
}
