import { expect } from 'chai';
import fc from 'fast-check';

import { compileRegex, findAll, matchesWhole, RegexTooComplicated } from '../../../local-org/src/regex/index.js';

/** All matches with their groups, as texts. */
function matches(source: string, text: string): readonly (readonly (string | undefined)[])[] {
  const program = compileRegex(source);
  return [...findAll(program, text)].map((found) =>
    Array.from({ length: program.groups + 1 }, (_, group) => {
      const start = found[2 * group] ?? -1;
      return start < 0 ? undefined : text.slice(start, found[2 * group + 1]);
    }),
  );
}

/** The same by JavaScript's own expressions, which agree with Java's on what the generator below makes. */
function javascriptMatches(source: string, text: string): readonly (readonly (string | undefined)[])[] {
  return [...text.matchAll(new RegExp(source, 'gu'))].map((found) => [...found]);
}

const char = fc.constantFrom('a', 'b', 'c', '.', '\\d', '\\w', '[ab]', '[^a]', '[a-c]');
const place = fc.constantFrom('^', '$', '\\b');
const quantifier = fc.constantFrom('', '', '', '*', '+', '?', '*?', '+?', '??', '{1,2}', '{2}', '{0,2}?');
const run = fc.array(char, { minLength: 1, maxLength: 3 }).map((chars) => chars.join(''));
// JavaScript forgets the groups of a repetition at each round, and ends rounds of nothing in another way than Java does. So what is
// repeated here takes characters and captures none.
const repeated = fc
  .tuple(fc.array(run, { minLength: 1, maxLength: 2 }), quantifier)
  .map(([runs, many]) => `(?:${runs.join('|')})${many}`);
const { pattern } = fc.letrec<{ pattern: string; group: string }>((tie) => ({
  group: fc.tuple(fc.constantFrom('(', '(?:', '(?=', '(?!'), tie('pattern')).map(([open, inner]) => `${open}${inner})`),
  pattern: fc
    .array(
      fc
        .array(
          fc.oneof(
            { weight: 5, arbitrary: fc.tuple(char, quantifier).map(([one, many]) => one + many) },
            { weight: 1, arbitrary: place },
            { weight: 2, arbitrary: repeated },
            { weight: 2, arbitrary: tie('group') },
          ),
          { minLength: 1, maxLength: 3 },
        )
        .map((parts) => parts.join('')),
      { minLength: 1, maxLength: 2 },
    )
    .map((items) => items.join('|')),
}));
const input = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', ' '), maxLength: 8 });

describe('Java regular expressions', () => {
  it('match what JavaScript matches, where both agree on the meaning', () => {
    fc.assert(
      fc.property(pattern, input, (source, text) => {
        expect(matches(source, text), source).to.deep.equal(javascriptMatches(source, text));
      }),
      { numRuns: 2000 },
    );
  });

  // java.util.regex.Pattern, the sections of the same names.
  it('have flags inside of the pattern, also in the middle', () => {
    expect(matchesWhole('a(?i)b(?-i)c', 'aBc')).to.equal(true);
    expect(matchesWhole('a(?i)b(?-i)c', 'aBC')).to.equal(false);
    expect(matchesWhole('(?i:a)b', 'Ab')).to.equal(true);
    expect(matchesWhole('(?s).', '\n')).to.equal(true);
    expect(matches('(?m)^b$', 'a\nb\nc')).to.deep.equal([['b']]);
    expect(matchesWhole('(?x) a b # c', 'ab')).to.equal(true);
  });

  it('have possessive quantifiers, atomic groups and look-behind', () => {
    expect(matchesWhole('a*+a', 'aaa')).to.equal(false);
    expect(matchesWhole('(?>a|ab)c', 'abc')).to.equal(false);
    expect(matches('(?<=\\$)\\d+', 'cost $12, 13')).to.deep.equal([['12']]);
    expect(matches('(?<!a)b', 'ab bb')).to.deep.equal([['b'], ['b']]);
  });

  it('have quotes, classes with unions and intersections, and named sets', () => {
    expect(matchesWhole('\\Qa.b\\E+', 'a.bb')).to.equal(true);
    expect(matchesWhole('[a-z&&[^bc]]+', 'ad')).to.equal(true);
    expect(matchesWhole('[a-z&&[^bc]]+', 'ab')).to.equal(false);
    expect(matchesWhole('[a-c[x-z]]+', 'ay')).to.equal(true);
    expect(matchesWhole('\\p{Alpha}\\p{Punct}\\P{L}\\p{IsAlphabetic}', 'a.1é')).to.equal(true);
    expect(matchesWhole('\\h\\R\\x41\\u0042\\t', ' \r\nAB\t')).to.equal(true);
  });

  it('have groups by name and number', () => {
    expect(matches('(?<first>a)\\k<first>', 'aa')).to.deep.equal([['aa', 'a']]);
    expect(matches('(a)|b', 'ba')).to.deep.equal([
      ['b', undefined],
      ['a', 'a'],
    ]);
    expect(compileRegex('(?<x>a)(b)').names.get('x')).to.equal(1);
  });

  it('describe what is wrong as Java does', () => {
    expect(() => compileRegex('(a')).to.throw('Unclosed group near index 2');
    expect(() => compileRegex('*a')).to.throw("Dangling meta character '*' near index 0");
    expect(() => compileRegex('[a')).to.throw('Unclosed character class near index 1');
    expect(() => compileRegex('{a}')).to.throw('Illegal repetition');
    expect(() => compileRegex('\\y')).to.throw('Illegal/unsupported escape sequence');
    expect(() => compileRegex('a)')).to.throw("Unmatched closing ')'");
  });

  it('give up on patterns that try too much, and need no stack', () => {
    expect(() => matchesWhole('(a+)+b', 'a'.repeat(40))).to.throw(RegexTooComplicated);
    expect(() => matchesWhole('(a|aa)*b', 'a'.repeat(60))).to.throw(RegexTooComplicated);
    expect(matchesWhole('(a|b)*', 'ab'.repeat(50_000))).to.equal(true);
  });
});
