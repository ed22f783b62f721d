import { runSf } from './run-sf.js';
import { authorizationFailed } from './sf-errors.js';
import { parseSfJson } from './sf-json.js';

/** A local org as far as logging in needs it. `token` is a secret. */
export interface AuthorizableOrg {
  readonly alias: string;
  readonly url: string;
  readonly token: string;
}

export interface AuthorizeOptions {
  readonly projectRoot: string;
  /** Folder that holds the CLI's logins; by default the user's own home. */
  readonly home?: string | undefined;
}

/**
 * Makes `sf ... --target-org <alias>` reach a local org. The CLI's own login command does it, so that its private files
 * stay its own business; the token goes through the environment, never through the command line.
 * Throws UserError `AuthorizationError`.
 */
export async function authorizeAlias(org: AuthorizableOrg, { projectRoot, home }: AuthorizeOptions): Promise<void> {
  const args = [
    'org',
    'login',
    'access-token',
    '--instance-url',
    org.url,
    '--alias',
    org.alias,
    '--no-prompt',
    '--json',
  ];
  const run = await runSf(args, {
    projectRoot,
    home,
    loopback: true,
    output: 'capture',
    variables: { SF_ACCESS_TOKEN: org.token },
  });
  const answer = parseSfJson(run);
  if (run.exitCode !== 0)
    throw authorizationFailed(org.alias, answer.message ?? answer.name ?? `exit code ${run.exitCode}`);
}

/** Makes the CLI forget a local org. False when it did not know it. */
export async function deauthorizeAlias(alias: string, { projectRoot, home }: AuthorizeOptions): Promise<boolean> {
  const args = ['org', 'logout', '--target-org', alias, '--no-prompt', '--json'];
  return (await runSf(args, { projectRoot, home, loopback: true, output: 'capture' })).exitCode === 0;
}
