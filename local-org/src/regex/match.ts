import { isLineTerminator, sameIgnoringCase, WORD } from './char-sets.js';
import type { Instruction, RegexProgram } from './compile.js';
import { RegexTooComplicated, type Assertion } from './node.js';

/**
 * How often one search may look at its text (Apex Reference Guide: Pattern and Matcher, "limit on the number of times the input sequence can be
 * accessed"; the platform stops at about a million), and how many steps it may take without looking.
 */
const MAX_LOOKS = 1_000_000;
const MAX_STEPS = 10_000_000;

/** Text in which a match is looked for. */
export interface RegexInput {
  readonly text: string;
  /** Bounds of the region: `^` and `$` match at them, and nothing outside is seen. */
  readonly start: number;
  readonly end: number;
  /** Where the last match ended, for `\G`. */
  readonly last: number;
}

/** Where a match and its groups stand: start and end, -1 where a group took no part. Group 0 is the whole match. */
export type Positions = Int32Array;

/** Counts looks at the text over all searches of one operation, so that a long one ends as the platform's does. */
export class RegexBudget {
  looks = 0;
  steps = 0;
}

const FRAME = 4;
/** What a frame of the backtracking stack says: go on elsewhere, give a position back, or take one character less or more. */
const CHOICE = 0;
const UNDO = 1;
const FEWER = 2;
const MORE = 3;

/** Matches one program against one text, with a stack of its own instead of JavaScript's, so that no pattern can exhaust that. */
export class RegexMachine {
  private readonly state: Int32Array;
  private stack = new Int32Array(FRAME * 64);
  private top = 0;
  /** Did a search look behind the last character? Then more text could have changed its result. */
  hitEnd = false;

  constructor(
    private readonly program: RegexProgram,
    private readonly input: RegexInput,
    private readonly budget: RegexBudget = new RegexBudget(),
  ) {
    this.state = new Int32Array(program.slots);
  }

  /** A match that begins exactly at `from`; with `whole` it must reach the end of the region. */
  matchAt(from: number, whole: boolean): Positions | undefined {
    this.state.fill(-1);
    this.top = 0;
    const end = this.run(0, from, whole ? this.input.end : -1);
    if (end < 0) return undefined;
    this.state[0] = from;
    this.state[1] = end;
    return this.state.slice(0, 2 * (this.program.groups + 1));
  }

  /** The first match that begins at `from` or later. */
  find(from: number): Positions | undefined {
    const [first] = this.program.code;
    const only = first?.op === 'char' || (first?.op === 'run' && first.min > 0) ? first.set : undefined;
    for (let at = from; at <= this.input.end; at++) {
      if (only !== undefined && (at === this.input.end || !only(this.codeAt(at)))) continue;
      const found = this.matchAt(at, false);
      if (found !== undefined) return found;
    }
    this.hitEnd = true;
    return undefined;
  }

  private codeAt(at: number): number {
    if (++this.budget.looks > MAX_LOOKS) throw new RegexTooComplicated();
    return this.input.text.codePointAt(at) ?? 0;
  }

  private push(kind: number, a: number, b: number, c: number): void {
    if (this.top + FRAME > this.stack.length) {
      const grown = new Int32Array(this.stack.length * 2);
      grown.set(this.stack);
      this.stack = grown;
    }
    this.stack[this.top] = kind;
    this.stack[this.top + 1] = a;
    this.stack[this.top + 2] = b;
    this.stack[this.top + 3] = c;
    this.top += FRAME;
  }

  private set(slot: number, value: number): void {
    this.push(UNDO, slot, this.state[slot] ?? -1, 0);
    this.state[slot] = value;
  }

  /**
   * Runs from an instruction until `match`. Returns where it ended, or -1. Frames of the tried choices stay on the stack after a success, so
   * that the caller decides what becomes of them.
   * @param mustEnd where the match has to end; -1: anywhere
   */
  private run(from: number, start: number, mustEnd: number): number {
    const base = this.top;
    let pc = from;
    let at = start;
    for (;;) {
      if (++this.budget.steps > MAX_STEPS) throw new RegexTooComplicated();
      const instruction = this.program.code[pc];
      if (instruction === undefined) return at;
      if (instruction.op === 'match') {
        if (mustEnd < 0 || at === mustEnd) return at;
      } else {
        const next = this.step(instruction, pc, at);
        if (next >= 0) {
          at = this.position;
          pc = next;
          continue;
        }
      }
      const resumed = this.backtrack(base);
      if (resumed < 0) return -1;
      at = this.position;
      pc = resumed;
    }
  }

  /** Where the step or the backtracking left off. */
  private position = 0;

  /** Takes the latest choice back. Returns the instruction to go on with, or -1 when there is none left above `base`. */
  private backtrack(base: number): number {
    const { stack, state } = this;
    while (this.top > base) {
      this.top -= FRAME;
      const kind = stack[this.top] ?? 0;
      const a = stack[this.top + 1] ?? 0;
      const b = stack[this.top + 2] ?? 0;
      const c = stack[this.top + 3] ?? 0;
      if (kind === UNDO) state[a] = b;
      else if (kind === CHOICE) {
        this.position = b;
        return a;
      } else if (kind === FEWER) {
        const fewer = this.before(c);
        if (fewer > b) this.push(FEWER, a, b, fewer);
        this.position = fewer;
        return a + 1;
      } else if (this.more(a, b, c)) return a + 1;
    }
    return -1;
  }

  /** One character back; a pair of surrogates is one. */
  private before(at: number): number {
    const { text } = this.input;
    const low = text.charCodeAt(at - 1);
    const isPair = low >= 0xdc00 && low <= 0xdfff && at >= 2 && (text.charCodeAt(at - 2) & 0xfc00) === 0xd800;
    return isPair ? at - 2 : at - 1;
  }

  /** A lazy run takes one character more. `count` is how many it may still take. */
  private more(pc: number, at: number, count: number): boolean {
    const instruction = this.program.code[pc];
    if (instruction?.op !== 'run') return false;
    const next = this.one(instruction, at);
    if (next < 0) return false;
    if (count !== 1) this.push(MORE, pc, next, count - 1);
    this.position = next;
    return true;
  }

  private one({ set }: { readonly set: (code: number) => boolean }, at: number): number {
    if (at >= this.input.end) {
      this.hitEnd = true;
      return -1;
    }
    const code = this.codeAt(at);
    return set(code) ? at + (code > 0xffff ? 2 : 1) : -1;
  }

  /** Does one instruction. Returns the next one and leaves `position`, or returns -1 when it fails. */
  private step(instruction: Instruction, pc: number, at: number): number {
    this.position = at;
    switch (instruction.op) {
      case 'char':
        this.position = this.one(instruction, at);
        return this.position < 0 ? -1 : pc + 1;
      case 'run':
        return this.takeRun(instruction, pc, at);
      case 'jump':
        return instruction.to;
      case 'split':
        this.push(CHOICE, instruction.second, at, 0);
        return instruction.first;
      case 'save':
        this.set(instruction.state, at);
        return pc + 1;
      case 'reset':
        this.set(instruction.state, 0);
        return pc + 1;
      case 'loop':
        return this.loop(instruction, pc, at);
      case 'round':
        this.set(instruction.counter, (this.state[instruction.counter] ?? 0) + 1);
        this.set(instruction.start, at);
        return pc + 1;
      case 'assert':
        return this.holds(instruction.what, instruction.unixLines, at) ? pc + 1 : -1;
      case 'backreference':
        return this.reference(instruction.group, instruction.ignoreCase, at) ? pc + 1 : -1;
      case 'atomic': {
        const base = this.top;
        const end = this.run(pc + 1, at, -1);
        if (end < 0) return -1;
        this.keepUndo(base);
        this.position = end;
        return instruction.end;
      }
      case 'lookahead':
        return this.look(instruction, at, () => this.run(pc + 1, at, -1) >= 0);
      case 'lookbehind':
        return this.look(instruction, at, () => this.behind(instruction, pc, at));
      case 'match':
        return -1;
    }
  }

  private takeRun(run: Instruction & { readonly op: 'run' }, pc: number, at: number): number {
    let end = at;
    let taken = 0;
    const wanted = run.lazy ? run.min : run.max;
    while (taken < wanted) {
      const next = this.one(run, end);
      if (next < 0) break;
      end = next;
      taken++;
      if (taken === run.min) at = end;
    }
    if (taken < run.min) return -1;
    if (run.lazy) {
      // Zero stands for no bound.
      if (run.max > run.min) this.push(MORE, pc, end, run.max === Number.POSITIVE_INFINITY ? 0 : run.max - run.min);
    } else if (end > at) this.push(FEWER, pc, at, end);
    this.position = end;
    return pc + 1;
  }

  private loop(loop: Instruction & { readonly op: 'loop' }, pc: number, at: number): number {
    const count = this.state[loop.counter] ?? 0;
    if (count < loop.min) return pc + 1;
    const wasEmpty = count > 0 && this.state[loop.start] === at;
    if (count >= loop.max || wasEmpty) return loop.exit;
    if (loop.lazy) {
      this.push(CHOICE, pc + 1, at, 0);
      return loop.exit;
    }
    this.push(CHOICE, loop.exit, at, 0);
    return pc + 1;
  }

  /** Forgets the choices above `base`, but not what they changed. */
  private keepUndo(base: number): void {
    let kept = base;
    for (let at = base; at < this.top; at += FRAME) {
      if (this.stack[at] !== UNDO) continue;
      this.stack.copyWithin(kept, at, at + FRAME);
      kept += FRAME;
    }
    this.top = kept;
  }

  private look(
    { negative, end }: { readonly negative: boolean; readonly end: number },
    at: number,
    found: () => boolean,
  ): number {
    const base = this.top;
    const matched = found();
    if (matched && negative) while (this.top > base) this.undo();
    else this.keepUndo(base);
    this.position = at;
    return matched === negative ? -1 : end;
  }

  private undo(): void {
    this.top -= FRAME;
    if (this.stack[this.top] === UNDO) this.state[this.stack[this.top + 1] ?? 0] = this.stack[this.top + 2] ?? -1;
  }

  private behind({ min, max }: Instruction & { readonly op: 'lookbehind' }, pc: number, at: number): boolean {
    for (let from = at - min; from >= Math.max(this.input.start, at - max); from--)
      if (this.run(pc + 1, from, at) >= 0) return true;
    return false;
  }

  private reference(group: number, ignoreCase: boolean, at: number): boolean {
    const start = this.state[2 * group] ?? -1;
    const end = this.state[2 * group + 1] ?? -1;
    if (start < 0 || end < 0) return false;
    for (let offset = 0; offset < end - start; offset++) {
      if (at + offset >= this.input.end) {
        this.hitEnd = true;
        return false;
      }
      const wanted = this.input.text.charCodeAt(start + offset);
      const given = this.codeAt(at + offset) & 0xffff;
      if (wanted !== given && !(ignoreCase && sameIgnoringCase(wanted, given))) return false;
    }
    this.position = at + (end - start);
    return true;
  }

  private holds(what: Assertion, unixLines: boolean, at: number): boolean {
    const { start, end, last } = this.input;
    switch (what) {
      case 'start':
        return at === start;
      case 'lineStart':
        return at === start || (at < end && this.endsLine(at - 1, unixLines));
      case 'end':
        return this.isEnd(at, unixLines);
      case 'lineEnd':
        return this.isInputEnd(at) || this.beginsTerminator(at, unixLines);
      case 'inputEnd':
        return this.isInputEnd(at);
      case 'lastMatch':
        return at === last;
      case 'wordBoundary':
        return this.isBoundary(at);
      case 'noWordBoundary':
        return !this.isBoundary(at);
    }
  }

  private isInputEnd(at: number): boolean {
    if (at === this.input.end) this.hitEnd = true;
    return at === this.input.end;
  }

  private isTerminator(at: number, unixLines: boolean): boolean {
    const code = this.codeAt(at);
    return unixLines ? code === 10 : isLineTerminator(code);
  }

  /** The end, or before a line terminator that is the last thing there. */
  private isEnd(at: number, unixLines: boolean): boolean {
    if (this.isInputEnd(at)) return true;
    const left = this.input.end - at;
    if (left === 1) return this.beginsTerminator(at, unixLines);
    return left === 2 && !unixLines && this.codeAt(at) === 13 && this.codeAt(at + 1) === 10;
  }

  /** Does a line terminator begin here? Not between the two characters of `\r\n`. */
  private beginsTerminator(at: number, unixLines: boolean): boolean {
    if (at >= this.input.end || !this.isTerminator(at, unixLines)) return false;
    return unixLines || !(this.codeAt(at) === 10 && at > this.input.start && this.codeAt(at - 1) === 13);
  }

  private endsLine(at: number, unixLines: boolean): boolean {
    if (!this.isTerminator(at, unixLines)) return false;
    return unixLines || !(this.codeAt(at) === 13 && this.codeAt(at + 1) === 10);
  }

  private isBoundary(at: number): boolean {
    const { start, end } = this.input;
    if (at >= end) this.hitEnd = true;
    const before = at > start && WORD(this.codeAt(at - 1));
    const after = at < end && WORD(this.codeAt(at));
    return before !== after;
  }
}
