import type { GeneratedFile, Integration } from '../../model/index.js';
import { metadataFile, type FilePlace } from '../metadata-file.js';
import { clip, DESCRIPTION_LIMIT } from '../text.js';
import { classAccesses } from './access.js';

const LABEL_LIMIT = 80;

/**
 * For everybody whose changes start deliveries, in orgs that require access to the Apex classes which a flow invokes
 * (PLATFORM 2.1, 3.2). Elsewhere nobody needs it. The retry flow's path runs as the last one to change a row, which after a fault
 * path is such a person (PLATFORM 1.5.4).
 */
export function emitUserPermissionSet(place: FilePlace): GeneratedFile {
  return metadataFile(place, 'permissionsets/Callout_User.permissionset-meta.xml', 'PermissionSet', {
    classAccesses: classAccesses(['CalloutEnqueue', 'CalloutImmediate', 'CalloutWake']),
    description:
      'Lets changes start deliveries in orgs that require user access to Apex classes invoked by flows. It opens no records.',
    hasActivationRequired: false,
    label: 'Callout User',
  });
}

/** For people whose screen flow calls the action of an integration without a trigger: the running user needs the class (PLATFORM 3.2). */
export function emitActionPermissionSet({ apiName, label, trigger }: Integration, place: FilePlace): GeneratedFile[] {
  if (trigger !== undefined) return [];
  return [
    metadataFile(place, `permissionsets/${apiName}_User.permissionset-meta.xml`, 'PermissionSet', {
      classAccesses: classAccesses([`${apiName}Action`]),
      description: clip(
        `Lets people start ${label} from a flow. The call runs as the person: assign the credential set too.`,
        DESCRIPTION_LIMIT,
      ),
      hasActivationRequired: false,
      label: `${clip(label, LABEL_LIMIT - ' (User)'.length)} (User)`,
    }),
  ];
}
