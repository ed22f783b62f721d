import type * as z from 'zod';
import { enumerate, finding, isSecretName, printable, quote, suggest } from '../../diagnostics/index.js';
import type { Finding, Path } from '../../diagnostics/index.js';
import { keysOf, memberOf, schemaAt } from './json-schema.js';
import type { JsonSchema } from './json-schema.js';
import { problemOf } from './leaf.js';
import { shapeRules } from './shape-rules.js';

type Issue = z.core.$ZodIssue;

interface Context {
  readonly data: unknown;
  /** Made only when there is a problem: it takes longer than the whole check. */
  readonly schema: () => JsonSchema;
}

/** Turns the issues of a failed parse into findings that a person understands. */
export function translateIssues(issues: readonly Issue[], data: unknown, schema: () => JsonSchema): readonly Finding[] {
  const findings = withoutRepeats(issues.flatMap((issue) => translate(issue, [], { data, schema })));
  // A misspelt required key would be told twice: once as unknown, once as missing.
  const misspelt = new Set(
    findings.flatMap(({ path, problem }) =>
      problem.rule === shapeRules.unknownKey && problem.details.suggestion !== undefined
        ? [JSON.stringify([...path.slice(0, -1), problem.details.suggestion])]
        : [],
    ),
  );
  return findings.filter(
    ({ path, problem }) => problem.rule !== shapeRules.missingKey || !misspelt.has(JSON.stringify(path)),
  );
}

/** Two checks of one value may say the same: 9e22 is above the limit, and above what a whole number can be. */
function withoutRepeats(findings: readonly Finding[]): readonly Finding[] {
  const known = new Set<string>();
  return findings.filter(({ path, problem }) => {
    const key = JSON.stringify([path, problem.rule.code, problem.message]);
    return !known.has(key) && known.add(key);
  });
}

function translate(issue: Issue, base: Path, context: Context): readonly Finding[] {
  const path = [...base, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
  const own = problemOf(issue);
  if (own !== undefined) return [{ path, problem: own }];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey([...path, key], context));
    case 'invalid_type':
      return [wrongType(path, TYPE_PHRASES[issue.expected] ?? issue.expected, context)];
    case 'invalid_value':
      return [unknownValue(path, issue.values, context)];
    case 'invalid_union':
      return invalidUnion(issue, path, context);
    case 'invalid_key':
      return issue.issues.flatMap((inner) => atKey(translate(inner, path, context)));
    case 'invalid_element':
      return issue.issues.flatMap((inner) => translate(inner, path, context));
    case 'too_small':
    case 'too_big':
    case 'not_multiple_of':
    case 'invalid_format':
    case 'custom':
      return [outOfRange(path, issue, context)];
  }
}

const TYPE_PHRASES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a map of keys and values',
  record: 'a map of keys and values',
  array: 'a list',
};

function atKey(findings: readonly Finding[]): readonly Finding[] {
  return findings.map(({ path, problem: { rule, message, details } }) =>
    finding(path, rule, message, { ...details, atKey: true }),
  );
}

function unknownKey(path: Path, { schema, data }: Context): Finding {
  const key = String(path.at(-1));
  const place = path.slice(0, -1);
  const known = keysOf(schema(), schemaAt(schema(), place, data));
  const where = place.length === 0 ? 'here' : `in ${describePath(place)}`;
  const details = { suggestion: suggest(key, known), atKey: true };
  const fix =
    known.length === 0 ? shapeRules.unknownKey.fix : `Correct the key, or remove it. Known here: ${enumerate(known)}.`;
  return finding(path, shapeRules.unknownKey, `There is no key ${quote(key)} ${where}.`, { ...details, fix });
}

function wrongType(path: Path, wanted: string, context: Context): Finding {
  const value = path.reduce(memberOf, context.data);
  if (value === undefined) return missing(path, context);
  if (value === null) {
    return finding(path, shapeRules.wrongType, `${describePath(path)} has no value; it must be ${wanted}.`, {
      atKey: true,
      fix: 'Write a value behind the colon, or remove the key.',
    });
  }
  if (isSecretName(String(path.at(-1))))
    return finding(path, shapeRules.wrongType, `${describePath(path)} must be ${wanted}.`);
  return finding(
    path,
    shapeRules.wrongType,
    `${describePath(path)} must be ${wanted}; found ${describeValue(value)}.`,
    {
      fix: fixFor(wanted, value),
    },
  );
}

const YES_OR_NO: Readonly<Record<string, boolean>> = {
  yes: true,
  on: true,
  y: true,
  true: true,
  no: false,
  off: false,
  n: false,
  false: false,
};

/** What to write instead of a value of the wrong type. */
function fixFor(wanted: string, value: unknown): string {
  if (wanted === 'text' && (typeof value === 'number' || typeof value === 'boolean'))
    return `Put it in quotes: '${String(value)}'.`;
  if (wanted.endsWith('number') && typeof value === 'string' && /^-?[0-9]+(?:\.[0-9]+)?$/.test(value))
    return `Write it without quotes: ${value}`;
  if (wanted === TYPE_PHRASES['boolean'] && typeof value === 'string') {
    const meant = YES_OR_NO[value.toLowerCase()];
    return meant === undefined ? 'Write true or false.' : `Write ${String(meant)}, without quotes.`;
  }
  if (wanted === TYPE_PHRASES['array']) return 'Start each item on a line of its own with a hyphen and a space.';
  if (wanted === TYPE_PHRASES['object']) return 'Write keys and values on the following lines, indented by two spaces.';
  return `Write ${wanted}.`;
}

function missing(path: Path, { schema, data }: Context): Finding {
  const place = path.slice(0, -1);
  const key = String(path.at(-1));
  const where = place.length === 0 ? 'The file' : describePath(place);
  const described = schemaAt(schema(), path, data);
  const example = described?.examples?.[0];
  const hint = typeof example === 'string' ? ` for example \`${key}: ${example}\`.` : '';
  return finding(path, shapeRules.missingKey, `${where} lacks the key "${key}".`, {
    reason:
      described?.description === undefined
        ? shapeRules.missingKey.reason
        : `${described.description} There is no default.`,
    fix: `Add the key${hint === '' ? '.' : `,${hint}`}`,
  });
}

function unknownValue(path: Path, values: readonly unknown[], context: Context): Finding {
  const value = path.reduce(memberOf, context.data);
  if (value === undefined) return missing(path, context);
  const choices = values.map(String);
  const shown = typeof value === 'string' ? quote(value) : describeValue(value);
  return finding(path, shapeRules.unknownValue, `${describePath(path)} cannot be ${shown}.`, {
    fix: `Write ${enumerate(choices, 'or')}.`,
    suggestion: typeof value === 'string' ? suggest(value, choices) : undefined,
  });
}

function invalidUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: Path,
  context: Context,
): readonly Finding[] {
  if (issue.discriminator !== undefined) {
    const place = schemaAt(context.schema(), path.slice(0, -1), undefined);
    const choices = (place?.oneOf ?? []).map((form) => form.properties?.[issue.discriminator ?? '']?.const);
    return [unknownValue(path, choices, context)];
  }
  // The form that accepts the value's type tells more than "none of these fits".
  const value = path.reduce(memberOf, context.data);
  const fitting = issue.errors.filter(
    (errors) => !errors.some((inner) => inner.path.length === 0 && isTypeIssue(inner)),
  );
  const best = fitting.toSorted((left, right) => left.length - right.length)[0];
  if (best !== undefined && typeof value === 'object' && value !== null) {
    return best.flatMap((inner) => translate(inner, path, context));
  }
  return [wrongType(path, issue.message, context)];
}

function isTypeIssue(issue: Issue): boolean {
  return issue.code === 'invalid_type' || issue.code === 'invalid_value';
}

function outOfRange(path: Path, issue: Issue, context: Context): Finding {
  const value = path.reduce(memberOf, context.data);
  const limits = schemaAt(context.schema(), path, context.data);
  if (Array.isArray(value)) {
    const wanted = `${limits?.minItems ?? 0} to ${limits?.maxItems ?? 'many'} items`;
    return finding(
      path,
      shapeRules.wrongCount,
      `${describePath(path)} has ${value.length} items; it must have ${wanted}.`,
    );
  }
  if (issue.code === 'not_multiple_of') {
    return finding(path, shapeRules.outOfRange, `${describePath(path)} has more than two decimals.`, {
      fix: 'Round it to two decimals.',
    });
  }
  if (typeof value === 'number' && limits?.minimum !== undefined && limits.maximum !== undefined) {
    const range = `${limits.minimum} to ${limits.maximum}`;
    return finding(path, shapeRules.outOfRange, `${describePath(path)} is ${value}; it must be ${range}.`, {
      fix: `Choose a number from ${range}.`,
    });
  }
  if (typeof value === 'string' && limits?.maxLength !== undefined) {
    const message = `${describePath(path)} has ${value.length} characters; at most ${limits.maxLength} are allowed.`;
    return finding(path, shapeRules.outOfRange, message, { fix: 'Shorten it.' });
  }
  return finding(path, shapeRules.wrongType, `${describePath(path)} cannot be ${describeValue(value)}.`);
}

/** `requests[0].path` */
export function describePath(path: Path): string {
  return printable(
    path.map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`)).join(''),
  );
}

function describeValue(value: unknown): string {
  if (typeof value === 'string') return value === '' ? 'an empty text' : `the text ${quote(value)}`;
  if (typeof value === 'number') return Number.isFinite(value) ? `the number ${value}` : 'no finite number';
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  return value === null ? 'nothing' : 'a map';
}
