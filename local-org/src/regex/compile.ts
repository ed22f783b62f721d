import type { Assertion, CharSet, RegexNode } from './node.js';
import { parseRegex, widthOf } from './parse.js';

/** One step of matching. `state` numbers positions of groups, counters and starts of loops. */
export type Instruction =
  | { readonly op: 'char'; readonly set: CharSet }
  | {
      readonly op: 'run';
      readonly set: CharSet;
      readonly min: number;
      readonly max: number;
      readonly lazy: boolean;
    }
  | { readonly op: 'jump'; to: number }
  /** Tries `first`, and `second` when that fails. */
  | { readonly op: 'split'; first: number; second: number }
  | { readonly op: 'save'; readonly state: number }
  | { readonly op: 'reset'; readonly state: number }
  /** Decides whether to go round once more (the next instruction) or out. */
  | {
      readonly op: 'loop';
      readonly counter: number;
      readonly start: number;
      readonly min: number;
      readonly max: number;
      readonly lazy: boolean;
      exit: number;
    }
  /** Begins a round: counts it and notes where it began. */
  | { readonly op: 'round'; readonly counter: number; readonly start: number }
  | { readonly op: 'assert'; readonly what: Assertion; readonly unixLines: boolean }
  | { readonly op: 'backreference'; readonly group: number; readonly ignoreCase: boolean }
  /** Matches what stands from the next instruction to `end` on its own, without going back into it. */
  | { readonly op: 'atomic'; end: number }
  | { readonly op: 'lookahead'; readonly negative: boolean; end: number }
  | { readonly op: 'lookbehind'; readonly negative: boolean; readonly min: number; readonly max: number; end: number }
  | { readonly op: 'match' };

/** A regular expression ready to be matched. */
export interface RegexProgram {
  readonly code: readonly Instruction[];
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
  /** Number of state slots: two for each group and the whole, then those of loops. */
  readonly slots: number;
}

class Compiler {
  readonly code: Instruction[] = [];
  slots: number;

  constructor(groups: number) {
    this.slots = 2 * (groups + 1);
  }

  emit(node: RegexNode): void {
    const { code } = this;
    switch (node.kind) {
      case 'empty':
        return;
      case 'char':
        code.push({ op: 'char', set: node.set });
        return;
      case 'sequence':
        for (const item of node.items) this.emit(item);
        return;
      case 'alternatives':
        this.alternatives(node.items);
        return;
      case 'group':
        code.push({ op: 'save', state: 2 * node.index });
        this.emit(node.body);
        code.push({ op: 'save', state: 2 * node.index + 1 });
        return;
      case 'repeat':
        this.repeat(node);
        return;
      case 'assert':
        code.push({ op: 'assert', what: node.what, unixLines: node.unixLines });
        return;
      case 'backreference':
        code.push({ op: 'backreference', group: node.group, ignoreCase: node.ignoreCase });
        return;
      case 'atomic':
        this.alone({ op: 'atomic', end: 0 }, node.body);
        return;
      case 'look': {
        const { min, max } = widthOf(node.body);
        this.alone(
          node.ahead
            ? { op: 'lookahead', negative: node.negative, end: 0 }
            : { op: 'lookbehind', negative: node.negative, min, max, end: 0 },
          node.body,
        );
        return;
      }
    }
  }

  private alternatives(items: readonly RegexNode[]): void {
    const jumps: { to: number }[] = [];
    for (const [index, item] of items.entries()) {
      if (index === items.length - 1) {
        this.emit(item);
        break;
      }
      const split: Instruction & { readonly op: 'split' } = { op: 'split', first: this.code.length + 1, second: 0 };
      this.code.push(split);
      this.emit(item);
      const jump: Instruction & { readonly op: 'jump' } = { op: 'jump', to: 0 };
      this.code.push(jump);
      jumps.push(jump);
      split.second = this.code.length;
    }
    for (const jump of jumps) jump.to = this.code.length;
  }

  private repeat(node: RegexNode & { readonly kind: 'repeat' }): void {
    const { body, min, max, mode } = node;
    if (mode === 'possessive') {
      this.alone({ op: 'atomic', end: 0 }, { ...node, mode: 'greedy' });
      return;
    }
    const lazy = mode === 'lazy';
    if (body.kind === 'char') {
      this.code.push({ op: 'run', set: body.set, min, max, lazy });
      return;
    }
    const counter = this.slots++;
    const start = this.slots++;
    this.code.push({ op: 'reset', state: counter });
    const loop: Instruction & { readonly op: 'loop' } = { op: 'loop', counter, start, min, max, lazy, exit: 0 };
    const at = this.code.push(loop) - 1;
    this.code.push({ op: 'round', counter, start });
    this.emit(body);
    this.code.push({ op: 'jump', to: at });
    loop.exit = this.code.length;
  }

  private alone(head: Instruction & { end: number }, body: RegexNode): void {
    this.code.push(head);
    this.emit(body);
    this.code.push({ op: 'match' });
    head.end = this.code.length;
  }
}

/** Reads a Java regular expression and makes it ready to be matched. @throws RegexSyntaxError */
export function compileRegex(source: string): RegexProgram {
  const { root, groups, names } = parseRegex(source);
  const compiler = new Compiler(groups);
  compiler.emit(root);
  compiler.code.push({ op: 'match' });
  return { code: compiler.code, groups, names, slots: compiler.slots };
}
