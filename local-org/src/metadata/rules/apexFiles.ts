import { child, textOf } from '../xml/document.js';
import type { Rule } from './rule.js';

/** API versions that the platform of this fact sheet knows: the oldest supported and the newest (PLATFORM header). */
const OLDEST = 31;
const NEWEST = 68;

/** Whether a version is written as the platform writes it and exists. */
export function isApiVersion(version: string): boolean {
  return /^\d{2}\.0$/.test(version) && Number(version) >= OLDEST && Number(version) <= NEWEST;
}

/** Files beside Apex code. */
export const apexFileRules: readonly Rule[] = [
  {
    // PLATFORM 0: every class and trigger says which API version it is compiled with.
    id: 'apex-file-has-api-version',
    types: ['ApexClass', 'ApexTrigger'],
    *check({ root }, { apiVersion }) {
      const version = textOf(root, 'apiVersion');
      if (version === undefined) {
        yield { at: root, message: 'Required field is missing: apiVersion' };
        return;
      }
      const at = child(root, 'apiVersion') ?? root;
      const canonical = /^\d+$/.test(version) ? `${version}.0` : version;
      if (!isApiVersion(canonical)) yield { at, message: `Invalid version specified: ${version}` };
      else if (Number(version) > Number(apiVersion)) {
        yield {
          at,
          message: `API version ${version} of the component is newer than version ${apiVersion} of the package`,
        };
      }
    },
  },
  {
    // PLATFORM 0: a class is deployed Active; Deleted is not a state that a deployment may ask for.
    id: 'apex-file-status',
    types: ['ApexClass', 'ApexTrigger'],
    *check({ root }) {
      const status = textOf(root, 'status');
      if (status === 'Deleted') {
        yield {
          at: child(root, 'status') ?? root,
          message: 'Cannot deploy a component with status Deleted; use destructiveChanges.xml',
        };
      }
    },
  },
];
