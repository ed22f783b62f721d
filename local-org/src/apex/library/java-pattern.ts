import { apexError, Unsupported } from '../runtime/index.js';

const CLASSES: Readonly<Record<string, string>> = {
  '\\p{Alpha}': 'A-Za-z',
  '\\p{Digit}': '0-9',
  '\\p{Alnum}': 'A-Za-z0-9',
  '\\p{Upper}': 'A-Z',
  '\\p{Lower}': 'a-z',
  '\\p{Punct}': '!-\\/:-@\\[-`\\{-~',
  '\\p{Space}': '\\s',
  '\\p{XDigit}': '0-9A-Fa-f',
};

const cache = new Map<string, RegExp>();

/** A Java regular expression as a JavaScript one. @throws Unsupported for what JavaScript cannot express, naming it */
export function compileJavaPattern(source: string, flags: string): RegExp {
  const key = `${flags}/${source}`;
  let regex = cache.get(key);
  if (regex === undefined) {
    regex = translate(source, flags);
    cache.set(key, regex);
  }
  regex.lastIndex = 0;
  return regex;
}

function translate(source: string, flags: string): RegExp {
  let text = source;
  let modes = flags;
  const inline = /^\(\?([imsux]+)\)/.exec(text);
  if (inline !== null) {
    text = text.slice(inline[0].length);
    for (const mode of inline[1] ?? '') {
      if (mode === 'x') throw new Unsupported('The pattern flag (?x)');
      if (!modes.includes(mode)) modes += mode;
    }
  }
  if (/\(\?>|[*+?}]\+|&&\[|\\G/.test(text))
    throw new Unsupported(`The pattern "${source}" (atomic groups, possessive quantifiers or class intersections)`);
  try {
    return new RegExp(toJavaScript(text), modes);
  } catch {
    return withoutUnicode(text, source, modes);
  }
}

/** Java allows escapes that JavaScript's unicode mode refuses, such as `\-` outside of a class. */
function withoutUnicode(text: string, source: string, modes: string): RegExp {
  try {
    return new RegExp(toJavaScript(text), modes.replace('u', ''));
  } catch (error) {
    throw apexError('StringException', `Invalid regex: ${error instanceof Error ? error.message : source}`);
  }
}

function toJavaScript(text: string): string {
  return text
    .replace(/\\Q([\s\S]*?)(?:\\E|$)/g, (_, literal: string) => literal.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
    .replace(/\\p\{(?:Alpha|Digit|Alnum|Upper|Lower|Punct|Space|XDigit)\}/g, (name, at: number) => {
      const chars = CLASSES[name] ?? '';
      return inClass(text, at) ? chars : `[${chars}]`;
    })
    .replace(/\\p\{Is(\w+)\}/g, '\\p{$1}')
    .replace(/\\[AzZ]/g, (anchor) => (anchor === '\\A' ? '^' : '$'))
    .replace(/\\h/g, '[ \\t]')
    .replace(/\\R/g, '(?:\\r\\n|[\\n\\r])')
    .replace(/\\(["'#@!%&:;<>=~`, _-])/g, (found, char: string) => (char === '-' ? found : char));
}

function inClass(text: string, at: number): boolean {
  const before = text.slice(0, at).replace(/\\./g, '');
  return before.lastIndexOf('[') > before.lastIndexOf(']');
}

/** Java's replacement text: `$1` and `${name}` are groups, a backslash makes the next character literal. */
export function javaReplacement(template: string, found: readonly unknown[]): string {
  const named = found.at(-1);
  return template.replace(
    /\\([\s\S])|\$(\d)|\$\{(\w+)\}/g,
    (_, literal: string | undefined, group: string | undefined, name: string | undefined) => {
      if (literal !== undefined) return literal;
      if (group !== undefined) {
        if (typeof found[Number(group)] === 'number') throw apexError('StringException', `No group ${group}`);
        return String(found[Number(group)] ?? '');
      }
      return typeof named === 'object' && named !== null && name !== undefined
        ? String(Reflect.get(named, name) ?? '')
        : '';
    },
  );
}
