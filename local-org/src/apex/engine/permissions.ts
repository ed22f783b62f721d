import { XMLParser } from 'fast-xml-parser';

import type { Component } from '../../model/index.js';

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  isArray: (tag) => tag === 'customPermissions',
});

interface Grant {
  readonly name: string;
  readonly enabled: string;
}

function isGrant(value: unknown): value is Grant {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    'enabled' in value &&
    typeof value.name === 'string' &&
    typeof value.enabled === 'string'
  );
}

/** Custom permissions in lower case that each permission set grants, by the set's lower-cased name. */
export function customPermissionsOf(components: readonly Component[]): ReadonlyMap<string, readonly string[]> {
  const granted = new Map<string, readonly string[]>();
  for (const { type, fullName, content } of components) {
    if (type !== 'PermissionSet') continue;
    const parsed: { readonly PermissionSet?: { readonly customPermissions?: readonly unknown[] } } =
      parser.parse(content);
    const grants = (parsed.PermissionSet?.customPermissions ?? [])
      .filter(isGrant)
      .filter((grant) => grant.enabled === 'true');
    granted.set(
      fullName.toLowerCase(),
      grants.map((grant) => grant.name.toLowerCase()),
    );
  }
  return granted;
}
