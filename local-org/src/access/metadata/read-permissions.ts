import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';

import type { ObjectRights } from '../permissions/rights.js';

const flag = z
  .string()
  .optional()
  .transform((text) => text?.trim() === 'true');

const named = z.object({ name: z.string(), enabled: flag });

const objectRow = z.object({
  object: z.string(),
  allowRead: flag,
  allowCreate: flag,
  allowEdit: flag,
  allowDelete: flag,
  viewAllRecords: flag,
  modifyAllRecords: flag,
  viewAllFields: flag,
});

const permissionSet = z.object({
  label: z.string().optional(),
  description: z.string().optional(),
  license: z.string().optional(),
  hasActivationRequired: flag,
  objectPermissions: z.array(objectRow).default([]),
  fieldPermissions: z.array(z.object({ field: z.string(), readable: flag, editable: flag })).default([]),
  userPermissions: z.array(named).default([]),
  customPermissions: z.array(named).default([]),
  classAccesses: z.array(z.object({ apexClass: z.string(), enabled: flag })).default([]),
  flowAccesses: z.array(z.object({ flow: z.string(), enabled: flag })).default([]),
  customMetadataTypeAccesses: z.array(named).default([]),
  customSettingAccesses: z.array(named).default([]),
  externalCredentialPrincipalAccesses: z
    .array(z.object({ externalCredentialPrincipal: z.string(), enabled: flag }))
    .default([]),
});

const REPEATED: ReadonlySet<string> = new Set([
  'objectPermissions',
  'fieldPermissions',
  'userPermissions',
  'customPermissions',
  'classAccesses',
  'flowAccesses',
  'customMetadataTypeAccesses',
  'customSettingAccesses',
  'externalCredentialPrincipalAccesses',
  'permissionSets',
  'mutingPermissionSets',
]);

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  htmlEntities: true,
  isArray: (tag) => REPEATED.has(tag),
});

/** What a deployed permission set grants. Names are as written. */
export interface GrantedPermissions {
  readonly label: string | undefined;
  readonly description: string | undefined;
  readonly hasActivationRequired: boolean;
  readonly objects: readonly { readonly object: string; readonly rights: ObjectRights }[];
  readonly fields: readonly { readonly field: string; readonly editable: boolean }[];
  readonly userPermissions: readonly string[];
  readonly customPermissions: readonly string[];
  readonly classes: readonly string[];
  readonly flows: readonly string[];
  /** Custom metadata types and custom settings. */
  readonly types: readonly string[];
  /** `ExternalCredential-Principal` */
  readonly principals: readonly string[];
}

const enabled = <T extends { readonly enabled: boolean }>(rows: readonly T[]): readonly T[] =>
  rows.filter((row) => row.enabled);

/** Reads a PermissionSet's XML. @throws ZodError naming the element whose shape is wrong */
export function readPermissionSet(xml: string): GrantedPermissions {
  const parsed = z.object({ PermissionSet: permissionSet }).parse(withRoot(parser.parse(xml), 'PermissionSet'));
  const set = parsed.PermissionSet;
  return {
    label: set.label,
    description: set.description,
    hasActivationRequired: set.hasActivationRequired,
    objects: set.objectPermissions.map((row) => ({
      object: row.object,
      rights: {
        read: row.allowRead,
        create: row.allowCreate,
        edit: row.allowEdit,
        delete: row.allowDelete,
        viewAll: row.viewAllRecords,
        modifyAll: row.modifyAllRecords,
        viewAllFields: row.viewAllFields,
      },
    })),
    fields: set.fieldPermissions
      .filter((row) => row.readable || row.editable)
      .map((row) => ({ field: row.field, editable: row.editable })),
    userPermissions: enabled(set.userPermissions).map((row) => row.name),
    customPermissions: enabled(set.customPermissions).map((row) => row.name),
    classes: enabled(set.classAccesses).map((row) => row.apexClass),
    flows: enabled(set.flowAccesses).map((row) => row.flow),
    types: [...enabled(set.customMetadataTypeAccesses), ...enabled(set.customSettingAccesses)].map((row) => row.name),
    principals: enabled(set.externalCredentialPrincipalAccesses).map((row) => row.externalCredentialPrincipal),
  };
}

/** An empty root element is parsed as text. */
function withRoot(parsed: unknown, root: string): unknown {
  if (typeof parsed !== 'object' || parsed === null) return { [root]: {} };
  return Object.entries(parsed).some(([name, value]) => name === root && value === '') ? { [root]: {} } : parsed;
}

const group = z.object({
  PermissionSetGroup: z.object({
    label: z.string().default(''),
    description: z.string().optional(),
    permissionSets: z.array(z.string()).default([]),
    mutingPermissionSets: z.array(z.string()).default([]),
  }),
});

/** A deployed permission set group: its label and the names of its sets. */
export interface GroupedPermissions {
  readonly label: string;
  readonly description: string | undefined;
  readonly permissionSets: readonly string[];
}

/** Reads a PermissionSetGroup's XML. @throws Error for muting permission sets, which would take rights away again */
export function readPermissionSetGroup(name: string, xml: string): GroupedPermissions {
  const { PermissionSetGroup: parsed } = group.parse(parser.parse(xml));
  if (parsed.mutingPermissionSets.length > 0)
    throw new Error(`Permission set group ${name}: muting permission sets are not supported by the local org.`);
  return { label: parsed.label, description: parsed.description, permissionSets: parsed.permissionSets };
}
