import { enumerate, finding, quote, suggest } from '../../diagnostics/index.js';
import type { Finding, Rule } from '../../diagnostics/index.js';
import type { AuthConfig, EnvironmentConfig, IntegrationConfig } from '../schema/index.js';
import type { FileFinding } from './project.js';
import { urlWarnings } from './urls.js';

export const environmentRules = {
  unknownIntegration: {
    code: 'unknown-integration',
    severity: 'error',
    summary: 'An environment names integrations that exist.',
    reason: 'The values would go nowhere: the integration would call the address of its own file from this org too.',
    fix: 'Write the name of a file in config/integrations, without its ending.',
  },
  unusedOverride: {
    code: 'unused-override',
    severity: 'error',
    summary: 'An environment replaces values that the integration has.',
    reason: 'The integration authenticates in a way that has no such value, so it would go nowhere.',
    fix: 'Remove the key.',
  },
  noEnvironment: {
    code: 'no-environment',
    severity: 'error',
    summary: 'There is at least one environment.',
    reason:
      'Every call is made by one integration user, who alone holds the credentials. Without that name calls would be made by whoever changed a record, and fail for all who lack the credential.',
    fix: 'Create config/environments/local.yaml with the line `integrationUser: <username>`.',
  },
  noDefaultEnvironment: {
    code: 'no-default-environment',
    severity: 'error',
    summary: 'One of several environments is the default.',
    reason: 'The generated files hold the values of one environment; those of the others are put in at deployment.',
    fix: 'Write `default: true` in the environment that you develop with.',
  },
  twoDefaults: {
    code: 'two-default-environments',
    severity: 'error',
    summary: 'Only one environment is the default.',
    reason: 'The generated files can hold the values of one environment only.',
    fix: 'Remove `default: true` from all but one.',
  },
} as const satisfies Record<string, Rule>;

const LOOPBACK_FIX =
  'Nothing, when this environment is for the local org. For any other org, write a URL that it can reach.';

/** One environment file for the checks across files. */
export interface EnvironmentFile<Source> {
  readonly source: Source;
  readonly config: EnvironmentConfig | undefined;
  readonly broken: ReadonlySet<string>;
}

/** Checks the environments against each other and against the integrations. `integrations` has every file, readable or not. */
export function checkEnvironments<S extends { readonly file: string }>(
  files: readonly EnvironmentFile<S>[],
  integrations: ReadonlyMap<string, IntegrationConfig | undefined>,
): readonly FileFinding<S>[] {
  const findings: FileFinding<S>[] = [];
  for (const { source, config, broken } of files) {
    if (config === undefined || broken.has('integrations')) continue;
    for (const item of overrideFindings(config, integrations)) findings.push({ source, finding: item });
  }
  const defaults = files.filter(({ config }) => config?.default === true);
  const [first, ...others] = defaults;
  for (const { source } of others) {
    const message = `${first?.source.file ?? ''} is the default already.`;
    findings.push({ source, finding: finding(['default'], environmentRules.twoDefaults, message) });
  }
  const [earliest] = files;
  const allKnown = files.every(({ config, broken }) => config !== undefined && !broken.has('default'));
  if (earliest !== undefined && files.length > 1 && defaults.length === 0 && allKnown) {
    const names = enumerate(files.map(({ source }) => source.file));
    findings.push({
      source: earliest.source,
      finding: finding([], environmentRules.noDefaultEnvironment, `None of ${names} is the default.`),
    });
  }
  return findings;
}

function* overrideFindings(
  config: EnvironmentConfig,
  integrations: ReadonlyMap<string, IntegrationConfig | undefined>,
): Iterable<Finding> {
  for (const [name, values] of Object.entries(config.integrations)) {
    const path = ['integrations', name];
    if (!integrations.has(name)) {
      yield finding(path, environmentRules.unknownIntegration, `There is no integration ${quote(name)}.`, {
        atKey: true,
        suggestion: suggest(name, integrations.keys()),
      });
      continue;
    }
    for (const key of ['endpoint', 'tokenUrl', 'authorizeUrl'] as const) {
      const url = values[key];
      if (url !== undefined) yield* urlWarnings([...path, key], url, LOOPBACK_FIX);
    }
    const auth = integrations.get(name)?.auth;
    if (auth === undefined) continue;
    for (const key of ['tokenUrl', 'authorizeUrl', 'clientId'] as const) {
      if (values[key] === undefined || hasValue(auth, key)) continue;
      const message = `${quote(name)} authenticates with ${methodName(auth)}, which has no ${key}.`;
      yield finding([...path, key], environmentRules.unusedOverride, message, { atKey: true });
    }
  }
}

/** A client id stands in the metadata of an auth provider only. */
function hasValue(auth: AuthConfig, key: 'tokenUrl' | 'authorizeUrl' | 'clientId'): boolean {
  return key === 'clientId' ? auth.type === 'browser' && auth.provider === 'authProvider' : key in auth;
}

function methodName(auth: AuthConfig): string {
  return auth.type === 'browser' ? `${auth.type} and ${auth.provider}` : auth.type;
}
