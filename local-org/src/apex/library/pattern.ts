import { apexError, PlatformObject, type LibraryModule } from '../runtime/index.js';
import { text } from './arguments.js';
import { compileJavaPattern, javaReplacement } from './java-pattern.js';

export class PatternObject extends PlatformObject {
  override readonly typeName = 'System.Pattern';
  constructor(readonly source: string) {
    super();
    compileJavaPattern(source, 'gu');
  }
  override toString(): string {
    return this.source;
  }
}

/** System.Matcher: looks for matches in a region of a text. */
export class MatcherObject extends PlatformObject {
  override readonly typeName = 'System.Matcher';
  private match: RegExpExecArray | null = null;
  private from = 0;
  private regionStart = 0;
  private regionEnd: number;

  constructor(
    private pattern: PatternObject,
    private input: string,
  ) {
    super();
    this.regionEnd = input.length;
  }

  private run(flags: string, wrap: (source: string) => string, at: number): boolean {
    const regex = new RegExp(
      wrap(compileJavaPattern(this.pattern.source, 'dgu').source),
      compileJavaPattern(this.pattern.source, flags).flags,
    );
    regex.lastIndex = at;
    this.match = regex.exec(this.input.slice(0, this.regionEnd));
    return this.match !== null;
  }

  find(start?: number): boolean {
    if (start !== undefined) this.reset();
    const at = start ?? Math.max(this.from, this.regionStart);
    if (at > this.regionEnd) {
      this.match = null;
      return false;
    }
    const found = this.run('dgu', (source) => source, at);
    if (found && this.match !== null) this.from = this.match.index + Math.max(1, this.match[0].length);
    return found;
  }

  matches(): boolean {
    return this.run('dyu', (source) => `(?:${source})$`, this.regionStart);
  }

  lookingAt(): boolean {
    return this.run('dyu', (source) => source, this.regionStart);
  }

  private current(): RegExpExecArray {
    if (this.match === null) throw apexError('StringException', 'No match found');
    return this.match;
  }

  group(index = 0): string | null {
    const match = this.current();
    if (index < 0 || index >= match.length) throw apexError('StringException', `No group ${index}`);
    return match[index] ?? null;
  }

  groupCount(): number {
    return new RegExp(`${compileJavaPattern(this.pattern.source, 'u').source}|`).exec('')?.length ?? 1;
  }

  position(index: number, end: 0 | 1): number {
    return this.current().indices?.[index]?.[end] ?? -1;
  }

  reset(input?: string): this {
    if (input !== undefined) this.input = input;
    this.match = null;
    this.from = 0;
    this.regionStart = 0;
    this.regionEnd = this.input.length;
    return this;
  }

  region(start: number, end: number): this {
    this.reset();
    this.regionStart = start;
    this.regionEnd = end;
    return this;
  }

  replace(replacement: string, all: boolean): string {
    return this.input.replace(compileJavaPattern(this.pattern.source, all ? 'gu' : 'u'), (...found) =>
      javaReplacement(replacement, found),
    );
  }

  hitEnd(): boolean {
    return this.match === null || this.match.index + this.match[0].length === this.input.length;
  }

  get usedPattern(): PatternObject {
    return this.pattern;
  }

  usePattern(pattern: PatternObject): this {
    this.pattern = pattern;
    return this;
  }

  get bounds(): readonly [number, number] {
    return [this.regionStart, this.regionEnd];
  }
}

export const patternModule: LibraryModule = {
  owner: 'System.Pattern',
  members: (runtime) => ({
    compile: (source: string | null) => new PatternObject(text(source)),
    matcher: (self: PatternObject, input: string | null) => new MatcherObject(self, text(input)),
    matches: (source: string | null, input: string | null) =>
      new MatcherObject(new PatternObject(text(source)), text(input, 2)).matches(),
    pattern: (self: PatternObject) => self.source,
    quote: (input: string | null) => `\\Q${text(input)}\\E`,
    split: (self: PatternObject, input: string | null, limit?: number) =>
      Reflect.apply(runtime.library.function('System.String.split(String,Integer)'), undefined, [
        text(input),
        self.source,
        limit ?? 0,
      ]),
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
    groupCount: (self: MatcherObject) => self.groupCount() - 1,
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
