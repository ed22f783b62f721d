import type { GeneratedFile } from '../../model/index.js';
import { TABS } from '../custom-tab.js';
import { metadataFile, type FilePlace } from '../metadata-file.js';
import { CIRCUIT, HEARTBEAT, POLICY, QUEUE, TOKEN_STATUS } from '../objects/index.js';
import { OPERATOR_PERMISSION } from '../custom-permission.js';
import { classAccesses, fieldPermissions, objectPermissions } from './access.js';

/** Actions that only operators may start. */
const ACTIONS = ['CalloutCircuitControl', 'CalloutReplay', 'CalloutWake'];

/** For people who watch and repair deliveries: the queue, what decides about it, and the actions that replay, hold and resume. */
export function emitOperatorPermissionSet(place: FilePlace): GeneratedFile {
  return metadataFile(place, 'permissionsets/Callout_Operator.permissionset-meta.xml', 'PermissionSet', {
    classAccesses: classAccesses(ACTIONS),
    customMetadataTypeAccesses: [{ enabled: true, name: POLICY.name }],
    customPermissions: [{ enabled: true, name: OPERATOR_PERMISSION }],
    customSettingAccesses: [{ enabled: true, name: TOKEN_STATUS.name }],
    description: 'Watch and repair deliveries: queue, circuits, heartbeats, policies; replay, hold and resume.',
    fieldPermissions: [
      ...fieldPermissions(CIRCUIT, () => false),
      ...fieldPermissions(HEARTBEAT, () => false),
      ...fieldPermissions(QUEUE, (field) => QUEUE.layout?.editable.has(field) ?? false),
    ],
    hasActivationRequired: false,
    label: 'Callout Operator',
    objectPermissions: [
      objectPermissions(CIRCUIT.name, 'readAll'),
      objectPermissions(HEARTBEAT.name, 'readAll'),
      objectPermissions(QUEUE.name, 'all'),
    ],
    tabSettings: TABS.map(({ object }) => ({ tab: object, visibility: 'Visible' as const })).toSorted((a, b) =>
      a.tab < b.tab ? -1 : 1,
    ),
  });
}
