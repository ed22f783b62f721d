import { join } from 'node:path';

const PROXY_VARIABLE = /^(?:npm_config_)?(?:https?_|all_)?proxy$/i;

/** Keeps the Salesforce CLI from phoning home, updating itself and writing logs: none of that belongs into a demo or a test. */
const QUIET = {
  SF_DISABLE_TELEMETRY: 'true',
  SF_DISABLE_LOG_FILE: 'true',
  // The CLI's core reads one name, its update plugin the other; setting only the first makes it update in the background.
  SF_AUTOUPDATE_DISABLE: 'true',
  SF_DISABLE_AUTOUPDATE: 'true',
  SF_SKIP_NEW_VERSION_CHECK: 'true',
  SF_HIDE_RELEASE_NOTES: 'true',
  SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
} as const;

/** Folder below the project where the Salesforce CLI keeps its logins, apart from the user's own. */
export function sfHome(projectRoot: string): string {
  return join(projectRoot, '.callout', 'sf-home');
}

export interface SfEnvironmentOptions {
  /** Use this folder instead of the user's own home; the CLI is also kept quiet then. */
  readonly home?: string | undefined;
  /** The command talks to an org on this machine. */
  readonly loopback?: boolean;
  /** Further variables; undefined removes one. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
}

/**
 * Environment to run the Salesforce CLI in. For an org on this machine the proxy variables are taken out: the CLI sends
 * even loopback addresses through a proxy, whatever NO_PROXY says.
 */
export function sfEnvironment(
  { home, loopback = false, variables = {} }: SfEnvironmentOptions,
  base: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const inherited = Object.entries(base).filter(([name]) => !loopback || !PROXY_VARIABLE.test(name));
  const isolated = home === undefined ? {} : { HOME: home, USERPROFILE: home, ...QUIET };
  const environment: NodeJS.ProcessEnv = { ...Object.fromEntries(inherited), ...isolated, ...variables };
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined));
}
