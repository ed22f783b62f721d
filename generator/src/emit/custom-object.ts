import type { GeneratedFile } from '../model/index.js';
import { metadataFile, type FilePlace } from './metadata-file.js';
import type { ObjectDefinition } from './objects/index.js';

/** An object in the decomposed source format: the object's own file, and one for each field, list view, compact layout and rule. */
export function emitObject(definition: ObjectDefinition, place: FilePlace): GeneratedFile[] {
  const folder = `objects/${definition.name}`;
  return [
    metadataFile(place, `${folder}/${definition.name}.object-meta.xml`, 'CustomObject', definition.object),
    ...definition.fields.map((field) =>
      metadataFile(place, `${folder}/fields/${field.fullName}.field-meta.xml`, 'CustomField', field),
    ),
    ...definition.listViews.map((view) =>
      metadataFile(place, `${folder}/listViews/${view.fullName}.listView-meta.xml`, 'ListView', view),
    ),
    ...definition.compactLayouts.map((layout) =>
      metadataFile(
        place,
        `${folder}/compactLayouts/${layout.fullName}.compactLayout-meta.xml`,
        'CompactLayout',
        layout,
      ),
    ),
    ...definition.validationRules.map((rule) =>
      metadataFile(place, `${folder}/validationRules/${rule.fullName}.validationRule-meta.xml`, 'ValidationRule', rule),
    ),
  ];
}
