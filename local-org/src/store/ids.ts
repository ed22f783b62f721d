import { randomInt } from 'node:crypto';

/** Three-character key prefixes of the record types that the org hands out ids for. */
export const KEY_PREFIX = {
  organization: '00D',
  user: '005',
  deployment: '0Af',
  retrieve: '09S',
  ApexClass: '01p',
  ApexTrigger: '01q',
  CustomObject: '01I',
  CustomField: '00N',
  Flow: '301',
  PermissionSet: '0PS',
  component: '0Ab',
} as const;

/** Gives ids of 18 characters that no other start of any org gives: platform ids are unique for ever, and the SF CLI relies on it. */
export interface IdSource {
  next(keyPrefix: string): string;
}

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CHECKSUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const START_LENGTH = 7;
const COUNTER_LENGTH = 5;
const CHUNK = 5;

/** A fresh source. The random part is drawn once per start, so that ids do not repeat across restarts. */
export function createIdSource(): IdSource {
  const start = Array.from({ length: START_LENGTH }, () => DIGITS[randomInt(DIGITS.length)]).join('');
  let counter = 0;
  return { next: (keyPrefix) => withChecksum(`${keyPrefix}${start}${base62(++counter)}`) };
}

/** The key prefix for components of a metadata type. */
export function componentKeyPrefix(type: string): string {
  const known: Readonly<Record<string, string>> = KEY_PREFIX;
  return known[type] ?? KEY_PREFIX.component;
}

function base62(value: number): string {
  let text = '';
  for (let rest = value; rest > 0; rest = Math.floor(rest / DIGITS.length))
    text = (DIGITS[rest % DIGITS.length] ?? '') + text;
  return text.padStart(COUNTER_LENGTH, '0');
}

/** Appends the three characters that make a 15-character id safe where case is lost: one per five characters, a bit per capital. */
function withChecksum(id: string): string {
  let suffix = '';
  for (let at = 0; at < id.length; at += CHUNK) {
    const bits = [...id.slice(at, at + CHUNK)].reduce(
      (sum, char, index) => sum + (/[A-Z]/.test(char) ? 2 ** index : 0),
      0,
    );
    suffix += CHECKSUM[bits] ?? '';
  }
  return id + suffix;
}
