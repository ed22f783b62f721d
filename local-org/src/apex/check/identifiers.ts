import type { Identifier } from '../syntax/index.js';
import type { Findings } from './problems.js';

/** Words that no variable, field, parameter, type or enum constant may be called. Methods may. */
const RESERVED = new Set(
  (
    'activate any array autonomous begin bigdecimal blob boolean byte case cast char collect const currency date datetime decimal default ' +
    'double end exception exit export float goto group hint import inner int integer into join loop long number object of outer package ' +
    'parallel pragma retrieve rollback set short sobject sort string switch synchronized system then time transaction when'
  ).split(' '),
);

/** Words that the platform's own lexer keeps for the language, which the grammar used here would take as names. */
const KEYWORDS = new Set(
  'and as asc break bulk by commit desc from having in instanceof like limit not nulls or select trigger using where'.split(
    ' ',
  ),
);

const TYPES_ONLY = new Set(['apexpages', 'page']);

/** Of top-level types, which are files; an inner type's name may be as long as any other. */
const MAX_TYPE_NAME = 40;
const MAX_NAME = 255;

/** Checks the name of a declaration: letters, length, reserved words. */
export function checkIdentifier(
  { name, range }: Identifier,
  kind: 'type' | 'innerType' | 'method' | 'variable',
  findings: Findings,
): void {
  const key = name.toLowerCase();
  const isType = kind === 'type' || kind === 'innerType';
  if (!/^[a-z][a-z0-9_]*$/.test(key) || key.includes('__') || key.endsWith('_'))
    findings.report(range, `Invalid character in identifier: ${name}`);
  if (name.length > (kind === 'type' ? MAX_TYPE_NAME : MAX_NAME))
    findings.report(range, `Identifier name is too long: ${name}`);
  if (KEYWORDS.has(key)) findings.report(range, `Unexpected token '${name}'.`);
  if (kind !== 'method' && (RESERVED.has(key) || (isType && TYPES_ONLY.has(key))))
    findings.report(range, `Identifier name is reserved: ${name}`);
}
