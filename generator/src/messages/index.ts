import { readFileSync } from 'node:fs';
import { format } from 'node:util';
import { packagePath } from '../package-root/index.js';

/** The texts of one bundle, `generator/messages/<name>.md`: a level-one heading is a key, what follows is its text. */
export interface Messages {
  /** The text under `key` with its `%s` slots filled in order. Throws when the bundle has no such key. */
  get(key: string, ...values: readonly (string | number)[]): string;
  /** The examples under `key`, each a description and its command, as oclif prints them. */
  examples(key: string): string[];
  /** The bullet points under `key`, each filled with the same values. */
  list(key: string, ...values: readonly (string | number)[]): string[];
}

const HEADING = /^# (.+)$/m;
const BULLET = /^[-*] /;

/**
 * Reads a message bundle in the form that SF CLI plugins use. `@salesforce/core` has a reader for it too, but
 * loading that costs more than the commands that need no org take themselves.
 */
export function loadMessages(bundle: string): Messages {
  const texts = parseBundle(readFileSync(packagePath('generator', 'messages', `${bundle}.md`), 'utf8'));
  const text = (key: string): string => {
    const found = texts.get(key);
    if (found === undefined) throw new Error(`Message bundle "${bundle}" has no text "${key}".`);
    return found;
  };
  return {
    examples: (key) =>
      text(key)
        .split(/^- /m)
        .map((example) => example.trim())
        .filter((example) => example !== ''),
    get: (key, ...values) => format(text(key), ...values),
    list: (key, ...values) =>
      text(key)
        .split('\n')
        .filter((line) => BULLET.test(line))
        .map((line) => format(line.replace(BULLET, ''), ...values)),
  };
}

function parseBundle(markdown: string): ReadonlyMap<string, string> {
  const [, ...parts] = markdown.split(HEADING);
  const texts = new Map<string, string>();
  for (let at = 0; at + 1 < parts.length; at += 2) texts.set((parts[at] ?? '').trim(), (parts[at + 1] ?? '').trim());
  return texts;
}
