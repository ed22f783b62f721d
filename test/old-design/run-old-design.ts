import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { runSf } from '../../generator/src/deploy/index.js';
import { OrgClient } from '../../generator/src/org-client/index.js';
import { insertRecords, updateRecords, type TableRun } from '../../generator/src/prove/index.js';
import { listen } from '../../generator/src/watch/index.js';
import { startExternalSystem, type ExternalSystem } from '../../local-org/src/index.js';

/**
 * The design that the failure was reported of: an HTTP callout on the asynchronous path of a record-triggered flow, as whoever changed the record,
 * with a credential that each user has to log in to, and without a fault path.
 */
const METADATA = fileURLToPath(new URL('./metadata', import.meta.url));

/** People and programs that change accounts. The administrator built the flow and tried it; the automation can never log in. */
export const USERS = {
  sales: 'sales@old-design.example',
  service: 'service@old-design.example',
  automation: 'automation@old-design.example',
} as const;

/** As strict as the receiver of the generated design, at a distance of some milliseconds, and with the answer that the report quotes. */
const RECEIVER = {
  token: { lifetimeSeconds: 2, live: 'onePerClient' },
  expiredSession: { status: 401, form: 'rest' },
  faults: [{ effect: { kind: 'latency', milliseconds: 2, jitter: 6 } }],
} as const;

const LOGGED_IN = [USERS.sales, USERS.service];
const PERMISSION_SET = 'Erp_User';
const PROVIDER = 'ErpLogin';
const HOST = 'https://erp.example.com';

export interface OldDesignOptions {
  /** A running local org with the users of `USERS`. */
  readonly org: { readonly url: string; readonly token: string; readonly userId: string };
  readonly alias: string;
  readonly projectRoot: string;
  /** Home of the SF CLI; by default the user's own. */
  readonly home?: string;
  /** How many records each run changes: one by the administrator, several by everybody at once. */
  readonly counts: readonly number[];
}

export interface OldDesignResult {
  readonly runs: readonly TableRun[];
  /** What interviews failed with, and how many: e-mails to the administrator on a real org. */
  readonly faults: ReadonlyMap<string, number>;
  /** Changes that the receiver refused with 401 INVALID_SESSION_ID: for the flow an answer like any other. */
  readonly refused: number;
}

/** Deploys the old design to a local org and changes records as in the report. */
export async function runOldDesign(options: OldDesignOptions): Promise<OldDesignResult> {
  const admin = new OrgClient(options.org);
  const faults = new Map<string, number>();
  const stop = new AbortController();
  const system = await startExternalSystem({ seed: 1, behaviour: RECEIVER });
  try {
    await admin.request('PUT', '/callout/routes', [
      { from: HOST, to: system.url },
      { from: `${HOST}/oauth2/token`, to: system.tokenUrl },
      { from: `${HOST}/oauth2/authorize`, to: system.authorizeUrl },
    ]);
    await deploy(options);
    await registerClient(admin, system, options.org.url);
    const clients = await logInUsers(admin, options.org);
    const names = Array.from({ length: Math.max(...options.counts) }, (_, at) => ({ Name: `Account ${at + 1}` }));
    const accounts = await insertRecords(admin, 'Account', names);
    const listening = collectFaults(options.org, stop.signal, faults);
    const runs: TableRun[] = [];
    let refused = 0;
    for (const [round, count] of options.counts.entries()) {
      const changed = accounts.slice(0, count);
      const byHand = count === 1;
      const after = system.requests().at(-1)?.sequence ?? 0;
      const way = byHand ? 'the administrator, by hand' : 'users and automation';
      runs.push(await measured(system, way, count, () => change(byHand ? [admin] : clients, changed, round + 1)));
      refused += refusedPaths(system, after).size;
    }
    stop.abort();
    await listening;
    return { runs, faults, refused };
  } finally {
    stop.abort();
    await system.close();
  }
}

async function deploy({ alias, projectRoot, home }: OldDesignOptions): Promise<void> {
  const args = ['project', 'deploy', 'start', '--source-dir', METADATA, '--target-org', alias, '--json'];
  const run = await runSf(args, { projectRoot, home, loopback: true, output: 'capture' });
  if (run.exitCode !== 0) throw new Error(`The old design was not deployed: ${run.stdout}${run.stderr}`);
}

async function registerClient(admin: OrgClient, system: ExternalSystem, orgUrl: string): Promise<void> {
  const secret = randomBytes(24).toString('base64url');
  system.registerClient({
    id: 'salesforce',
    secret,
    grants: ['authorization_code', 'refresh_token'],
    redirectUris: [new URL(`/services/authcallback/${PROVIDER}`, orgUrl).href],
  });
  await admin.data('POST', `/named-credentials/external-auth-identity-provider-credentials/${PROVIDER}`, {
    credentials: [
      { credentialName: 'clientId', credentialValue: 'salesforce' },
      { credentialName: 'clientSecret', credentialValue: secret },
    ],
  });
}

/** Gives everybody the permission set, and lets those log in who can. Their sessions. */
async function logInUsers(admin: OrgClient, org: OldDesignOptions['org']): Promise<readonly OrgClient[]> {
  const [set] = await admin.query(`SELECT Id FROM PermissionSet WHERE Name = '${PERMISSION_SET}'`);
  const users = await admin.query(`SELECT Id FROM User WHERE Username IN ('${Object.values(USERS).join("', '")}')`);
  for (const id of [org.userId, ...users.map((user) => user['Id'])])
    await admin.data('POST', '/sobjects/PermissionSetAssignment', { AssigneeId: id, PermissionSetId: set?.['Id'] });
  const clients: OrgClient[] = [];
  for (const username of Object.values(USERS)) {
    const client = await admin.as(username);
    if (LOGGED_IN.some((name) => name === username)) await logIn(client);
    clients.push(client);
  }
  await logIn(admin);
  return clients;
}

async function logIn(client: OrgClient): Promise<void> {
  const answer = await client.data('POST', '/named-credentials/credential/auth-url/o-auth', {
    externalCredential: 'Erp',
    principalName: 'Users',
    principalType: 'PerUserPrincipal',
  });
  const response = await fetch(text(answer, 'authenticationUrl'));
  if (!response.ok) throw new Error(`A login ended with HTTP ${response.status}: ${await response.text()}`);
}

/** Each client changes its share of the accounts in one request; all at the same time. */
async function change(clients: readonly OrgClient[], ids: readonly string[], round: number): Promise<void> {
  await Promise.all(
    clients.map((client, at) => {
      const records = ids
        .filter((_, index) => index % clients.length === at)
        .map((id) => ({ Id: id, Name: `Account changed ${round}` }));
      return updateRecords(client, 'Account', records);
    }),
  );
}

/** Counts the texts of flow errors, whatever record they are about. */
async function collectFaults(
  org: OldDesignOptions['org'],
  signal: AbortSignal,
  faults: Map<string, number>,
): Promise<void> {
  for await (const event of listen(org, signal)) {
    if (event.kind !== 'note' || !event.event.startsWith('FLOW_ELEMENT_')) continue;
    const what = event.text.split('|').at(0) ?? '';
    faults.set(what, (faults.get(what) ?? 0) + 1);
  }
}

const QUIET_MILLISECONDS = 1_500;

/** Counts what arrives until nothing more does. There is no queue to look at, which is part of the failure. */
async function measured(
  system: ExternalSystem,
  way: string,
  records: number,
  start: () => Promise<void>,
): Promise<TableRun> {
  const before = system.summary();
  const after = system.requests().at(-1)?.sequence ?? 0;
  const begin = performance.now();
  await start();
  let last = performance.now();
  for (let received = -1; performance.now() - last < QUIET_MILLISECONDS;) {
    await delay(50);
    const now = system.summary().received;
    if (now !== received) last = performance.now();
    received = now;
  }
  const now = system.summary();
  return {
    integration: 'old design',
    way,
    records,
    calls: now.received - before.received,
    delivered: appliedPaths(system, after).size,
    status401: now.status401 - before.status401,
    tokens: now.tokensIssued - before.tokensIssued,
    retries: undefined,
    left: undefined,
    milliseconds: last - begin,
  };
}

/** Accounts that the receiver has stored, of the requests after a number: the path names the account. */
function appliedPaths(system: ExternalSystem, after: number): ReadonlySet<string> {
  return new Set(system.requests({ outcome: 'applied', after }).map(({ path }) => path));
}

/** Accounts that were refused and did not come again. */
function refusedPaths(system: ExternalSystem, after: number): ReadonlySet<string> {
  const applied = appliedPaths(system, after);
  const refused = system.requests({ outcome: 'unauthorized', after }).map(({ path }) => path);
  return new Set(refused.filter((path) => !applied.has(path)));
}

function text(value: unknown, name: string): string {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  if (typeof found !== 'string') throw new Error(`The org's answer has no ${name}: ${JSON.stringify(value)}`);
  return found;
}
