import { RegexMachine, type Positions, type RegexProgram } from '../../regex/index.js';
import { apexError, ApexList, PlatformObject, type LibraryModule } from '../runtime/index.js';
import { PRIMITIVES } from '../types/types.js';
import { text } from './arguments.js';
import { allMatches, groupText, guarded, javaPattern, replaceMatches } from './java-pattern.js';

/** System.Pattern. */
class PatternObject extends PlatformObject {
  override readonly typeName = 'System.Pattern';
  readonly program: RegexProgram;
  constructor(readonly source: string) {
    super();
    this.program = javaPattern(source);
  }
  override toString(): string {
    return this.source;
  }
}

/** System.Matcher: looks for matches in a region of a text (java.util.regex.Matcher). */
class MatcherObject extends PlatformObject {
  override readonly typeName = 'System.Matcher';
  private match: Positions | undefined;
  private from = 0;
  private regionStart = 0;
  private regionEnd: number;
  private reachedEnd = false;

  constructor(
    private pattern: PatternObject,
    private input: string,
  ) {
    super();
    this.regionEnd = input.length;
  }

  private search(look: (machine: RegexMachine) => Positions | undefined): boolean {
    const region = { text: this.input, start: this.regionStart, end: this.regionEnd, last: this.from };
    const machine = new RegexMachine(this.pattern.program, region);
    this.match = guarded(() => look(machine));
    this.reachedEnd = machine.hitEnd;
    if (this.match !== undefined) this.from = this.match[1] ?? 0;
    return this.match !== undefined;
  }

  find(start?: number): boolean {
    if (start !== undefined) {
      if (start < 0 || start > this.input.length) throw apexError('StringException', 'Illegal start index');
      this.reset();
    }
    const [first, end] = this.match ?? [-1, -1];
    // After an empty match the search goes on one character further.
    const next = this.match !== undefined && first === end ? this.from + 1 : this.from;
    const at = start ?? Math.max(next, this.regionStart);
    if (at > this.regionEnd) {
      this.match = undefined;
      return false;
    }
    return this.search((machine) => machine.find(at));
  }

  matches(): boolean {
    return this.search((machine) => machine.matchAt(this.regionStart, true));
  }

  lookingAt(): boolean {
    return this.search((machine) => machine.matchAt(this.regionStart, false));
  }

  private current(): Positions {
    if (this.match === undefined) throw apexError('StringException', 'No match found');
    return this.match;
  }

  group(index = 0): string | null {
    const match = this.current();
    if (index < 0 || index > this.groupCount()) throw apexError('StringException', `No group ${index}`);
    return groupText(this.input, match, index);
  }

  groupCount(): number {
    return this.pattern.program.groups;
  }

  position(index: number, end: 0 | 1): number {
    const match = this.current();
    if (index < 0 || index > this.groupCount()) throw apexError('StringException', `No group ${index}`);
    return match[2 * index + end] ?? -1;
  }

  reset(input?: string): this {
    if (input !== undefined) this.input = input;
    this.match = undefined;
    this.from = 0;
    this.regionStart = 0;
    this.regionEnd = this.input.length;
    return this;
  }

  region(start: number, end: number): this {
    if (start < 0 || end > this.input.length || start > end) throw apexError('StringException', 'start');
    this.reset();
    this.regionStart = start;
    this.regionEnd = end;
    this.from = start;
    return this;
  }

  replace(replacement: string, all: boolean): string {
    return replaceMatches(this.pattern.source, this.input, replacement, all);
  }

  hitEnd(): boolean {
    return this.reachedEnd;
  }

  get usedPattern(): PatternObject {
    return this.pattern;
  }

  usePattern(pattern: PatternObject): this {
    this.pattern = pattern;
    this.match = undefined;
    return this;
  }

  get bounds(): readonly [number, number] {
    return [this.regionStart, this.regionEnd];
  }
}

/** Splits as Java does: empty texts at the end go unless a limit says otherwise, and no empty text comes before a match of no characters. */
export function splitByPattern(source: string, input: string, limit: number): ApexList {
  const parts: string[] = [];
  let from = 0;
  for (const [start = 0, end = 0] of allMatches(source, input)) {
    if (limit > 0 && parts.length === limit - 1) break;
    if (end === 0) continue;
    parts.push(input.slice(from, start));
    from = end;
  }
  if (from === 0 && parts.length === 0) return new ApexList(PRIMITIVES.String, [input]);
  parts.push(input.slice(from));
  if (limit === 0) while (parts.length > 0 && parts.at(-1) === '') parts.pop();
  return new ApexList(PRIMITIVES.String, parts);
}

export const patternModule: LibraryModule = {
  owner: 'System.Pattern',
  members: () => ({
    compile: (source: string | null) => new PatternObject(text(source)),
    matcher: (self: PatternObject, input: string | null) => new MatcherObject(self, text(input)),
    matches: (source: string | null, input: string | null) =>
      new MatcherObject(new PatternObject(text(source)), text(input, 2)).matches(),
    pattern: (self: PatternObject) => self.source,
    quote: (input: string | null) => `\\Q${text(input)}\\E`,
    split: (self: PatternObject, input: string | null, limit?: number) =>
      splitByPattern(self.source, text(input), limit ?? 0),
    toString: (self: PatternObject) => self.source,
  }),
};

export const matcherModule: LibraryModule = {
  owner: 'System.Matcher',
  members: () => ({
    find: (self: MatcherObject, start?: number) => self.find(start),
    matches: (self: MatcherObject) => self.matches(),
    lookingAt: (self: MatcherObject) => self.lookingAt(),
    group: (self: MatcherObject, index?: number) => self.group(index),
    groupCount: (self: MatcherObject) => self.groupCount(),
    start: (self: MatcherObject, index = 0) => self.position(index, 0),
    end: (self: MatcherObject, index = 0) => self.position(index, 1),
    replaceAll: (self: MatcherObject, replacement: string | null) => self.replace(text(replacement), true),
    replaceFirst: (self: MatcherObject, replacement: string | null) => self.replace(text(replacement), false),
    reset: (self: MatcherObject, input?: string) => self.reset(input),
    region: (self: MatcherObject, start: number, end: number) => self.region(start, end),
    regionStart: (self: MatcherObject) => self.bounds[0],
    regionEnd: (self: MatcherObject) => self.bounds[1],
    hitEnd: (self: MatcherObject) => self.hitEnd(),
    pattern: (self: MatcherObject) => self.usedPattern,
    usePattern: (self: MatcherObject, pattern: PatternObject) => self.usePattern(pattern),
    quoteReplacement: (value: string | null) => text(value).replace(/[\\$]/g, '\\$&'),
  }),
};
