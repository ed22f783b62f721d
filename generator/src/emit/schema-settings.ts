import type { GeneratedFile } from '../model/index.js';
import { metadataFile, type FilePlace } from './metadata-file.js';

/** List custom settings are off in new orgs; `CalloutTokenStatus__c` is one. */
export function emitSchemaSettings(place: FilePlace): GeneratedFile {
  return metadataFile(place, 'settings/Schema.settings-meta.xml', 'SchemaSettings', {
    enableListCustomSettingCreation: true,
  });
}
