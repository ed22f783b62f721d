import type { CompactLayout, CustomField, CustomObject, ListView, ValidationRule } from '@salesforce/types/metadata';
import type { Source } from '../xml/index.js';

/** A component that is a file of its own below an object's folder. */
type Part<T> = Source<T> & { readonly fullName: string };

/** One section of a page layout: fields in two columns, read from top to bottom. */
export interface LayoutSectionDefinition {
  readonly label: string;
  readonly columns: readonly (readonly string[])[];
}

/** A page layout; fields that people must not touch are read-only on it. */
export interface LayoutDefinition {
  readonly sections: readonly LayoutSectionDefinition[];
  /** Fields that an operator may change on the page. */
  readonly editable: ReadonlySet<string>;
}

/** An object with everything that stands in its folder, as data; `emitObject` makes files of it. */
export interface ObjectDefinition {
  /** API name with its suffix: `CalloutQueue__c`. */
  readonly name: string;
  readonly object: Source<CustomObject>;
  readonly fields: readonly Part<CustomField>[];
  readonly listViews: readonly Part<ListView>[];
  readonly compactLayouts: readonly Part<CompactLayout>[];
  readonly validationRules: readonly Part<ValidationRule>[];
  readonly layout: LayoutDefinition | undefined;
}

export type FieldPart = Part<CustomField>;
