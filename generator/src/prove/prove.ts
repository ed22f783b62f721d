import type { ExternalSystem } from '../../../local-org/src/index.js';
import { runSf } from '../deploy/index.js';
import type { Integration } from '../model/index.js';
import { OrgClient, type OrgAddress } from '../org-client/index.js';
import { startCounterpart } from './counterpart.js';
import { proveAction } from './prove-action.js';
import { proveTrigger } from './prove-trigger.js';
import type { ProofRun, ProofSubject, UpdateOne } from './run.js';
import { setUpIntegrations } from './set-up.js';

export interface ProveOptions {
  readonly org: OrgAddress;
  /** Name by which the SF CLI knows the org. */
  readonly alias: string;
  readonly projectRoot: string;
  readonly integrations: readonly Integration[];
  readonly integrationUser: string;
  /** How many records each run changes at once. */
  readonly counts: readonly number[];
  readonly onReady: (receiverUrl: string) => void;
}

const ROUTES = '/callout/routes';

/**
 * Starts a receiver for the integrations, leads the callouts of the org to it, and changes records of one integration after the other. The
 * routes are taken back at the end.
 */
export async function prove(options: ProveOptions): Promise<{ readonly runs: readonly ProofRun[] }> {
  const org = new OrgClient(options.org);
  const counterpart = await startCounterpart(options.integrations, options.org.url);
  try {
    await org.request('PUT', ROUTES, counterpart.routes);
    await setUpIntegrations(org, counterpart, options);
    options.onReady(counterpart.system.url);
    const runs: ProofRun[] = [];
    for (const integration of options.integrations)
      runs.push(...(await proveOne(org, counterpart.system, integration, options)));
    return { runs };
  } finally {
    await org.request('PUT', ROUTES, []);
    await counterpart.system.close();
  }
}

async function proveOne(
  org: OrgClient,
  system: ExternalSystem,
  integration: Integration,
  { counts, alias, projectRoot }: ProveOptions,
): Promise<readonly ProofRun[]> {
  const subject: ProofSubject = { org, system, integration, updateOne: updateThroughCli(alias, projectRoot) };
  return integration.trigger === undefined ? proveAction(subject, counts) : proveTrigger(subject, counts);
}

/** Changes a record as a person at a terminal does. */
function updateThroughCli(alias: string, projectRoot: string): UpdateOne {
  return async (object, id, values) => {
    const assignments = Object.entries(values).map(([name, value]) => `${name}='${String(value)}'`);
    const args = [
      'data',
      'update',
      'record',
      '--sobject',
      object,
      '--record-id',
      id,
      '--values',
      assignments.join(' '),
    ];
    const run = await runSf([...args, '--target-org', alias, '--json'], {
      projectRoot,
      loopback: true,
      output: 'capture',
    });
    if (run.exitCode !== 0) throw new Error(`sf data update record failed: ${run.stdout || run.stderr}`);
  };
}
