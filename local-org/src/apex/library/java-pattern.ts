import {
  compileRegex,
  findAll,
  RegexSyntaxError,
  RegexTooComplicated,
  type Positions,
  type RegexProgram,
} from '../../regex/index.js';
import { apexError } from '../runtime/index.js';

const programs = new Map<string, RegexProgram>();
/** Patterns that code builds from data must not pile up. */
const MAX_PROGRAMS = 1000;

/** A regular expression of Java, made ready once. @throws System.StringException with Java's description of what is wrong */
export function javaPattern(source: string): RegexProgram {
  let program = programs.get(source);
  if (program === undefined) {
    program = guarded(() => compileRegex(source));
    if (programs.size >= MAX_PROGRAMS) programs.clear();
    programs.set(source, program);
  }
  return program;
}

/** Runs a search; its errors become those that Apex code gets. */
export function guarded<T>(search: () => T): T {
  try {
    return search();
  } catch (error) {
    if (error instanceof RegexSyntaxError) throw apexError('StringException', `Invalid regex: ${error.message}`);
    if (error instanceof RegexTooComplicated) throw apexError('LimitException', error.message);
    throw error;
  }
}

/** Every match in a text. */
export function allMatches(source: string, text: string): readonly Positions[] {
  return guarded(() => [...findAll(javaPattern(source), text)]);
}

/** Text of a group; null when it took no part. */
export function groupText(text: string, positions: Positions, group: number): string | null {
  const start = positions[2 * group] ?? -1;
  const end = positions[2 * group + 1] ?? -1;
  return start < 0 || end < 0 ? null : text.slice(start, end);
}

/** The text with the first or every match replaced by Java's template. */
export function replaceMatches(source: string, text: string, template: string, all: boolean): string {
  const program = javaPattern(source);
  let result = '';
  let from = 0;
  guarded(() => {
    for (const found of findAll(program, text)) {
      const [start = 0, end = 0] = found;
      result += text.slice(from, start) + expand(program, text, found, template);
      from = end;
      if (!all) break;
    }
  });
  return result + text.slice(from);
}

/** Java's replacement text: `$1` and `${name}` are groups, a backslash makes the next character literal. */
function expand(program: RegexProgram, text: string, found: Positions, template: string): string {
  let result = '';
  for (let at = 0; at < template.length; at++) {
    const char = template.charAt(at);
    if (char === '\\') {
      at++;
      if (at === template.length) throw apexError('StringException', 'character to be escaped is missing');
      result += template.charAt(at);
    } else if (char === '$') {
      const [group, length] = groupReference(program, template.slice(at + 1));
      result += groupText(text, found, group) ?? '';
      at += length;
    } else result += char;
  }
  return result;
}

/** Number of the group that a `$` names, and how many characters the name takes. */
function groupReference(program: RegexProgram, rest: string): readonly [number, number] {
  const name = /^\{(\w+)\}/.exec(rest)?.[1];
  if (name !== undefined) {
    const group = program.names.get(name);
    if (group === undefined) throw apexError('StringException', `No group with name {${name}}`);
    return [group, name.length + 2];
  }
  if (!/^\d/.test(rest)) throw apexError('StringException', 'Illegal group reference');
  let group = Number(rest.charAt(0));
  if (group > program.groups) throw apexError('StringException', `No group ${group}`);
  let length = 1;
  while (/^\d/.test(rest.slice(length)) && group * 10 + Number(rest.charAt(length)) <= program.groups)
    group = group * 10 + Number(rest.charAt(length++));
  return [group, length];
}
