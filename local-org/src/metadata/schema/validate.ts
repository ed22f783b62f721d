import type { XmlElement } from '../xml/document.js';
import { scalarMismatch } from './scalars.js';
import { enumValues, typeRule, type ElementRule, type TypeRule } from './schema.js';

/** Namespace of every metadata file. */
export const METADATA_NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';
export const XSI_NAMESPACE = 'http://www.w3.org/2001/XMLSchema-instance';

/** One thing wrong with the shape of a file, at the element that it is about. */
export interface ShapeProblem {
  readonly at: XmlElement;
  readonly message: string;
}

const parsing = (message: string): string => `Error parsing file: ${message}`;
const qualified = (element: XmlElement): string => `{${element.uri}}${element.local}`;

/**
 * Checks a file against the official shape: root, namespace, element names, repeats and their contiguity, enums,
 * scalars, required elements. The order of different elements is free, as on the platform (PLATFORM 1.2, 2.5).
 */
export function validateShape(root: XmlElement, type: string): readonly ShapeProblem[] {
  const rule = typeRule(type);
  if (rule === undefined) throw new Error(`no schema for metadata type ${type}`);
  if (root.uri !== METADATA_NAMESPACE || root.local !== type) {
    const message = `Root element must be {${METADATA_NAMESPACE}}${type} but is ${qualified(root)}`;
    return [{ at: root, message: parsing(message) }];
  }
  return [...checkChildren(root, type, rule)];
}

function* checkChildren(parent: XmlElement, type: string, rule: TypeRule): Generator<ShapeProblem> {
  yield* strayText(parent, type);
  const closed = new Set<string>();
  const reported = new Set<string>();
  let previous: string | undefined;
  for (const element of parent.children) {
    const expected = element.uri === METADATA_NAMESPACE ? rule.get(element.local) : undefined;
    if (expected === undefined) {
      yield { at: element, message: parsing(`Element ${qualified(element)} invalid at this location in type ${type}`) };
      continue;
    }
    const repeats = closed.has(element.local) || (previous === element.local && !expected.many);
    if (repeats && !reported.has(element.local)) {
      reported.add(element.local);
      yield {
        at: element,
        message: parsing(`Element ${element.local} is duplicated at this location in type ${type}`),
      };
    }
    if (previous !== undefined && previous !== element.local) closed.add(previous);
    previous = element.local;
    yield* checkElement(element, expected);
  }
  yield* missing(parent, rule);
}

function* strayText(parent: XmlElement, type: string): Generator<ShapeProblem> {
  const text = parent.text.trim();
  if (text === '') return;
  const shown = text.length > 40 ? `${text.slice(0, 40)}...` : text;
  yield { at: parent, message: parsing(`Unexpected text "${shown}" in ${parent.local} of type ${type}`) };
}

function* missing(parent: XmlElement, rule: TypeRule): Generator<ShapeProblem> {
  for (const [name, { required }] of rule) {
    if (required && !parent.children.some((candidate) => candidate.local === name)) {
      yield { at: parent, message: `Required field is missing: ${name}` };
    }
  }
}

function* checkElement(element: XmlElement, expected: ElementRule): Generator<ShapeProblem> {
  if (expected.type === 'any') return;
  const complex = typeRule(expected.type);
  if (complex !== undefined) {
    yield* checkChildren(element, expected.type, complex);
    return;
  }
  const [nested] = element.children;
  if (nested !== undefined) {
    yield {
      at: nested,
      message: parsing(`Unexpected element ${qualified(nested)} during simple type deserialization`),
    };
    return;
  }
  yield* checkText(element, expected);
}

function* checkText(element: XmlElement, expected: ElementRule): Generator<ShapeProblem> {
  const text = element.text.trim();
  if (text === '') {
    if (expected.required) yield { at: element, message: `Required field is missing: ${element.local}` };
    else if (expected.type !== 'string') yield { at: element, message: invalidValue('', expected.type, element.local) };
    return;
  }
  const values = enumValues(expected.type);
  if (values !== undefined) {
    if (!values.has(text))
      yield { at: element, message: `'${text}' is not a valid value for the enum '${expected.type}'` };
    return;
  }
  const mismatch = scalarMismatch(element.local, expected.type, text);
  if (mismatch !== undefined)
    yield { at: element, message: parsing(`'${text}' is not valid for the type ${mismatch}`) };
}

function invalidValue(text: string, type: string, element: string): string {
  if (enumValues(type) !== undefined) return `'${text}' is not a valid value for the enum '${type}'`;
  return parsing(`'${text}' is not valid for the type ${scalarMismatch(element, type, text) ?? type}`);
}
