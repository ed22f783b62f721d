import type { GeneratedFile } from '../model/index.js';
import { metadataFile, type FilePlace } from './metadata-file.js';

/** What the operator actions ask for: `FeatureManagement.checkPermission('Callout_Operate')`. */
export const OPERATOR_PERMISSION = 'Callout_Operate';

export function emitOperatorPermission(place: FilePlace): GeneratedFile {
  return metadataFile(place, `customPermissions/${OPERATOR_PERMISSION}.customPermission-meta.xml`, 'CustomPermission', {
    description: 'Allows the operator actions: replay, hold, resume, close a circuit.',
    isLicensed: false,
    label: 'Operate Callouts',
  });
}
