import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import type { Row, Store } from '../data/index.js';
import type { CredentialRights } from '../platform/credentials/index.js';
import type { OrgStore } from '../store/index.js';

/** What permission sets and the profile of a user open about credentials (PLATFORM 1.5). */
export interface CredentialAccess {
  /** Principals in lower case, `externalcredential-principal`. */
  readonly principals: ReadonlySet<string>;
  readonly rights: CredentialRights;
}

const STORED_CREDENTIAL = 'UserExternalCredential';
const ADMINISTRATOR = 'System Administrator';
const ALL: CredentialRights = { read: true, create: true, edit: true, delete: true, modifyAll: true };
const NONE: CredentialRights = { read: false, create: false, edit: false, delete: false, modifyAll: false };

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const permissionSet = z.object({
  PermissionSet: z.object({
    externalCredentialPrincipalAccesses: z
      .array(z.object({ enabled: flag, externalCredentialPrincipal: z.string() }))
      .default([]),
    objectPermissions: z
      .array(
        z.object({
          object: z.string(),
          allowRead: flag,
          allowCreate: flag,
          allowEdit: flag,
          allowDelete: flag,
          modifyAllRecords: flag,
        }),
      )
      .default([]),
  }),
});
type PermissionSet = z.infer<typeof permissionSet>['PermissionSet'];

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  isArray: (tag) => tag === 'externalCredentialPrincipalAccesses' || tag === 'objectPermissions',
});

/** Reads the deployed permission sets that are assigned to a user. Administrators have all rights on stored credentials, but no principal. */
export function credentialAccess(org: OrgStore, records: Store, userId: string): CredentialAccess {
  const sets = assignedSets(org, records, userId);
  const own = sets
    .flatMap(({ objectPermissions }) => objectPermissions)
    .filter(({ object }) => object === STORED_CREDENTIAL);
  const granted = own.reduce<CredentialRights>(
    (rights, row) => ({
      read: rights.read || row.allowRead,
      create: rights.create || row.allowCreate,
      edit: rights.edit || row.allowEdit,
      delete: rights.delete || row.allowDelete,
      modifyAll: rights.modifyAll || row.modifyAllRecords,
    }),
    NONE,
  );
  return {
    rights: isAdministrator(records, userId) ? ALL : granted,
    principals: new Set(
      sets
        .flatMap(({ externalCredentialPrincipalAccesses }) => externalCredentialPrincipalAccesses)
        .filter(({ enabled }) => enabled)
        .map(({ externalCredentialPrincipal }) => externalCredentialPrincipal.toLowerCase()),
    ),
  };
}

function assignedSets(org: OrgStore, records: Store, userId: string): readonly PermissionSet[] {
  return rowsOf(records, 'PermissionSetAssignment')
    .filter((row) => row.values['AssigneeId'] === userId)
    .flatMap((row) => {
      const id = row.values['PermissionSetId'];
      const name = typeof id === 'string' ? records.rowOfId(id)?.row.values['Name'] : undefined;
      const component = typeof name === 'string' ? org.state.component('PermissionSet', name) : undefined;
      return component === undefined ? [] : [permissionSet.parse(parser.parse(component.content)).PermissionSet];
    });
}

function isAdministrator(records: Store, userId: string): boolean {
  const profile = records.rowOfId(userId)?.row.values['ProfileId'];
  return typeof profile === 'string' && records.rowOfId(profile)?.row.values['Name'] === ADMINISTRATOR;
}

function rowsOf(records: Store, objectName: string): readonly Row[] {
  const object = records.schema.object(objectName);
  return object === undefined ? [] : [...records.table(object).all()].filter((row) => !row.deleted);
}
