import { escapeXml } from './escape.js';
import { exportOrder } from './order.js';
import type { TypedValue, XmlElement, XmlValue } from './source-type.js';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';
const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';
const INSTANCE_NAMESPACES =
  ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"';
const INDENT = '    ';

/** Elements of type `xsd:double`: an export writes a whole number as `66.0`. */
const DOUBLES: ReadonlySet<string> = new Set(['apiVersion', 'numberValue']);

/**
 * Prints a metadata component as an org exports it: declaration, four spaces, elements in export order, elements of one
 * name next to each other (a gap between them is an error at deployment, PLATFORM 2.5), a final newline.
 *
 * This is a printer of its own and not fast-xml-parser's builder because the order, `xsi:type` values, doubles and the
 * refusal of illegal characters all need a pass over the tree anyway, and a thousand integrations are ten thousand files.
 */
export function printMetadata(rootName: string, element: XmlElement): string {
  const attributes = hasTypedValue(element) ? INSTANCE_NAMESPACES : '';
  const lines = [DECLARATION, `<${rootName} xmlns="${NAMESPACE}"${attributes}>`];
  printChildren(lines, rootName, element, 1);
  lines.push(`</${rootName}>`, '');
  return lines.join('\n');
}

function printChildren(lines: string[], rootName: string, element: XmlElement, depth: number): void {
  for (const name of exportOrder(rootName, depth - 1, Object.keys(element))) {
    printValue(lines, rootName, name, element[name], depth);
  }
}

function printValue(lines: string[], rootName: string, name: string, value: XmlValue, depth: number): void {
  if (value === undefined) return;
  const margin = INDENT.repeat(depth);
  if (isList(value)) {
    for (const item of value) printValue(lines, rootName, name, item, depth);
  } else if (typeof value !== 'object') {
    lines.push(`${margin}<${name}>${scalarText(name, value)}</${name}>`);
  } else if (isTypedValue(value)) {
    lines.push(
      value.xsiType === 'nil'
        ? `${margin}<${name} xsi:nil="true"/>`
        : `${margin}<${name} xsi:type="${value.xsiType}">${escapeXml(value.text)}</${name}>`,
    );
  } else {
    lines.push(`${margin}<${name}>`);
    printChildren(lines, rootName, value, depth + 1);
    lines.push(`${margin}</${name}>`);
  }
}

function scalarText(name: string, value: string | number | boolean): string {
  if (typeof value === 'string') return escapeXml(value);
  if (typeof value === 'boolean') return String(value);
  if (!Number.isFinite(value)) throw new RangeError(`The element ${name} cannot hold the number ${value}.`);
  return DOUBLES.has(name) ? doubleText(value) : String(value);
}

/** A number as `xsd:double` in the form of an export: `66.0`, `0.5`. */
export function doubleText(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

function isList(value: XmlValue): value is readonly XmlValue[] {
  return Array.isArray(value);
}

function isTypedValue(value: XmlElement | TypedValue): value is TypedValue {
  return 'xsiType' in value;
}

function hasTypedValue(element: XmlElement): boolean {
  return Object.values(element).some((value) =>
    isList(value)
      ? value.some((item) => typeof item === 'object' && !isList(item) && hasTypedValue(item))
      : typeof value === 'object' && (isTypedValue(value) || hasTypedValue(value)),
  );
}
