/**
 * A layout that is printed on one line where it fits and over several where it does not, as the Apex formatter does it. The
 * formatter itself is too slow to run on every generated file; a test compares the two.
 */
export type Doc = string | readonly Doc[] | Break | Indented | Group;

interface Break {
  readonly kind: 'break';
  /** What stands there when the group stays on one line. */
  readonly flat: '' | ' ';
  readonly hard: boolean;
}
interface Indented {
  readonly kind: 'indent';
  readonly content: Doc;
}
interface Group {
  readonly kind: 'group';
  readonly content: Doc;
}

/** A blank, or a new line. */
export const line: Doc = { kind: 'break', flat: ' ', hard: false };
/** Nothing, or a new line. */
export const softline: Doc = { kind: 'break', flat: '', hard: false };
/** Always a new line. */
export const hardline: Doc = { kind: 'break', flat: '', hard: true };

/** What starts new lines inside it is indented by one step more. */
export function indent(content: Doc): Doc {
  return { kind: 'indent', content };
}

/** Stays on one line when it fits, otherwise all its own breaks become new lines. */
export function group(content: Doc): Doc {
  return { kind: 'group', content };
}

/** Puts a separator between the parts. */
export function join(separator: Doc, parts: readonly Doc[]): Doc {
  return parts.flatMap((part, at) => (at === 0 ? [part] : [separator, part]));
}

const WIDTH = 120;
const STEP = 4;

interface Pending {
  readonly doc: Doc;
  readonly indentation: number;
  readonly broken: boolean;
}

/** Prints a layout at most 120 columns wide where it can be, indented by four blanks a step, without a final new line. */
export function print(root: Doc): string {
  const stack: Pending[] = [{ doc: root, indentation: 0, broken: true }];
  let text = '';
  let column = 0;
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { doc, indentation, broken } = next;
    if (typeof doc === 'string') {
      text += doc;
      column += doc.length;
    } else if (isList(doc)) {
      for (const part of doc.toReversed()) stack.push({ doc: part, indentation, broken });
    } else if (doc.kind === 'indent') {
      stack.push({ doc: doc.content, indentation: indentation + STEP, broken });
    } else if (doc.kind === 'group') {
      const flat = { doc: doc.content, indentation, broken: false };
      stack.push(fits(flat, stack, WIDTH - column) ? flat : { ...flat, broken: true });
    } else if (doc.hard || broken) {
      text = `${text.trimEnd()}\n${' '.repeat(indentation)}`;
      column = indentation;
    } else {
      text += doc.flat;
      column += doc.flat.length;
    }
  }
  return text;
}

/** Whether the content, and what follows it up to the next possible new line, fits into the rest of the line. */
function fits(content: Pending, rest: readonly Pending[], room: number): boolean {
  const stack: Pending[] = [content];
  let left = room;
  let upcoming = rest.length;
  while (left >= 0) {
    let next = stack.pop();
    if (next === undefined) {
      upcoming -= 1;
      next = rest[upcoming];
      if (next === undefined) return true;
    }
    const { doc, indentation, broken } = next;
    if (typeof doc === 'string') {
      left -= doc.length;
    } else if (isList(doc)) {
      for (const part of doc.toReversed()) stack.push({ doc: part, indentation, broken });
    } else if (doc.kind === 'indent') {
      stack.push({ doc: doc.content, indentation, broken });
    } else if (doc.kind === 'group') {
      stack.push({ doc: doc.content, indentation, broken });
    } else if (doc.hard || broken) {
      return true;
    } else {
      left -= doc.flat.length;
    }
  }
  return false;
}

function isList(doc: Exclude<Doc, string>): doc is readonly Doc[] {
  return Array.isArray(doc);
}
