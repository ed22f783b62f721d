import { Problem, quote } from '../../diagnostics/index.js';
import type { Rule } from '../../diagnostics/index.js';
import type { TextFormat } from './format.js';
import { headerValueFormat } from './http.js';

export const formulaRules = {
  badFormula: {
    code: 'bad-formula',
    severity: 'error',
    summary: 'A formula header holds a formula in {! }, with every brace and quote closed.',
    reason: 'The platform evaluates it for every call. A formula that cannot be read fails every call.',
    fix: "Write `{!$Organization.Id}` or `{!'Bearer ' & $Credential.Name.Parameter}`.",
  },
  notAFormula: {
    code: 'formula-in-static-header',
    severity: 'error',
    summary: 'A header with {! } says that it is a formula.',
    reason: 'A static header is sent as it stands: the receiver would get the text of the formula.',
    fix: 'Write `formula:` below the name of the header and the formula behind it.',
  },
} as const satisfies Record<string, Rule>;

/** A header that the platform evaluates. */
export const formulaFormat: TextFormat = {
  pattern: '\\{!',
  check: (value) => {
    const problems = headerValueFormat.check(value);
    if (problems.length > 0) return problems;
    const flaw = flawOf(value);
    return flaw === undefined ? [] : [new Problem(formulaRules.badFormula, `The formula ${quote(value)} ${flaw}.`)];
  },
};

/** A header of the endpoint that is sent as it stands. */
export const staticHeaderFormat: TextFormat = {
  pattern: undefined,
  check: (value) => {
    const problems = headerValueFormat.check(value);
    if (!value.includes('{!')) return problems;
    return [
      ...problems,
      new Problem(formulaRules.notAFormula, `The header value ${quote(value)} looks like a formula.`),
    ];
  },
};

function flawOf(value: string): string | undefined {
  const pieces = value.split('{!');
  if (pieces.length === 1) return 'has no {! }';
  for (const piece of pieces.slice(1)) {
    let quoted: string | undefined;
    let closed = false;
    for (const character of piece) {
      if (quoted !== undefined) quoted = character === quoted ? undefined : quoted;
      else if (character === "'" || character === '"') quoted = character;
      else if (character === '}') {
        closed = true;
        break;
      }
    }
    if (quoted !== undefined) return 'has a quote that is not closed';
    if (!closed) return 'has a brace that is not closed';
    if (/^\s*\}/.test(piece)) return 'is empty';
  }
  return undefined;
}
