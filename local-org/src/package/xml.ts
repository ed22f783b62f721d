import { SaxesParser } from 'saxes';

/** One element of a parsed document. Offsets are indexes into the text that was parsed; lines and columns count from 1. */
export interface XmlElement {
  /** Name without its namespace prefix. */
  readonly name: string;
  readonly children: readonly XmlElement[];
  /** Character data directly inside the element, untrimmed. */
  readonly text: string;
  readonly line: number;
  readonly column: number;
  readonly start: number;
  readonly end: number;
}

/** Bounds on a document that a client sent. */
export interface XmlLimits {
  readonly elements: number;
  readonly depth: number;
}

const DEFAULT_LIMITS: XmlLimits = { elements: 1_000_000, depth: 64 };

/** Malformed XML, or XML that uses what is refused here: a DOCTYPE (and with it entities), too many or too deep elements. */
export class XmlError extends Error {
  public override readonly name = 'XmlError';
  public readonly line: number;
  public readonly column: number;

  public constructor(message: string, line: number, column: number) {
    super(message);
    this.line = line;
    this.column = column;
  }
}

interface OpenElement {
  readonly name: string;
  readonly children: XmlElement[];
  readonly line: number;
  readonly column: number;
  readonly start: number;
  text: string;
}

/** Line ends as XML sees them, without a byte order mark. Offsets of `parseXml` are right only for text in this form. */
export function normalizeXml(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
}

/**
 * Parses a whole document into elements with positions. The text must be in the form of `normalizeXml`.
 * Throws XmlError for everything that is not well-formed, and for DOCTYPE declarations: no entity is ever expanded.
 */
export function parseXml(text: string, limits: XmlLimits = DEFAULT_LIMITS): XmlElement {
  const parser = new SaxesParser({ position: true });
  const open: OpenElement[] = [];
  const places = new Places(text);
  let root: XmlElement | undefined;
  let elements = 0;
  const refuse = (message: string): never => {
    throw new XmlError(message, parser.line, parser.column + 1);
  };
  parser.on('error', (error) => refuse(plainMessage(error.message)));
  parser.on('doctype', () => refuse('A DOCTYPE declaration is not allowed.'));
  parser.on('opentagstart', (tag) => {
    if (++elements > limits.elements) refuse(`The document has more than ${limits.elements} elements.`);
    if (open.length >= limits.depth) refuse(`Elements are nested deeper than ${limits.depth}.`);
    const start = text.lastIndexOf('<', parser.position - 1);
    const { line, column } = places.at(start);
    open.push({ name: localName(tag.name), children: [], line, column, start, text: '' });
  });
  const append = (part: string): void => {
    const current = open.at(-1);
    if (current !== undefined) current.text += part;
  };
  parser.on('text', append);
  parser.on('cdata', append);
  parser.on('closetag', () => {
    const done = open.pop();
    if (done === undefined) return refuse('An element is closed that was never opened.');
    const element: XmlElement = { ...done, end: parser.position };
    const parent = open.at(-1);
    if (parent === undefined) root = element;
    else parent.children.push(element);
  });
  parser.write(text).close();
  return root ?? refuse('The document has no root element.');
}

/** First child element of that name. */
export function child(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((candidate) => candidate.name === name);
}

/** Trimmed text of the first child element of that name. */
export function childText(element: XmlElement, name: string): string | undefined {
  return child(element, name)?.text.trim();
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text made safe for element content and attribute values. Characters that XML 1.0 cannot carry become U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char)
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Turns offsets into lines and columns, without looking through the text again for each. */
class Places {
  readonly #lineStarts: readonly number[];

  public constructor(text: string) {
    const starts = [0];
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#lineStarts = starts;
  }

  public at(offset: number): { readonly line: number; readonly column: number } {
    let first = 0;
    let last = this.#lineStarts.length - 1;
    while (first < last) {
      const middle = Math.ceil((first + last) / 2);
      if ((this.#lineStarts[middle] ?? 0) <= offset) first = middle;
      else last = middle - 1;
    }
    return { line: first + 1, column: offset - (this.#lineStarts[first] ?? 0) + 1 };
  }
}

/** The parser puts `line:column: ` before its messages; positions are reported separately here. */
function plainMessage(message: string): string {
  return message.replace(/^(?:\S+:)?\d+:\d+: /, '');
}
