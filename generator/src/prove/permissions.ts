import { UserError } from '../errors/index.js';
import type { Integration } from '../model/index.js';
import type { OrgClient } from '../org-client/index.js';

/** Permission sets that the integration user needs for an integration, as the guide says. */
export function permissionSetsOf({ apiName }: Integration): readonly string[] {
  return ['Callout_Integration_User', `${apiName}_Credential`];
}

/**
 * Permission sets that whoever calls an integration directly needs, as the guide says: without a trigger, and with immediate delivery, the call
 * runs as the user of the flow.
 */
export function callerPermissionSetsOf({ apiName, trigger }: Integration): readonly string[] {
  if (trigger === undefined) return [`${apiName}_Credential`, `${apiName}_User`];
  return trigger.delivery === 'immediate' ? [`${apiName}_Credential`, 'Callout_User'] : [];
}

/**
 * Assigns permission sets to a user; those that the user has already stay. Throws UserError `NotDeployedError` for a user or a permission set
 * that the org does not have.
 */
export async function assignPermissionSets(org: OrgClient, username: string, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const [user] = await org.query(`SELECT Id FROM User WHERE Username = '${quoted(username)}'`);
  if (user === undefined) throw notThere(`the user ${username}`);
  const list = [...new Set(names)].map((name) => `'${quoted(name)}'`).join(', ');
  const sets = await org.query(`SELECT Id, Name FROM PermissionSet WHERE Name IN (${list})`);
  for (const name of names) if (!sets.some((set) => set['Name'] === name)) throw notThere(`the permission set ${name}`);
  const userId = String(user['Id']);
  const assigned = await org.query(
    `SELECT PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = '${quoted(userId)}'`,
  );
  const present = new Set(assigned.map((row) => String(row['PermissionSetId'])));
  for (const { Id: id } of sets)
    if (!present.has(String(id)))
      await org.data('POST', '/sobjects/PermissionSetAssignment', { AssigneeId: userId, PermissionSetId: id });
}

function quoted(text: string): string {
  return text.replace(/[\\']/g, '\\$&');
}

function notThere(what: string): UserError {
  return new UserError('NotDeployedError', `The local org does not have ${what}.`, {
    actions: ['Deploy the project first: callout deploy start --target-org <alias>'],
  });
}
