import type { CharSet } from './node.js';

const between =
  (from: number, to: number): CharSet =>
  (code) =>
    code >= from && code <= to;

const range = (from: string, to: string): CharSet => between(from.charCodeAt(0), to.charCodeAt(0));

export const either =
  (...sets: readonly CharSet[]): CharSet =>
  (code) =>
    sets.some((set) => set(code));

export const both =
  (left: CharSet, right: CharSet): CharSet =>
  (code) =>
    left(code) && right(code);

export const not =
  (set: CharSet): CharSet =>
  (code) =>
    !set(code);

export const single =
  (wanted: number): CharSet =>
  (code) =>
    code === wanted;

export const codeRange = between;

const anyOf = (chars: string): CharSet => {
  const codes = new Set([...chars].map((char) => char.codePointAt(0)));
  return (code) => codes.has(code);
};

const DIGIT = range('0', '9');
const LOWER = range('a', 'z');
const UPPER = range('A', 'Z');
const ALPHA = either(LOWER, UPPER);
const ALNUM = either(ALPHA, DIGIT);
export const WORD = either(ALNUM, single(95));
const SPACE = anyOf(' \t\n\v\f\r');
const HORIZONTAL = either(anyOf(' \t\u00a0\u1680\u180e\u202f\u205f\u3000'), between(0x2000, 0x200a));
const VERTICAL = anyOf('\n\v\f\r\u0085\u2028\u2029');
const PUNCT = anyOf('!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~');
const LINE_TERMINATORS = anyOf('\n\r\u0085\u2028\u2029');

export const isLineTerminator: CharSet = LINE_TERMINATORS;

/** Every character, or every one that ends no line. */
export function anyChar(dotAll: boolean, unixLines: boolean): CharSet {
  if (dotAll) return () => true;
  return unixLines ? not(single(10)) : not(LINE_TERMINATORS);
}

/** The sets behind `\d`, `\s` and so on (java.util.regex.Pattern: Predefined character classes). */
export const ESCAPED: Readonly<Record<string, CharSet>> = {
  d: DIGIT,
  D: not(DIGIT),
  s: SPACE,
  S: not(SPACE),
  w: WORD,
  W: not(WORD),
  h: HORIZONTAL,
  H: not(HORIZONTAL),
  v: VERTICAL,
  V: not(VERTICAL),
};

/** POSIX classes and those of java.lang.Character, by the name in `\p{...}`. */
const NAMED: Readonly<Record<string, CharSet>> = {
  Lower: LOWER,
  Upper: UPPER,
  ASCII: between(0, 0x7f),
  Alpha: ALPHA,
  Digit: DIGIT,
  Alnum: ALNUM,
  Punct: PUNCT,
  Graph: either(ALNUM, PUNCT),
  Print: either(ALNUM, PUNCT, single(32)),
  Blank: anyOf(' \t'),
  Cntrl: either(between(0, 0x1f), single(0x7f)),
  XDigit: either(DIGIT, range('a', 'f'), range('A', 'F')),
  Space: SPACE,
  javaLowerCase: unicode('Lowercase'),
  javaUpperCase: unicode('Uppercase'),
  javaWhitespace: either(SPACE, between(0x1c, 0x1f), unicode('White_Space')),
  javaLetter: unicode('L'),
  javaDigit: unicode('Nd'),
  javaLetterOrDigit: either(unicode('L'), unicode('Nd')),
};

function unicode(property: string): CharSet {
  const regex = new RegExp(`\\p{${property}}`, 'u');
  return (code) => regex.test(String.fromCodePoint(code));
}

/** The set of `\p{name}`; undefined when Java knows none of that name. */
export function namedSet(name: string): CharSet | undefined {
  const known = NAMED[name];
  if (known !== undefined) return known;
  // `IsAlphabetic`, `IsL`, `L`, `IsLatin`, `script=Latin`, `general_category=Lu`.
  const property = name
    .replace(/^Is/, '')
    .replace(/^(script|sc)=/i, 'Script=')
    .replace(/^(general_category|gc)=/i, 'General_Category=');
  for (const candidate of [property, `Script=${property}`]) {
    try {
      return unicode(candidate);
    } catch {
      // No property of that name; the next form may be one.
      continue;
    }
  }
  return undefined;
}

function otherCases(code: number, all: boolean): readonly number[] {
  if (!all && code > 127) return [];
  const char = String.fromCodePoint(code);
  return [char.toLowerCase(), char.toUpperCase()].flatMap((other) => {
    const found = other.codePointAt(0);
    return found === undefined || String.fromCodePoint(found) !== other ? [] : [found];
  });
}

/** The same set without regard to letter case; of ASCII letters only, unless `all`. */
export function ignoringCase(set: CharSet, all: boolean): CharSet {
  return (code) => set(code) || otherCases(code, all).some(set);
}

export function sameIgnoringCase(left: number, right: number): boolean {
  return left === right || otherCases(left, true).includes(right);
}
