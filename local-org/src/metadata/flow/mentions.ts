import { walk, type XmlElement } from '../xml/document.js';

/** A reference as it stands in the file: `$Record.Name`, `Get_Rows`. */
export interface Mention {
  readonly at: XmlElement;
  readonly text: string;
}

/** Elements whose whole text is a reference. */
const REFERENCE_ELEMENTS: ReadonlySet<string> = new Set([
  'assignNextValueToReference',
  'assignRecordIdToReference',
  'assignToReference',
  'choiceReferences',
  'collectionReference',
  'defaultSelectedChoiceReference',
  'elementReference',
  'inputReference',
  'leftValueReference',
  'outputReference',
]);

const TEMPLATE = /\{!([^{}]*)\}/g;

/** Every reference to an element, a resource or a global in a flow or a part of it. */
export function* mentions(root: XmlElement): Generator<Mention> {
  for (const at of walk(root)) {
    const text = at.text.trim();
    if (text === '' || at.children.length > 0) continue;
    if (REFERENCE_ELEMENTS.has(at.local)) {
      yield { at, text };
      continue;
    }
    for (const match of text.matchAll(TEMPLATE)) {
      const reference = match[1]?.trim();
      if (reference !== undefined && reference !== '') yield { at, text: reference };
    }
  }
}

/** A reference's first name and what follows it: `$Record` and `Owner.Name`. */
export function splitMention(text: string): { readonly first: string; readonly rest: string } {
  const dot = text.indexOf('.');
  return dot < 0 ? { first: text, rest: '' } : { first: text.slice(0, dot), rest: text.slice(dot + 1) };
}
