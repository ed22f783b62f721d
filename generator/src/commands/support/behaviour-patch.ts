import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { parse } from 'yaml';
import { EXIT, UserError } from '../../errors/index.js';
import { loadMessages } from '../../messages/index.js';

/** `token.lifetimeSeconds=5` as `{token: {lifetimeSeconds: 5}}`. Throws UserError for anything else. */
export function assignment(text: string): unknown {
  const equals = text.indexOf('=');
  if (equals < 1)
    throw new UserError('UsageError', loadMessages('external').get('error.set', text), { exitCode: EXIT.usage });
  const value: unknown = parse(text.slice(equals + 1));
  return text
    .slice(0, equals)
    .split('.')
    .reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
}

/** A patch from a YAML or JSON file; `-` stands for stdin. */
export async function readPatch(path: string): Promise<unknown> {
  return parse(path === '-' ? await text(process.stdin) : await readFile(path, 'utf8'));
}

export { stringify } from 'yaml';
