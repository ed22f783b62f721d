import type { FieldPart } from './definition.js';

/**
 * Builders of custom fields. Each takes the API name, the label and a help text that people see next to the field; the
 * description that admins see in Setup is the same text. `options` are further members of the metadata type, such as `required`.
 * A number's `precision` counts all its digits, `scale` those after the point.
 */
type Options = Partial<Omit<FieldPart, 'fullName' | 'label' | 'type'>>;
type Builder = (fullName: string, label: string, help: string, options?: Options) => FieldPart;

const common = (fullName: string, label: string, help: string): FieldPart => ({
  fullName,
  description: help,
  externalId: false,
  inlineHelpText: help,
  label,
});

export const text =
  (length: number): Builder =>
  (fullName, label, help, options) => ({
    ...common(fullName, label, help),
    length,
    required: false,
    type: 'Text',
    unique: false,
    ...options,
  });

export const longText =
  (length: number, visibleLines = 5): Builder =>
  (fullName, label, help, options) => ({
    ...common(fullName, label, help),
    length,
    type: 'LongTextArea',
    visibleLines,
    ...options,
  });

export const number =
  (precision: number, scale = 0): Builder =>
  (fullName, label, help, options) => ({
    ...common(fullName, label, help),
    precision,
    required: false,
    scale,
    type: 'Number',
    unique: false,
    ...options,
  });

export const dateTime: Builder = (fullName, label, help, options) => ({
  ...common(fullName, label, help),
  required: false,
  type: 'DateTime',
  ...options,
});

export const checkbox =
  (defaultValue = false): Builder =>
  (fullName, label, help, options) => ({
    ...common(fullName, label, help),
    defaultValue: String(defaultValue),
    type: 'Checkbox',
    ...options,
  });

/** A restricted picklist; `preset` is the value that new rows get. */
export const picklist =
  (values: readonly string[], preset?: string): Builder =>
  (fullName, label, help, options) => ({
    ...common(fullName, label, help),
    required: false,
    type: 'Picklist',
    valueSet: {
      restricted: true,
      valueSetDefinition: {
        sorted: false,
        value: values.map((value) => ({ fullName: value, default: value === preset, label: value })),
      },
    },
    ...options,
  });

/** A key that no two rows share, case-sensitive so that it is compared as it is written. */
export const UNIQUE_KEY: Options = { caseSensitive: true, externalId: true, unique: true };
