import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { authorizeAlias, runSf } from '../../generator/src/deploy/index.js';
import { OrgClient } from '../../generator/src/org-client/index.js';
import { loadProject } from '../../generator/src/pipeline/index.js';
import { insertRecords, setUpIntegrations, startCounterpart, untilDrained } from '../../generator/src/prove/index.js';
import { startLocalOrg, stopLocalOrg } from '../../local-org/src/index.js';

/**
 * The whole chain in real time on loopback: accounts change, the flow puts rows into the queue, the event trigger claims them, the dispatchers
 * send them to a receiver on this machine. The peer sends the same requests from a plain loop, to the same receiver, with the same concurrency.
 */
const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const ALIAS = 'callout-bench';
const HOME = join(PROJECT, '.callout', 'bench-sf-home');
const SIZES = [1_000, 5_000, 10_000];
const RECORDS_PER_REQUEST = 200;

const { project } = await loadProject(join(PROJECT, 'config'));
const integration = project?.integrations.find(({ name }) => name === 'account-sync');
const user = project?.environments.find(({ isDefault }) => isDefault)?.integrationUser;
if (integration === undefined || user === undefined) throw new Error('The sample account-sync is missing.');

const handle = await startLocalOrg({ projectRoot: PROJECT, alias: ALIAS, users: [user] });
try {
  await authorizeAlias(handle, { projectRoot: PROJECT, home: HOME });
  const deployed = await runSf(
    ['project', 'deploy', 'start', '--source-dir', 'force-app', '--target-org', ALIAS, '--json'],
    { projectRoot: PROJECT, home: HOME, loopback: true, output: 'capture' },
  );
  if (deployed.exitCode !== 0) throw new Error(deployed.stdout);
  const org = new OrgClient(handle);
  const counterpart = await startCounterpart([integration], handle.url);
  // Sessions last here: renewing them is not what is measured.
  counterpart.system.configure({ token: { lifetimeSeconds: 3_600 } });
  await org.request('PUT', '/callout/routes', counterpart.routes);
  await setUpIntegrations(org, counterpart, { integrations: [integration], integrationUser: user });
  const most = Math.max(...SIZES);
  const ids = await insertRecords(
    org,
    'Account',
    Array.from({ length: most }, (_, at) => ({ Name: `Account ${at}` })),
  );
  const runs = [];
  for (const [round, size] of SIZES.entries()) {
    const before = counterpart.system.summary().applied;
    const start = performance.now();
    for (let at = 0; at < size; at += RECORDS_PER_REQUEST) {
      const records = ids.slice(at, Math.min(at + RECORDS_PER_REQUEST, size));
      await org.data('PATCH', '/composite/sobjects', {
        allOrNone: true,
        records: records.map((Id) => ({ attributes: { type: 'Account' }, Id, Phone: `+1 555 ${round}` })),
      });
    }
    const queued = performance.now();
    await untilDrained(org, integration);
    const end = performance.now();
    const applied = counterpart.system.summary().applied - before;
    if (applied !== size) throw new Error(`${applied} of ${size} changes arrived`);
    const secrets = { ...counterpart.secretsOf(integration), tokenUrl: counterpart.system.tokenUrl };
    const plainMs = await plainLoop(`${counterpart.system.url}/api/v1/accounts`, size, secrets);
    runs.push({
      rows: size,
      seconds: (end - start) / 1000,
      rowsPerSecond: (size * 1000) / (end - start),
      saveSeconds: (queued - start) / 1000,
      millisecondsPerRow: (end - start) / size,
      plainSeconds: plainMs / 1000,
      ratioToPlainLoop: (end - start) / plainMs,
    });
    process.stdout.write(`${JSON.stringify(runs.at(-1))}\n`);
  }
  const [first] = runs;
  const last = runs.at(-1);
  const machine = `${cpus()[0]?.model ?? 'unknown'} x${cpus().length}, Node ${process.version}`;
  const costGrowth = (last?.millisecondsPerRow ?? 0) / (first?.millisecondsPerRow ?? 1);
  const results = { machine, runs, costPerRowLargestToSmallest: costGrowth };
  mkdirSync('bench/throughput/results', { recursive: true });
  const key = machine.replace(/[^A-Za-z0-9]+/g, '-').toLowerCase();
  const rounded = (_: string, value: unknown): unknown =>
    typeof value === 'number' ? Math.round(value * 100) / 100 : value;
  writeFileSync(join('bench/throughput/results', `${key}.json`), `${JSON.stringify(results, rounded, 2)}\n`);
  process.stdout.write(`${JSON.stringify(results, rounded, 2)}\n`);
  await counterpart.system.close();
} finally {
  await stopLocalOrg({ projectRoot: PROJECT, alias: ALIAS });
  rmSync(HOME, { recursive: true, force: true });
}

/** Milliseconds that the peer takes, in a process of its own as the local org is. */
function plainLoop(url: string, count: number, secrets: object): Promise<number> {
  return new Promise((resolve, reject) => {
    const script = fileURLToPath(new URL('./plain-loop.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', script, url, String(count)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(Number(printed)) : reject(new Error(`The loop ended with ${code}.`)),
    );
    child.stdin.end(JSON.stringify(secrets));
  });
}
