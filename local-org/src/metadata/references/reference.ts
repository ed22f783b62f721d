import type { Subject } from '../subject.js';
import type { FieldLookup } from '../symbols/fieldPath.js';
import type { SymbolTable } from '../symbols/symbolTable.js';
import { child, textOf, type XmlElement } from '../xml/document.js';

/** Something that a file names and that must exist, in the package or in the org. */
export type Reference =
  | {
      readonly kind: 'component';
      readonly at: XmlElement;
      readonly type: string;
      readonly fullName: string;
      /** The platform's wording when it differs from the usual one. */
      readonly message?: string;
    }
  | {
      readonly kind: 'field';
      readonly at: XmlElement;
      readonly object: string;
      /** Field name, or path over relationships. */
      readonly path: string;
      /** Set when the object has a reference of its own, so that its absence is not said again for each field. */
      readonly objectChecked?: true;
      readonly message?: (lookup: FieldLookup) => string;
    };

/** Lists what one type's files name. */
export type ReferenceReader = (subject: Subject, symbols: SymbolTable) => Iterable<Reference>;

/** Why a reference leads nowhere, in the platform's words; undefined when it resolves. */
export function brokenReference(reference: Reference, symbols: SymbolTable): string | undefined {
  if (reference.kind === 'component') {
    if (symbols.has(reference.type, reference.fullName)) return undefined;
    const { at, type, fullName } = reference;
    return reference.message ?? notFound(at, type, fullName);
  }
  const lookup = symbols.field(reference.object, reference.path);
  if (lookup.kind === 'field' || lookup.kind === 'undecided') return undefined;
  const sameObject = lookup.kind === 'unknownObject' && lookup.object === reference.object;
  if (sameObject && reference.objectChecked === true) return undefined;
  if (reference.message !== undefined) return reference.message(lookup);
  return lookup.kind === 'unknownObject'
    ? notFound(reference.at, 'CustomObject', lookup.object)
    : notFound(reference.at, 'CustomField', `${lookup.object}.${lookup.field}`);
}

/** The platform's usual sentence for a name that nothing bears. */
export const notFound = (at: XmlElement, type: string, fullName: string): string =>
  `In field: ${at.local} - no ${type} named ${fullName} found`;

/** A reference to a component named by a direct child's text; none when the child is missing. */
export function* named(parent: XmlElement, element: string, type: string): Generator<Reference> {
  const at = child(parent, element);
  const fullName = textOf(parent, element);
  if (at !== undefined && fullName !== undefined) yield { kind: 'component', at, type, fullName };
}

/** A reference to an object, standard or custom, named by a direct child's text. */
export function* namedObject(parent: XmlElement, element: string, symbols: SymbolTable): Generator<Reference> {
  const name = textOf(parent, element);
  if (name !== undefined && symbols.object(name) === undefined) yield* named(parent, element, 'CustomObject');
  else if (/__\w+$/.test(name ?? '')) yield* named(parent, element, 'CustomObject');
}

/** A reference to a field written as `Object.Field` in a direct child's text. */
export function* namedField(parent: XmlElement, element: string): Generator<Reference> {
  const at = child(parent, element);
  const text = textOf(parent, element);
  if (at === undefined || text === undefined) return;
  const dot = text.indexOf('.');
  if (dot < 0) yield { kind: 'component', at, type: 'CustomField', fullName: text };
  else yield { kind: 'field', at, object: text.slice(0, dot), path: text.slice(dot + 1) };
}
