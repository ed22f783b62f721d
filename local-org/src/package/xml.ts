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
    const lineStart = text.lastIndexOf('\n', start) + 1;
    const line = parser.line - countLines(text, start, parser.position);
    open.push({ name: localName(tag.name), children: [], line, column: start - lineStart + 1, start, text: '' });
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

function countLines(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

/** The parser puts `line:column: ` before its messages; positions are reported separately here. */
function plainMessage(message: string): string {
  return message.replace(/^(?:\S+:)?\d+:\d+: /, '');
}
