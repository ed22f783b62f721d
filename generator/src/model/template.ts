import type { FieldPath } from './names.js';

/**
 * One piece of a text with merge fields. In YAML a merge field is written `{!Path}`:
 * `{!Name}` is a field of the triggering record, `{!request.token}` an output of an earlier request of
 * the sequence, `{!input.score}` a value that the caller of an action-only integration passed in.
 */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'field'; readonly path: FieldPath }
  | { readonly kind: 'output'; readonly request: string; readonly output: string }
  | { readonly kind: 'input'; readonly name: string };

/** A parsed text with merge fields, in order; never two neighbouring `text` parts, empty for the empty text. */
export type Template = readonly TemplatePart[];
