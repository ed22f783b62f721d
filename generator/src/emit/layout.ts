import type { Layout, LayoutItem } from '@salesforce/types/metadata';
import type { GeneratedFile } from '../model/index.js';
import { metadataFile, type FilePlace } from './metadata-file.js';
import type { ObjectDefinition } from './objects/index.js';
import type { Source } from './xml/index.js';

/**
 * The page layout of an object, or none. It has the name that the org gives the layout which it creates with the object
 * (`<label> Layout`), so that this one takes that one's place and no profile needs an assignment.
 */
export function emitLayout({ name, object, fields, layout }: ObjectDefinition, place: FilePlace): GeneratedFile[] {
  if (layout === undefined) return [];
  const required = new Set(fields.filter((field) => field.required === true).map((field) => field.fullName));
  const item = (field: string): Source<LayoutItem> => ({
    behavior: required.has(field)
      ? 'Required'
      : layout.editable.has(field)
        ? 'Edit'
        : field === 'Name'
          ? nameBehavior(object)
          : 'Readonly',
    field,
  });
  const component: Source<Layout> = {
    layoutSections: [
      ...layout.sections.map(({ label, columns }) => ({
        customLabel: true,
        detailHeading: true,
        editHeading: true,
        label,
        layoutColumns: columns.map((column) => ({ layoutItems: column.map(item) })),
        style: 'TwoColumnsTopToBottom' as const,
      })),
      SYSTEM_INFORMATION,
    ],
    showEmailCheckbox: false,
    showHighlightsPanel: false,
    showInteractionLogPanel: false,
    showRunAssignmentRulesCheckbox: false,
    showSubmitAndAttachButton: false,
  };
  return [metadataFile(place, `layouts/${name}-${object.label} Layout.layout-meta.xml`, 'Layout', component)];
}

/** Nobody types an auto number; a text name is required. */
function nameBehavior(object: ObjectDefinition['object']): 'Readonly' | 'Required' {
  return object.nameField?.type === 'AutoNumber' ? 'Readonly' : 'Required';
}

const SYSTEM_INFORMATION = {
  customLabel: false,
  detailHeading: false,
  editHeading: true,
  label: 'System Information',
  layoutColumns: [
    { layoutItems: [{ behavior: 'Readonly', field: 'CreatedById' }] },
    { layoutItems: [{ behavior: 'Readonly', field: 'LastModifiedById' }] },
  ],
  style: 'TwoColumnsTopToBottom',
} as const;
