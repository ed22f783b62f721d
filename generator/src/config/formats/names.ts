import type { ApiName, EnvironmentName, IntegrationName } from '../../model/index.js';
import { Problem, quote } from '../../diagnostics/index.js';
import type { Rule } from '../../diagnostics/index.js';
import { isApexReserved } from './apex-words.js';
import type { TextFormat } from './format.js';

export const nameRules = {
  badName: {
    code: 'bad-name',
    severity: 'error',
    summary: 'Names of integrations, environments and requests are kebab-case, at most 30 characters.',
    reason:
      'Salesforce API names, Apex classes and file names are derived from the name and must stay within 40 characters.',
    fix: 'Use lower-case letters, digits and single hyphens, and start with a letter: `account-sync`.',
  },
  badIdentifier: {
    code: 'bad-identifier',
    severity: 'error',
    summary: 'Names that become Apex variables or Salesforce API names are plain identifiers.',
    reason: 'The name becomes part of Apex code and of metadata.',
    fix: 'Start with a letter; use letters, digits and single underscores only, at most 40 characters.',
  },
  reservedWord: {
    code: 'reserved-word',
    severity: 'error',
    summary: 'A name is not a word that Apex reserves.',
    reason: 'The name becomes an Apex identifier, and Apex does not compile with a reserved word there.',
    fix: 'Choose another name, for example with a second word.',
  },
  reservedName: {
    code: 'reserved-name',
    severity: 'error',
    summary: 'A name does not belong to the callout runtime.',
    reason: 'The runtime has classes, objects and flows of that name. One would overwrite the other.',
    fix: 'Choose a name that does not start with "callout".',
  },
} as const satisfies Record<string, Rule>;

const KEBAB = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const LONGEST_NAME = 30;
const IDENTIFIER = /^[A-Za-z](?:_?[A-Za-z0-9])*$/;
const LONGEST_IDENTIFIER = 40;
const LONGEST_FLOW_NAME = 80;
const RUNTIME_FLOWS = new Set(['callout_retry', 'callout_heartbeat', 'callout_watchdog']);

/** `account-sync` to `AccountSync`. */
export function toApiName(name: IntegrationName): ApiName {
  const text = name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  if (!isApiName(text)) throw new Error(`No API name can be made of ${quote(name)}.`);
  return text;
}

/** `account-sync` to `Account sync`. */
export function toLabel(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `account-sync` to `Account_Sync`. */
export function toFlowName(name: string): string {
  return name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('_');
}

/** `reserve-stock` to `reserveStock`. */
function toCamelCase(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

export function isIntegrationName(text: string): text is IntegrationName {
  return KEBAB.test(text) && text.length <= LONGEST_NAME;
}

export function isEnvironmentName(text: string): text is EnvironmentName {
  return KEBAB.test(text) && text.length <= LONGEST_NAME;
}

function isApiName(text: string): text is ApiName {
  return /^[A-Z][A-Za-z0-9]*$/.test(text) && text.length <= LONGEST_NAME;
}

/** Name of an integration, from which every generated name derives. */
export const integrationNameFormat: TextFormat = {
  pattern: KEBAB.source,
  check: (value) => {
    const problems = kebabProblems('integration', value);
    if (problems.length > 0) return problems;
    if (/^callout(?:-|$)/.test(value))
      return [new Problem(nameRules.reservedName, `The name ${quote(value)} belongs to the runtime.`)];
    return reserved(value.replaceAll('-', ''), value);
  },
};

/** Name of an environment. */
export const environmentNameFormat: TextFormat = {
  pattern: KEBAB.source,
  check: (value) => kebabProblems('environment', value),
};

/** Name of a request within its integration. */
export const requestNameFormat: TextFormat = {
  pattern: KEBAB.source,
  check: (value) => {
    const problems = kebabProblems('request', value);
    return problems.length > 0 ? problems : reserved(toCamelCase(value), value);
  },
};

function kebabProblems(kind: string, value: string): readonly Problem[] {
  if (!KEBAB.test(value)) {
    const guess = value
      .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^[-0-9]+|-+$/g, '')
      .slice(0, LONGEST_NAME);
    const suggestion = KEBAB.test(guess) ? guess : undefined;
    return [
      new Problem(nameRules.badName, `The name ${quote(value)} of the ${kind} is not kebab-case.`, { suggestion }),
    ];
  }
  if (value.length > LONGEST_NAME) {
    const message = `The name ${quote(value)} of the ${kind} has ${value.length} characters; at most ${LONGEST_NAME} are allowed.`;
    return [new Problem(nameRules.badName, message, { fix: 'Shorten it.' })];
  }
  return [];
}

function reserved(identifier: string, shown: string): readonly Problem[] {
  if (!isApexReserved(identifier)) return [];
  return [new Problem(nameRules.reservedWord, `The name ${quote(shown)} is a word that Apex reserves.`)];
}

/** Whether the text is a plain identifier of at most 40 characters, not reserved in Apex. */
export function isIdentifier(text: string): boolean {
  return IDENTIFIER.test(text) && text.length <= LONGEST_IDENTIFIER && !isApexReserved(text);
}

/** Name of an input or output: becomes an Apex variable. */
export const variableNameFormat: TextFormat = {
  pattern: IDENTIFIER.source,
  check: (value) => {
    if (!IDENTIFIER.test(value) || value.length > LONGEST_IDENTIFIER) {
      return [new Problem(nameRules.badIdentifier, `The name ${quote(value)} is not an identifier.`)];
    }
    return reserved(value, value);
  },
};

/** Developer name of something in the org: a principal, a certificate, a notification type. */
export const developerNameFormat: TextFormat = {
  pattern: IDENTIFIER.source,
  check: (value) =>
    IDENTIFIER.test(value) && value.length <= LONGEST_IDENTIFIER
      ? []
      : [new Problem(nameRules.badIdentifier, `${quote(value)} is not a Salesforce developer name.`)],
};

/** API name of a flow. */
export const flowNameFormat: TextFormat = {
  pattern: IDENTIFIER.source,
  check: (value) => {
    if (!IDENTIFIER.test(value) || value.length > LONGEST_FLOW_NAME) {
      const fix = `Start with a letter; use letters, digits and single underscores only, at most ${LONGEST_FLOW_NAME} characters.`;
      return [new Problem(nameRules.badIdentifier, `${quote(value)} is not an API name of a flow.`, { fix })];
    }
    if (!RUNTIME_FLOWS.has(value.toLowerCase())) return [];
    return [
      new Problem(nameRules.reservedName, `The flow ${quote(value)} belongs to the runtime.`, {
        fix: 'Choose another name.',
      }),
    ];
  },
};
