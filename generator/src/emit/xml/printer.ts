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
  const printed = new Printer(rootName).children(element, 0);
  const attributes = printed.includes(' xsi:') && hasTypedValue(element) ? INSTANCE_NAMESPACES : '';
  return `${DECLARATION}\n<${rootName} xmlns="${NAMESPACE}"${attributes}>\n${printed}</${rootName}>\n`;
}

class Printer {
  public constructor(private readonly rootName: string) {}

  /** The children of an element that is `depth` levels below the root, each on lines of its own. */
  public children(element: XmlElement, depth: number): string {
    const margin = INDENT.repeat(depth + 1);
    let text = '';
    for (const name of exportOrder(this.rootName, depth, Object.keys(element)))
      text += this.value(name, element[name], depth + 1, margin);
    return text;
  }

  private value(name: string, value: XmlValue, depth: number, margin: string): string {
    if (value === undefined) return '';
    if (typeof value !== 'object') return `${margin}<${name}>${scalarText(name, value)}</${name}>\n`;
    if (isList(value)) {
      let text = '';
      for (const item of value) text += this.value(name, item, depth, margin);
      return text;
    }
    if (!isTypedValue(value)) return `${margin}<${name}>\n${this.children(value, depth)}${margin}</${name}>\n`;
    if (value.xsiType === 'nil') return `${margin}<${name} xsi:nil="true"/>\n`;
    return `${margin}<${name} xsi:type="${value.xsiType}">${escapeXml(value.text)}</${name}>\n`;
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
