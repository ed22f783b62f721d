import type { Data } from './convert.js';

/*
 * Reads files that are written as almost all are: block maps and lists, texts on one line, short lists and maps in brackets, comments.
 * It takes a fraction of the time of the parser, which keeps the place of every value. Whatever is written in another way, right
 * or wrong, it leaves to the parser; what it reads it reads exactly as that does, which is tested with texts of all kinds.
 */

/** Other characters may be line breaks, or illegal; a tab is an error in most places. */
const EVERYDAY_CHARACTERS = /^[\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/;
/** Deeper nesting is refused by the parser. */
const DEEPEST = 10;

const KEY = /^([A-Za-z][A-Za-z0-9_.-]{0,200}):(?: +|$)/;
const ITEM = /^-( +)(.*)$/;
const SINGLE_QUOTED = /^'((?:[^']|'')*)'(?: +#.*| *)$/;
const DOUBLE_QUOTED = /^"([^"\\]*)"(?: +#.*| *)$/;
const LIST_IN_BRACKETS = /^\[(.*)\](?: +#.*| *)$/;
const MAP_IN_BRACES = /^\{(.*)\}(?: +#.*| *)$/;
const INSIDE = /^(?:[A-Za-z0-9_./-]+|'[^']*'|"[^"\\]*")$/;
/** Text without quotes starts with none of the characters that mean something. */
const PLAIN_START = /^[A-Za-z0-9/_$(<=]/;
/** What may be a number, and what is one for sure. */
const NUMBER_LIKE = /^[0-9]+(?:[.eExo]|$)/;
const NUMBER = /^(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,10})?$/;

const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ...['null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
]);

/** A line that says something: how far it is indented, and what stands on it. */
interface Line {
  readonly indent: number;
  readonly text: string;
}

class NotEveryday extends Error {}

/** The map that a text holds; undefined when only the parser can tell. */
export function readEveryday(text: string): { readonly [key: string]: Data } | undefined {
  const normal = text.includes('\r') ? text.replaceAll('\r\n', '\n') : text;
  if (!EVERYDAY_CHARACTERS.test(normal)) return undefined;
  try {
    return new Reader(linesOf(normal)).document();
  } catch (error) {
    if (error instanceof NotEveryday) return undefined;
    throw error;
  }
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (const line of text.split('\n')) {
    const indent = line.search(/[^ ]/);
    if (indent >= 0 && line[indent] !== '#') lines.push({ indent, text: line.slice(indent) });
  }
  return lines;
}

class Reader {
  private at = 0;

  public constructor(private readonly lines: Line[]) {}

  public document(): { readonly [key: string]: Data } {
    const map = this.map(0, 1);
    if (this.lines.length === 0 || this.at < this.lines.length) throw new NotEveryday();
    return map;
  }

  /** The keys that stand at one indent, from the current line on. */
  private map(indent: number, depth: number): { [key: string]: Data } {
    if (depth > DEEPEST) throw new NotEveryday();
    const map: { [key: string]: Data } = {};
    let line = this.lines[this.at];
    for (; line?.indent === indent; line = this.lines[this.at]) {
      const [start, key] = KEY.exec(line.text) ?? [];
      if (start === undefined || key === undefined || Object.hasOwn(map, key)) throw new NotEveryday();
      this.at += 1;
      const value = line.text.slice(start.length);
      map[key] = value === '' || value.startsWith('#') ? this.below(indent, depth) : scalar(value);
    }
    if (line !== undefined && line.indent > indent) throw new NotEveryday();
    return map;
  }

  /** What stands below a key that has nothing on its own line. The items of a list may stand as far left as the key. */
  private below(indent: number, depth: number): Data {
    const line = this.lines[this.at];
    if (line === undefined || line.indent < indent) return null;
    if (ITEM.test(line.text)) return this.list(line.indent, depth + 1);
    return line.indent > indent ? this.map(line.indent, depth + 1) : null;
  }

  private list(indent: number, depth: number): Data[] {
    if (depth > DEEPEST) throw new NotEveryday();
    const items: Data[] = [];
    let line = this.lines[this.at];
    for (; line?.indent === indent; line = this.lines[this.at]) {
      const [, spaces, item] = ITEM.exec(line.text) ?? [];
      if (spaces === undefined || item === undefined) break;
      if (KEY.test(item)) {
        const inner = indent + 1 + spaces.length;
        this.lines[this.at] = { indent: inner, text: item };
        items.push(this.map(inner, depth + 1));
      } else {
        this.at += 1;
        items.push(scalar(item));
      }
    }
    if (line !== undefined && line.indent > indent) throw new NotEveryday();
    return items;
  }
}

function scalar(text: string): Data {
  switch (text[0]) {
    case "'":
      return captured(SINGLE_QUOTED, text).replaceAll("''", "'");
    case '"':
      return captured(DOUBLE_QUOTED, text);
    case '[':
      return inside(captured(LIST_IN_BRACKETS, text)).map(scalarInside);
    case '{':
      return mapInside(inside(captured(MAP_IN_BRACES, text)));
    default: {
      const comment = text.indexOf(' #');
      return plain(withoutBlanks(comment < 0 ? text : text.slice(0, comment)));
    }
  }
}

function plain(text: string): Data {
  if (!PLAIN_START.test(text) || text.includes(': ') || text.endsWith(':')) throw new NotEveryday();
  const constant = CONSTANTS.get(text);
  if (constant !== undefined) return constant;
  if (!NUMBER_LIKE.test(text)) return text;
  if (!NUMBER.test(text)) throw new NotEveryday();
  return Number(text);
}

function captured(pattern: RegExp, text: string): string {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new NotEveryday();
  return found;
}

function inside(text: string): readonly string[] {
  const trimmed = withoutBlanks(text);
  return trimmed === '' ? [] : trimmed.split(',').map(withoutBlanks);
}

/** Without the spaces around it; other blanks belong to a text. A pattern would take a square of the time for many spaces. */
function withoutBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (text[start] === ' ') start += 1;
  while (end > start && text[end - 1] === ' ') end -= 1;
  return text.slice(start, end);
}

function scalarInside(text: string): Data {
  if (!INSIDE.test(text)) throw new NotEveryday();
  return text.startsWith("'") || text.startsWith('"') ? text.slice(1, -1) : plain(text);
}

function mapInside(entries: readonly string[]): Data {
  const map: { [key: string]: Data } = {};
  for (const entry of entries) {
    const [start, key] = KEY.exec(entry) ?? [];
    if (start === undefined || key === undefined || Object.hasOwn(map, key)) throw new NotEveryday();
    map[key] = scalarInside(entry.slice(start.length));
  }
  return map;
}
