import { anyChar, both, codeRange, either, ESCAPED, ignoringCase, namedSet, not, single } from './char-sets.js';
import { RegexSyntaxError, type Assertion, type CharSet, type RegexNode, type RepeatMode } from './node.js';

/** Flags that `(?imsxdu)` switches. */
interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
  readonly x: boolean;
  readonly u: boolean;
  readonly d: boolean;
}

const NO_FLAGS: Flags = { i: false, m: false, s: false, x: false, u: false, d: false };
const isFlag = (char: string): char is keyof Flags => 'imsxud'.includes(char) && char !== '';

export interface ParsedRegex {
  readonly root: RegexNode;
  /** Number of capturing groups. */
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
}

const CONTROL: Readonly<Record<string, number>> = { t: 9, n: 10, r: 13, f: 12, a: 7, e: 27 };

const ASSERTIONS: Readonly<Record<string, Assertion>> = {
  b: 'wordBoundary',
  B: 'noWordBoundary',
  A: 'start',
  G: 'lastMatch',
  Z: 'end',
  z: 'inputEnd',
};

/** Reads a regular expression as java.util.regex.Pattern does. @throws RegexSyntaxError */
export function parseRegex(source: string): ParsedRegex {
  return new Parser(source).parse();
}

class Parser {
  private at = 0;
  private flags = NO_FLAGS;
  private groups = 0;
  private readonly names = new Map<string, number>();
  private readonly total: number;

  constructor(private readonly source: string) {
    this.total = countGroups(source);
  }

  parse(): ParsedRegex {
    const root = this.alternatives();
    if (this.at < this.source.length) this.fail("Unmatched closing ')'", this.at - 1);
    return { root, groups: this.groups, names: this.names };
  }

  private fail(description: string, index = this.at): never {
    throw new RegexSyntaxError(description, index, this.source);
  }

  private peek(): string {
    return this.source.charAt(this.at);
  }

  private take(text: string): boolean {
    if (!this.source.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  /** Blanks and comments of the `x` mode. */
  private skipIgnored(): void {
    if (!this.flags.x) return;
    for (;;) {
      if (/\s/.test(this.peek())) this.at++;
      else if (this.peek() === '#') while (this.at < this.source.length && this.peek() !== '\n') this.at++;
      else return;
    }
  }

  private alternatives(): RegexNode {
    const items = [this.sequence()];
    while (this.take('|')) items.push(this.sequence());
    const [only] = items;
    return items.length === 1 && only !== undefined ? only : { kind: 'alternatives', items };
  }

  private sequence(): RegexNode {
    const items: RegexNode[] = [];
    for (;;) {
      this.skipIgnored();
      const char = this.peek();
      if (char === '' || char === '|' || char === ')') break;
      const item = this.item();
      if (item !== undefined) items.push(item);
    }
    const [only] = items;
    return items.length === 1 && only !== undefined
      ? only
      : items.length === 0
        ? { kind: 'empty' }
        : { kind: 'sequence', items };
  }

  /** One atom with its quantifier; undefined for what only changes flags. */
  private item(): RegexNode | undefined {
    if (this.source.startsWith('\\Q', this.at)) return this.quotedText();
    const node = this.atom();
    if (node === undefined) return undefined;
    this.skipIgnored();
    const bounds = this.quantifier();
    return bounds === undefined ? node : { kind: 'repeat', body: node, ...bounds };
  }

  /** `\Q...\E`: a quantifier after it belongs to the last character. */
  private quotedText(): RegexNode {
    this.at += 2;
    const end = this.source.indexOf('\\E', this.at);
    const text = this.source.slice(this.at, end < 0 ? undefined : end);
    this.at = end < 0 ? this.source.length : end + 2;
    const chars = [...text].map((char) => this.literal(char.codePointAt(0) ?? 0));
    const last = chars.pop();
    if (last === undefined) return { kind: 'empty' };
    const bounds = this.quantifier();
    return {
      kind: 'sequence',
      items: [...chars, bounds === undefined ? last : { kind: 'repeat', body: last, ...bounds }],
    };
  }

  private quantifier(): { readonly min: number; readonly max: number; readonly mode: RepeatMode } | undefined {
    const bounds = this.bounds();
    if (bounds === undefined) return undefined;
    return { ...bounds, mode: this.take('?') ? 'lazy' : this.take('+') ? 'possessive' : 'greedy' };
  }

  private bounds(): { readonly min: number; readonly max: number } | undefined {
    if (this.take('?')) return { min: 0, max: 1 };
    if (this.take('*')) return { min: 0, max: Number.POSITIVE_INFINITY };
    if (this.take('+')) return { min: 1, max: Number.POSITIVE_INFINITY };
    if (this.peek() !== '{') return undefined;
    const found = /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.source.slice(this.at, this.at + 40));
    if (found === null)
      return this.fail(/^\{\d/.test(this.source.slice(this.at)) ? 'Unclosed counted closure' : 'Illegal repetition');
    this.at += found[0].length;
    const min = Number(found[1]);
    const max = found[2] === undefined ? min : found[3] === '' ? Number.POSITIVE_INFINITY : Number(found[3]);
    if (max < min) this.fail('Illegal repetition range', this.at - 1);
    return { min, max };
  }

  private literal(code: number): RegexNode {
    return { kind: 'char', set: this.cased(single(code)) };
  }

  private cased(set: CharSet): CharSet {
    return this.flags.i ? ignoringCase(set, this.flags.u) : set;
  }

  private assertion(what: Assertion): RegexNode {
    return { kind: 'assert', what, unixLines: this.flags.d };
  }

  private atom(): RegexNode | undefined {
    const char = this.peek();
    switch (char) {
      case '(':
        return this.group();
      case '[':
        this.at++;
        return { kind: 'char', set: this.bracket() };
      case '.':
        this.at++;
        return { kind: 'char', set: anyChar(this.flags.s, this.flags.d) };
      case '^':
        this.at++;
        return this.assertion(this.flags.m ? 'lineStart' : 'start');
      case '$':
        this.at++;
        return this.assertion(this.flags.m ? 'lineEnd' : 'end');
      case '\\':
        return this.escape();
      case '*':
      case '+':
      case '?':
        return this.fail(`Dangling meta character '${char}'`);
      case '{':
        return this.fail('Illegal repetition');
      default:
        return this.literal(this.nextCode());
    }
  }

  private nextCode(): number {
    const code = this.source.codePointAt(this.at) ?? 0;
    this.at += code > 0xffff ? 2 : 1;
    return code;
  }

  private group(): RegexNode | undefined {
    const before = this.flags;
    this.at++;
    if (!this.take('?')) return this.capture(undefined, before);
    if (this.take(':')) return this.close(this.alternatives(), before);
    if (this.take('='))
      return { kind: 'look', ahead: true, negative: false, body: this.close(this.alternatives(), before) };
    if (this.take('!'))
      return { kind: 'look', ahead: true, negative: true, body: this.close(this.alternatives(), before) };
    if (this.take('>')) return { kind: 'atomic', body: this.close(this.alternatives(), before) };
    if (this.take('<=')) return this.behind(false, before);
    if (this.take('<!')) return this.behind(true, before);
    if (this.take('<')) {
      const name = /^([A-Za-z][A-Za-z0-9]*)>/.exec(this.source.slice(this.at))?.[1];
      if (name === undefined) return this.fail("named capturing group is missing trailing '>'");
      if (this.names.has(name)) this.fail(`Named capturing group <${name}> is already defined`);
      this.at += name.length + 1;
      return this.capture(name, before);
    }
    return this.flagGroup(before);
  }

  private capture(name: string | undefined, before: Flags): RegexNode {
    const index = ++this.groups;
    if (name !== undefined) this.names.set(name, index);
    return { kind: 'group', index, body: this.close(this.alternatives(), before) };
  }

  private behind(negative: boolean, before: Flags): RegexNode {
    const body = this.close(this.alternatives(), before);
    if (widthOf(body).max === Number.POSITIVE_INFINITY)
      this.fail('Look-behind group does not have an obvious maximum length', this.at - 1);
    return { kind: 'look', ahead: false, negative, body };
  }

  private close(body: RegexNode, before: Flags): RegexNode {
    if (!this.take(')')) this.fail('Unclosed group', this.source.length);
    this.flags = before;
    return body;
  }

  /** `(?i)` switches flags for the rest of the group that it stands in, `(?i:...)` for its own. */
  private flagGroup(before: Flags): RegexNode | undefined {
    let on = true;
    const flags = { ...this.flags };
    for (;;) {
      const char = this.peek();
      this.at++;
      if (char === '-') on = false;
      else if (isFlag(char)) flags[char] = on;
      else if (char === ')') {
        this.flags = flags;
        return undefined;
      } else if (char === ':') {
        this.flags = flags;
        return this.close(this.alternatives(), before);
      } else this.fail('Unknown inline modifier', this.at - 1);
    }
  }

  private escape(): RegexNode {
    const start = this.at;
    this.at++;
    const char = this.peek();
    const assertion = ASSERTIONS[char];
    if (assertion !== undefined) {
      this.at++;
      return this.assertion(assertion);
    }
    if (char === 'R') {
      this.at++;
      return LINE_BREAK;
    }
    if (char === 'k') return this.namedReference();
    if (/[1-9]/.test(char)) return this.numberedReference();
    this.at = start;
    return { kind: 'char', set: this.escapedSet() };
  }

  private namedReference(): RegexNode {
    const name = /^k<([A-Za-z][A-Za-z0-9]*)>/.exec(this.source.slice(this.at))?.[1];
    if (name === undefined) return this.fail("\\k is not followed by '<' for named capturing group");
    const group = this.names.get(name);
    if (group === undefined) return this.fail(`named capturing group <${name}> does not exist`);
    this.at += name.length + 3;
    return { kind: 'backreference', group, ignoreCase: this.flags.i };
  }

  /** Takes as many digits as there are groups for. */
  private numberedReference(): RegexNode {
    let group = Number(this.peek());
    this.at++;
    while (/\d/.test(this.peek()) && group * 10 + Number(this.peek()) <= this.total) {
      group = group * 10 + Number(this.peek());
      this.at++;
    }
    return { kind: 'backreference', group, ignoreCase: this.flags.i };
  }

  /** A backslash sequence that stands for characters, in or outside of brackets. */
  private escapedSet(): CharSet {
    this.at++;
    const char = this.peek();
    const known = ESCAPED[char];
    if (known !== undefined) {
      this.at++;
      return known;
    }
    if (char === 'p' || char === 'P') return this.property(char === 'P');
    return this.cased(single(this.escapedCode()));
  }

  private property(negative: boolean): CharSet {
    this.at++;
    const found = /^(?:\{([^}]*)\}|(\w))/.exec(this.source.slice(this.at));
    if (found === null) return this.fail('Unclosed character family');
    this.at += found[0].length;
    const name = (found[1] ?? found[2] ?? '').replace(/^\^/, '');
    const set = namedSet(name);
    if (set === undefined) return this.fail(`Unknown character property name {${name}}`, this.at - 1);
    const cased = this.flags.i && /^(Lower|Upper|Lu|Ll|Lt)$/.test(name) ? ignoringCase(set, true) : set;
    return negative !== found[1]?.startsWith('^') ? (negative ? not(cased) : cased) : cased;
  }

  private escapedCode(): number {
    const char = this.peek();
    const control = CONTROL[char];
    if (control !== undefined) {
      this.at++;
      return control;
    }
    const rest = this.source.slice(this.at);
    const hex = /^(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|x\{([0-9A-Fa-f]+)\})/.exec(rest);
    if (hex !== null) {
      this.at += hex[0].length;
      return Number.parseInt(hex[1] ?? hex[2] ?? hex[3] ?? '0', 16);
    }
    const octal = /^0([0-3]?[0-7]{1,2})/.exec(rest);
    if (octal !== null) {
      this.at += octal[0].length;
      return Number.parseInt(octal[1] ?? '0', 8);
    }
    if (char === 'c' && rest.length > 1) {
      this.at += 2;
      return rest.charCodeAt(1) ^ 64;
    }
    if (char === '') return this.fail('Unexpected internal error');
    if (/[A-Za-z0-9]/.test(char)) return this.fail('Illegal/unsupported escape sequence');
    return this.nextCode();
  }

  /** The inside of `[...]`, after its opening bracket: unions, ranges, nested classes and `&&`. */
  private bracket(): CharSet {
    const negative = this.take('^');
    const parts: CharSet[] = [];
    let intersected: CharSet | undefined;
    let isFirst = true;
    const closeUnion = (): void => {
      const union = either(...parts.splice(0));
      intersected = intersected === undefined ? union : both(intersected, union);
    };
    for (;;) {
      const char = this.peek();
      if (char === '') this.fail('Unclosed character class', this.source.length - 1);
      if (char === ']' && !isFirst) {
        this.at++;
        break;
      }
      if (this.take('&&')) closeUnion();
      else if (this.take('[')) parts.push(this.bracket());
      else if (this.source.startsWith('\\Q', this.at)) parts.push(...this.quotedSets());
      else parts.push(this.classRange());
      isFirst = false;
    }
    if (intersected === undefined) return negative ? not(either(...parts)) : either(...parts);
    if (parts.length > 0) closeUnion();
    return negative ? not(intersected) : intersected;
  }

  private quotedSets(): readonly CharSet[] {
    const end = this.source.indexOf('\\E', this.at);
    const text = this.source.slice(this.at + 2, end < 0 ? undefined : end);
    this.at = end < 0 ? this.source.length : end + 2;
    return [...text].map((char) => this.cased(single(char.codePointAt(0) ?? 0)));
  }

  private classRange(): CharSet {
    const from = this.classItem();
    if (typeof from !== 'number') return from;
    const isRange = this.peek() === '-' && !['', ']', '['].includes(this.source.charAt(this.at + 1));
    if (!isRange) return this.cased(single(from));
    this.at++;
    const to = this.classItem();
    if (typeof to !== 'number') return either(this.cased(single(from)), single(45), to);
    if (to < from) this.fail('Illegal character range', this.at - 1);
    return this.cased(codeRange(from, to));
  }

  /** A character, or the set that an escape stands for. */
  private classItem(): number | CharSet {
    if (this.peek() !== '\\') return this.nextCode();
    const next = this.source.charAt(this.at + 1);
    if (ESCAPED[next] !== undefined || next === 'p' || next === 'P') return this.escapedSet();
    this.at++;
    return this.escapedCode();
  }
}

const LINE_BREAK: RegexNode = {
  kind: 'alternatives',
  items: [
    {
      kind: 'sequence',
      items: [
        { kind: 'char', set: single(13) },
        { kind: 'char', set: single(10) },
      ],
    },
    { kind: 'char', set: either(codeRange(10, 13), single(0x85), codeRange(0x2028, 0x2029)) },
  ],
};

/** Capturing groups of the whole expression, to tell `\10` from `\1` and a zero. */
function countGroups(source: string): number {
  const plain = source.replace(/\\Q[\s\S]*?(?:\\E|$)|\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]/g, '');
  return plain.match(/\((?!\?)|\(\?<[A-Za-z]/g)?.length ?? 0;
}

/** How many characters a node takes. */
export function widthOf(node: RegexNode): { readonly min: number; readonly max: number } {
  switch (node.kind) {
    case 'char':
      return { min: 1, max: 2 };
    case 'sequence':
      return node.items
        .map(widthOf)
        .reduce((sum, one) => ({ min: sum.min + one.min, max: sum.max + one.max }), { min: 0, max: 0 });
    case 'alternatives': {
      const widths = node.items.map(widthOf);
      return { min: Math.min(...widths.map((one) => one.min)), max: Math.max(...widths.map((one) => one.max)) };
    }
    case 'group':
    case 'atomic':
      return widthOf(node.body);
    case 'repeat': {
      const { min, max } = widthOf(node.body);
      return { min: min * node.min, max: max === 0 ? 0 : max * node.max };
    }
    case 'backreference':
      return { min: 0, max: Number.POSITIVE_INFINITY };
    case 'empty':
    case 'assert':
    case 'look':
      return { min: 0, max: 0 };
  }
}
