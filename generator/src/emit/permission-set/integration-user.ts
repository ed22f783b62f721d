import type { GeneratedFile } from '../../model/index.js';
import { metadataFile, type FilePlace } from '../metadata-file.js';
import { CIRCUIT, HEARTBEAT, POLICY, QUEUE, TOKEN_STATUS } from '../objects/index.js';
import { classAccesses, fieldPermissions, objectPermissions } from './access.js';

/** Actions of the flows that may run as this user: it is the last one to change a queue row or a heartbeat. */
const ACTIONS = ['CalloutEnqueue', 'CalloutImmediate', 'CalloutSweep', 'CalloutWake', 'CalloutWatchdog'];

/**
 * For the one user that every callout runs as. The runtime reads and writes in system mode, so this opens the actions that flows start
 * as this user, and its own records to read: whoever logs in as the integration user sees what happened. No business data.
 */
export function emitIntegrationUserPermissionSet(place: FilePlace): GeneratedFile {
  const objects = [CIRCUIT, HEARTBEAT, QUEUE];
  return metadataFile(place, 'permissionsets/Callout_Integration_User.permissionset-meta.xml', 'PermissionSet', {
    classAccesses: classAccesses(ACTIONS),
    customMetadataTypeAccesses: [{ enabled: true, name: POLICY.name }],
    customSettingAccesses: [{ enabled: true, name: TOKEN_STATUS.name }],
    description:
      "For the user that every callout runs as: the actions of the runtime, its records to read. Assign each integration's credential set too.",
    fieldPermissions: objects.flatMap((object) => fieldPermissions(object, () => false)),
    hasActivationRequired: false,
    label: 'Callout Integration User',
    objectPermissions: objects.map(({ name }) => objectPermissions(name, 'readAll')),
  });
}
