/**
 * A small pretty printer in the manner of Wadler's, with the rules of prettier's own document printer: a group is printed on
 * one line when it fits, otherwise its lines are broken, outermost group first. The formatter that this text has to
 * agree with (prettier with prettier-plugin-apex) is too slow to run at every generation, so the shapes that its Apex
 * plugin builds are built here too; a test compares the results.
 */
export type Doc = string | readonly Doc[] | GroupDoc | IndentDoc | LineDoc;

interface GroupDoc {
  readonly kind: 'group';
  readonly content: Doc;
}

interface IndentDoc {
  readonly kind: 'indent';
  readonly content: Doc;
}

/** `hard` always breaks. `soft` is nothing, and the other a blank, when the group around it is printed on one line. */
interface LineDoc {
  readonly kind: 'line';
  readonly style: 'hard' | 'soft' | 'blank';
}

export const hardline: Doc = { kind: 'line', style: 'hard' };
export const softline: Doc = { kind: 'line', style: 'soft' };
export const line: Doc = { kind: 'line', style: 'blank' };

export function group(content: Doc): Doc {
  return { kind: 'group', content };
}

export function indent(content: Doc): Doc {
  return { kind: 'indent', content };
}

export function join(separator: Doc, docs: readonly Doc[]): Doc {
  const joined: Doc[] = [];
  for (const doc of docs) {
    if (joined.length > 0) joined.push(separator);
    joined.push(doc);
  }
  return joined;
}

/** Characters that a line may have (.prettierrc.json, override for Apex). */
const PRINT_WIDTH = 120;
const TAB_WIDTH = 4;

interface Command {
  readonly depth: number;
  readonly flat: boolean;
  readonly doc: Doc;
}

/** Prints a document with `\n` line ends and no blanks at the end of a line but the last, which may go on; no final new line. */
export function print(doc: Doc): string {
  const pending: Command[] = [{ depth: 0, flat: false, doc }];
  let text = '';
  let column = 0;
  let margin = '';
  for (let command = pending.pop(); command !== undefined; command = pending.pop()) {
    const { depth, flat, doc: current } = command;
    if (typeof current === 'string') {
      text += margin + current;
      margin = '';
      column += current.length;
    } else if (isSequence(current)) {
      pushAll(pending, current, depth, flat);
    } else if (current.kind === 'indent') {
      pending.push({ depth: depth + 1, flat, doc: current.content });
    } else if (current.kind === 'group') {
      const oneLine: Command = { depth, flat: true, doc: current.content };
      pending.push(flat || fits(oneLine, pending, PRINT_WIDTH - column) ? oneLine : { ...oneLine, flat: false });
    } else if (flat && current.style !== 'hard') {
      if (current.style === 'blank') text += ' ';
      column += current.style === 'blank' ? 1 : 0;
    } else {
      text += '\n';
      column = depth * TAB_WIDTH;
      margin = ' '.repeat(column);
    }
  }
  return text + margin;
}

/** Whether `next` and what follows it up to the first possible line break fit into `width` characters. */
function fits(next: Command, following: readonly Command[], width: number): boolean {
  const pending: Command[] = [next];
  let rest = following.length;
  let left = width;
  while (left >= 0) {
    let command = pending.pop();
    if (command === undefined) {
      if (rest === 0) return true;
      rest -= 1;
      command = following[rest];
      if (command === undefined) return true;
    }
    const { depth, flat, doc } = command;
    if (typeof doc === 'string') {
      left -= doc.length;
    } else if (isSequence(doc)) {
      pushAll(pending, doc, depth, flat);
    } else if (doc.kind === 'line') {
      if (!flat || doc.style === 'hard') return true;
      left -= doc.style === 'blank' ? 1 : 0;
    } else {
      pending.push({ depth, flat, doc: doc.content });
    }
  }
  return false;
}

function isSequence(doc: readonly Doc[] | GroupDoc | IndentDoc | LineDoc): doc is readonly Doc[] {
  return Array.isArray(doc);
}

function pushAll(pending: Command[], docs: readonly Doc[], depth: number, flat: boolean): void {
  for (let at = docs.length - 1; at >= 0; at -= 1) {
    const doc = docs[at];
    if (doc !== undefined) pending.push({ depth, flat, doc });
  }
}
