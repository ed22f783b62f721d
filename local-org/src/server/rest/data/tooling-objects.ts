import { notSupported } from '../../api-error.js';

/** Objects that the Tooling API shows and whose rows the org keeps. Whoever keeps more adds them here. */
const TOOLING_OBJECTS: ReadonlySet<string> = new Set(
  [
    'ApexClass',
    'ApexTrigger',
    'Organization',
    'PermissionSet',
    'PermissionSetAssignment',
    'Profile',
    'RecordType',
    'User',
  ].map((name) => name.toLowerCase()),
);

export function isToolingObject(name: string): boolean {
  return TOOLING_OBJECTS.has(name.toLowerCase());
}

/** @throws ApiError naming a tooling object that the org does not keep */
export function requireToolingObject(name: string): void {
  if (!isToolingObject(name)) throw notSupported(`tooling queries on ${name}`);
}
