import type * as z from 'zod';
import type { Finding } from '../../diagnostics/index.js';
import { environmentSchema } from './environment.js';
import type { EnvironmentConfig } from './environment.js';
import { integrationSchema } from './integration.js';
import type { IntegrationConfig } from './integration.js';
import { jsonSchemaOf } from './json-schema.js';
import { translateIssues } from './translate.js';

export type Section = keyof IntegrationConfig;

/** A checked file. With findings, `config` holds stand-ins for the sections in `broken`. */
export interface Parsed<T> {
  readonly config: T | undefined;
  readonly findings: readonly Finding[];
  /** Top-level keys that have a problem: nothing more can be said about them. */
  readonly broken: ReadonlySet<string>;
}

/** What stands in for a required section that has problems, so that the other sections can be checked all the same. */
const STAND_INS = {
  endpoint: { url: 'https://stand-in.example' },
  auth: { type: 'basic' },
  requests: [{ path: '/' }],
} as const;

/** Checks the shape of an integration's data. */
export function parseIntegration(data: Readonly<Record<string, unknown>>): Parsed<IntegrationConfig> {
  return parse(integrationSchema, data, 'integration', STAND_INS);
}

/** Checks the shape of an environment's data. */
export function parseEnvironment(data: Readonly<Record<string, unknown>>): Parsed<EnvironmentConfig> {
  return parse(environmentSchema, data, 'environment', { integrationUser: 'stand-in@user.example' });
}

function parse<S extends z.ZodType>(
  schema: S,
  data: Readonly<Record<string, unknown>>,
  kind: 'integration' | 'environment',
  standIns: Readonly<Record<string, unknown>>,
): Parsed<z.output<S>> {
  const result = schema.safeParse(data);
  if (result.success) return { config: result.data, findings: [], broken: new Set() };
  const findings = translateIssues(result.error.issues, data, () => jsonSchemaOf(kind));
  const broken = new Set(result.error.issues.flatMap((issue) => brokenSections(issue)));
  const rest = Object.fromEntries(Object.entries(data).filter(([key]) => !broken.has(key)));
  const missing = Object.fromEntries(Object.entries(standIns).filter(([key]) => !(key in rest)));
  const again = schema.safeParse({ ...rest, ...missing });
  return { config: again.success ? again.data : undefined, findings, broken };
}

function brokenSections(issue: z.core.$ZodIssue): readonly string[] {
  if (issue.path.length > 0) return [String(issue.path[0])];
  return issue.code === 'unrecognized_keys' ? issue.keys : [];
}
