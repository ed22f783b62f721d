import { apexError, ApexList, checkedSize, iterate, type LibraryModule } from '../runtime/index.js';
import { datetimeText } from '../runtime/index.js';
import type { ApexDatetime } from '../../data/index.js';
import { PRIMITIVES } from '../types/types.js';
import { required, text } from './arguments.js';
import { replaceMatches } from './java-pattern.js';
import { splitByPattern } from './pattern.js';
import { escapes } from './string-escapes.js';
import { messageFormat } from './message-format.js';

type Str = string;
type Nullable = string | null;

const strings = (items: string[]): ApexList => new ApexList(PRIMITIVES.String, items);
const out = (): never => {
  throw apexError('StringException', 'Starting position out of bounds: ');
};

function substring(self: Str, from: number, to = self.length): string {
  if (from < 0 || from > self.length) throw apexError('StringException', `Starting position out of bounds: ${from}`);
  if (to < from || to > self.length) throw apexError('StringException', `Ending position out of bounds: ${to}`);
  return self.substring(from, to);
}

function pad(self: Str, size: number, fill: Nullable, left: boolean): string {
  checkedSize(size);
  const filler = fill === null || fill === '' ? ' ' : fill;
  return left ? self.padStart(size, filler) : self.padEnd(size, filler);
}

function hash(self: Str): number {
  let value = 0;
  for (let at = 0; at < self.length; at++) value = (Math.imul(31, value) + self.charCodeAt(at)) | 0;
  return value;
}

function between(self: Str, open: Nullable, close: Nullable): Nullable {
  const start = self.indexOf(text(open));
  if (start < 0) return null;
  const from = start + text(open).length;
  const end = self.indexOf(text(close, 2), from);
  return end < 0 ? null : self.slice(from, end);
}

function levenshtein(left: Str, right: Str, work: (steps: number) => void): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    work(right.length);
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const change = (row[j - 1] ?? 0) + (left.charAt(i - 1) === right.charAt(j - 1) ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}

const cut = (self: Str, at: number, whenMissing: string, from: number): string =>
  at < 0 ? whenMissing : self.slice(from);

/** System.String (Apex Reference: String Class). */
function missingPattern(): never {
  throw apexError('NullPointerException', 'Argument cannot be null.');
}

export const stringModule: LibraryModule = {
  owner: 'System.String',
  members: (runtime) => ({
    'abbreviate/1': (self: Str, max: number) => (self.length <= max ? self : `${self.slice(0, max - 3)}...`),
    capitalize: (self: Str) => self.charAt(0).toUpperCase() + self.slice(1),
    center: (self: Str, size: number, fill: Nullable = ' ') =>
      pad(pad(self, self.length + Math.floor(Math.max(0, size - self.length) / 2), fill, true), size, fill, false),
    charAt: (self: Str, index: number) => (index < 0 || index >= self.length ? out() : self.charCodeAt(index)),
    codePointAt: (self: Str, index: number) => self.codePointAt(index) ?? out(),
    compareTo: (self: Str, other: Nullable) => {
      const right = text(other);
      for (let at = 0; at < Math.min(self.length, right.length); at++) {
        const difference = self.charCodeAt(at) - right.charCodeAt(at);
        if (difference !== 0) return difference;
      }
      return self.length - right.length;
    },
    contains: (self: Str, part: Nullable) => self.includes(text(part)),
    containsAny: (self: Str, chars: Nullable) => [...text(chars)].some((char) => self.includes(char)),
    containsIgnoreCase: (self: Str, part: Nullable) => self.toLowerCase().includes(text(part).toLowerCase()),
    containsNone: (self: Str, chars: Nullable) => ![...text(chars)].some((char) => self.includes(char)),
    containsOnly: (self: Str, chars: Nullable) => [...self].every((char) => text(chars).includes(char)),
    containsWhitespace: (self: Str) => /\s/.test(self),
    countMatches: (self: Str, part: Nullable) => (text(part) === '' ? 0 : self.split(text(part)).length - 1),
    deleteWhitespace: (self: Str) => self.replace(/\s/g, ''),
    difference: (self: Str, other: Nullable) => {
      let at = 0;
      while (at < self.length && self.charAt(at) === text(other).charAt(at)) at++;
      return text(other).slice(at);
    },
    endsWith: (self: Str, part: Nullable) => self.endsWith(text(part)),
    endsWithIgnoreCase: (self: Str, part: Nullable) => self.toLowerCase().endsWith(text(part).toLowerCase()),
    equals: (self: Str, other: unknown) => self === other,
    equalsIgnoreCase: (self: Str, other: Nullable) => other !== null && self.toLowerCase() === other.toLowerCase(),
    ...escapes,
    getChars: (self: Str) =>
      new ApexList(
        PRIMITIVES.Integer,
        Array.from({ length: self.length }, (_, index) => self.charCodeAt(index)),
      ),
    'getLevenshteinDistance/1': (self: Str, other: Nullable) =>
      levenshtein(self, text(other), (steps) => runtime.thread.work(steps)),
    hashCode: hash,
    'indexOf/1': (self: Str, part: Nullable) => self.indexOf(text(part)),
    'indexOf/2': (self: Str, part: Nullable, from: number) => self.indexOf(text(part), from),
    indexOfAny: (self: Str, chars: Nullable) => [...self].findIndex((char) => text(chars).includes(char)),
    indexOfAnyBut: (self: Str, chars: Nullable) => [...self].findIndex((char) => !text(chars).includes(char)),
    indexOfChar: (self: Str, code: number, from = 0) => self.indexOf(String.fromCharCode(code), from),
    indexOfDifference: (self: Str, other: Nullable) => {
      const right = text(other);
      if (self === right) return -1;
      let at = 0;
      while (self.charAt(at) === right.charAt(at)) at++;
      return at;
    },
    indexOfIgnoreCase: (self: Str, part: Nullable, from = 0) =>
      self.toLowerCase().indexOf(text(part).toLowerCase(), from),
    isAllLowerCase: (self: Str) => /^\p{Ll}+$/u.test(self),
    isAllUpperCase: (self: Str) => /^\p{Lu}+$/u.test(self),
    isAlpha: (self: Str) => /^\p{L}+$/u.test(self),
    isAlphaSpace: (self: Str) => /^[\p{L} ]*$/u.test(self),
    isAlphanumeric: (self: Str) => /^[\p{L}\p{N}]+$/u.test(self),
    isAlphanumericSpace: (self: Str) => /^[\p{L}\p{N} ]*$/u.test(self),
    isAsciiPrintable: (self: Str) => /^[ -~]*$/.test(self),
    isNumeric: (self: Str) => /^\p{Nd}+$/u.test(self),
    isNumericSpace: (self: Str) => /^[\p{Nd} ]*$/u.test(self),
    isWhitespace: (self: Str) => /^\s*$/.test(self),
    lastIndexOf: (self: Str, part: Nullable, from = Infinity) => self.lastIndexOf(text(part), from),
    lastIndexOfChar: (self: Str, code: number, from = Infinity) => self.lastIndexOf(String.fromCharCode(code), from),
    lastIndexOfIgnoreCase: (self: Str, part: Nullable, from = Infinity) =>
      self.toLowerCase().lastIndexOf(text(part).toLowerCase(), from),
    left: (self: Str, size: number) => self.slice(0, Math.max(0, size)),
    leftPad: (self: Str, size: number, fill: Nullable = ' ') => pad(self, required(size), fill, true),
    length: (self: Str) => self.length,
    mid: (self: Str, from: number, size: number) =>
      from > self.length || size < 0 ? '' : self.slice(Math.max(0, from), Math.max(0, from) + size),
    normalizeSpace: (self: Str) => self.trim().replace(/\s+/g, ' '),
    overlay: (self: Str, part: Nullable, from: number, to: number) => {
      const [start, end] = [Math.min(from, to), Math.max(from, to)].map((at) => Math.max(0, Math.min(self.length, at)));
      return self.slice(0, start) + text(part) + self.slice(end);
    },
    remove: (self: Str, part: Nullable) => (text(part) === '' ? self : self.replaceAll(text(part), '')),
    removeEnd: (self: Str, part: Nullable) =>
      self.endsWith(text(part)) ? self.slice(0, self.length - text(part).length) : self,
    removeEndIgnoreCase: (self: Str, part: Nullable) =>
      self.toLowerCase().endsWith(text(part).toLowerCase()) ? self.slice(0, self.length - text(part).length) : self,
    removeStart: (self: Str, part: Nullable) => (self.startsWith(text(part)) ? self.slice(text(part).length) : self),
    removeStartIgnoreCase: (self: Str, part: Nullable) =>
      self.toLowerCase().startsWith(text(part).toLowerCase()) ? self.slice(text(part).length) : self,
    'repeat/1': (self: Str, count: number) =>
      self.repeat(checkedSize(Math.max(0, count) * Math.max(1, self.length)) / Math.max(1, self.length)),
    'repeat/2': (self: Str, separator: Nullable, count: number) => {
      checkedSize(Math.max(0, count) * (self.length + (separator ?? '').length));
      return new Array<string>(Math.max(0, count)).fill(self).join(separator ?? '');
    },
    replace: (self: Str, target: Nullable, replacement: Nullable) =>
      self.split(text(target)).join(text(replacement, 2)),
    replaceAll: (self: Str, pattern: Nullable, replacement: Nullable) =>
      replaceMatches(text(pattern), self, text(replacement, 2), true),
    replaceFirst: (self: Str, pattern: Nullable, replacement: Nullable) =>
      replaceMatches(text(pattern), self, text(replacement, 2), false),
    reverse: (self: Str) => [...self].reverse().join(''),
    right: (self: Str, size: number) => (size <= 0 ? '' : self.slice(-size)),
    rightPad: (self: Str, size: number, fill: Nullable = ' ') => pad(self, required(size), fill, false),
    split: (self: Str, pattern: Nullable, limit = 0) => splitByPattern(text(pattern), self, limit),
    splitByCharacterType: (self: Str) => strings(self.match(/\p{Lu}+|\p{Ll}+|\p{Nd}+|\s+|[^\p{L}\p{Nd}\s]+/gu) ?? []),
    splitByCharacterTypeCamelCase: (self: Str) =>
      strings(self.match(/\p{Lu}+(?=\p{Lu}\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lu}+|\p{Nd}+|\s+|[^\p{L}\p{Nd}\s]+/gu) ?? []),
    startsWith: (self: Str, part: Nullable) => self.startsWith(text(part)),
    startsWithIgnoreCase: (self: Str, part: Nullable) => self.toLowerCase().startsWith(text(part).toLowerCase()),
    stripHtmlTags: (self: Str) => self.replace(/<[^>]*>/g, ''),
    'substring/1': (self: Str, from: number) => substring(self, required(from)),
    'substring/2': (self: Str, from: number, to: number) => substring(self, required(from), required(to, 2)),
    substringAfter: (self: Str, part: Nullable) =>
      cut(self, self.indexOf(text(part)), '', self.indexOf(text(part)) + text(part).length),
    substringAfterLast: (self: Str, part: Nullable) =>
      cut(self, self.lastIndexOf(text(part)), '', self.lastIndexOf(text(part)) + text(part).length),
    substringBefore: (self: Str, part: Nullable) =>
      self.includes(text(part)) ? self.slice(0, self.indexOf(text(part))) : self,
    substringBeforeLast: (self: Str, part: Nullable) =>
      self.includes(text(part)) ? self.slice(0, self.lastIndexOf(text(part))) : self,
    'substringBetween/1': (self: Str, tag: Nullable) => between(self, tag, tag),
    'substringBetween/2': between,
    swapCase: (self: Str) =>
      [...self].map((char) => (char === char.toUpperCase() ? char.toLowerCase() : char.toUpperCase())).join(''),
    toLowerCase: (self: Str) => self.toLowerCase(),
    toUpperCase: (self: Str) => self.toUpperCase(),
    toString: (self: Str) => self,
    trim: (self: Str) => self.trim(),
    uncapitalize: (self: Str) => self.charAt(0).toLowerCase() + self.slice(1),
    escapeSingleQuotes: (value: Nullable) => text(value).replace(/\\/g, '\\\\').replace(/'/g, "\\'"),
    format: (pattern: Nullable, values: ApexList | null) =>
      messageFormat(
        pattern ?? missingPattern(),
        (values?.items ?? []).map((value) => runtime.text(value)),
      ),
    fromCharArray: (codes: ApexList) => codes.items.map((code) => String.fromCharCode(Number(code))).join(''),
    isBlank: (value: Nullable) => value === null || value.trim() === '',
    isEmpty: (value: Nullable) => value === null || value === '',
    isNotBlank: (value: Nullable) => value !== null && value.trim() !== '',
    isNotEmpty: (value: Nullable) => value !== null && value !== '',
    join: (values: unknown, separator: Nullable) => {
      const parts: string[] = [];
      for (const value of iterate(runtime, required(values))) {
        checkedSize(parts.length);
        parts.push(value === null ? '' : runtime.text(value));
      }
      return parts.join(separator ?? '');
    },
    valueOf: (value: unknown) => (value === null ? null : runtime.text(value)),
    valueOfGmt: (value: ApexDatetime | null) => datetimeText(required(value), 'GMT'),
  }),
};
