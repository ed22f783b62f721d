import { PLATFORM_NAMES, RESERVED_WORDS, TYPES_IN_EXPRESSIONS, TYPES_IN_USE } from './reserved.js';

/** Longest name of an Apex class or enum (Apex Developer Guide, "Naming Conventions"; the compiler enforces it). */
export const CLASS_NAME_LIMIT = 40;

/** Suffix of the test class; together they have to stay within the limit. */
export const TEST_SUFFIX = 'Test';

/** Longest name of a top-level contract class, so that the test class still has a legal name. */
export const CONTRACT_NAME_LIMIT = CLASS_NAME_LIMIT - TEST_SUFFIX.length;

/** Longest Apex identifier. */
export const IDENTIFIER_LIMIT = 255;

/** A legal Apex identifier: a letter first, then letters, digits and single underscores, none at the end. */
const IDENTIFIER = /^[A-Za-z](?:_?[A-Za-z0-9])*$/;

/**
 * Apex member for a JSON key: the key itself when that is a legal name, otherwise its letters and digits in camel case.
 * Names that Apex reserves, or that would hide a class which the generated code calls, get the suffix `Value`.
 * Undefined when nothing is left of the key.
 */
export function memberName(jsonName: string, className: string): string | undefined {
  const name = IDENTIFIER.test(jsonName) ? jsonName : camelCase(words(jsonName));
  if (name === '') return undefined;
  const lower = name.toLowerCase();
  const taken = RESERVED_WORDS.has(lower) || TYPES_IN_EXPRESSIONS.has(lower) || lower === className.toLowerCase();
  return taken ? `${name}Value` : name;
}

/** Name of an inner class or enum: Pascal case, with the suffix `Type` where Apex or the generated code needs the word itself. */
export function innerTypeName(text: string): string | undefined {
  const name = pascalCase(words(text));
  if (name === '') return undefined;
  const lower = name.toLowerCase();
  return RESERVED_WORDS.has(lower) || TYPES_IN_USE.has(lower) ? `${name}Type` : name;
}

/** Constant for a JSON text or TypeScript enum member: `in progress` gives `IN_PROGRESS`. The empty text gives `EMPTY`. */
export function enumConstant(text: string): string | undefined {
  if (text === '') return 'EMPTY';
  const name = screamingCase(text);
  if (name === '') return undefined;
  return RESERVED_WORDS.has(name.toLowerCase()) ? `${name}_VALUE` : name;
}

/** `ServiceTier` gives `SERVICE_TIER`. Different names never give the same text unless they differ in case only. */
export function screamingCase(text: string): string {
  return leadingLetter(words(text), 'VALUE_').join('_').toUpperCase();
}

/** Why a name cannot be that of a top-level contract class; undefined when it can. */
export type ClassNameProblem = 'invalid' | 'tooLong' | 'platform' | 'runtime';

const RUNTIME_PREFIX = 'callout';

export function classNameProblem(name: string): ClassNameProblem | undefined {
  const lower = name.toLowerCase();
  if (!IDENTIFIER.test(name)) return 'invalid';
  if (name.length > CONTRACT_NAME_LIMIT) return 'tooLong';
  if (PLATFORM_NAMES.has(lower) || RESERVED_WORDS.has(lower) || TYPES_IN_USE.has(lower)) return 'platform';
  return lower.startsWith(RUNTIME_PREFIX) ? 'runtime' : undefined;
}

/** Runs of ASCII letters and digits, also split where a lower-case letter meets an upper-case one. */
function words(text: string): readonly string[] {
  return text.match(/[A-Z]+(?![a-z])\d*|[A-Z]?[a-z]+\d*|[A-Z]\d*|\d+/g) ?? [];
}

function pascalCase(parts: readonly string[]): string {
  return leadingLetter(parts, 'Value')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}

function camelCase(parts: readonly string[]): string {
  const name = leadingLetter(parts, 'value').map((part, at) =>
    at === 0 ? part : part.charAt(0).toUpperCase() + part.slice(1),
  );
  const [first = '', ...rest] = name;
  return (
    (first === first.toUpperCase() ? first.toLowerCase() : first.charAt(0).toLowerCase() + first.slice(1)) +
    rest.join('')
  );
}

/** Puts `prefix` before the first word when that starts with a digit. */
function leadingLetter(parts: readonly string[], prefix: string): readonly string[] {
  const [first, ...rest] = parts;
  return first !== undefined && /^\d/.test(first) ? [prefix + first, ...rest] : parts;
}
