// The main job from end to end: generate every integration, start the local org, deploy to it with the real SF CLI, run the
// generated Apex tests there, change records and look at what a receiver on this machine gets; then the same with the design that
// the generated one replaces.
// Everything it writes stays in the project folder: the SF CLI gets a home of its own below `.callout/`.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const callout = join(root, 'generator', 'bin', 'callout.js');
const alias = 'callout-local';
const home = join(root, '.callout', 'sf-home');

const env = {
  ...process.env,
  HOME: home,
  USERPROFILE: home,
  SF_DISABLE_TELEMETRY: 'true',
  SF_DISABLE_LOG_FILE: 'true',
  SF_AUTOUPDATE_DISABLE: 'true',
  SF_DISABLE_AUTOUPDATE: 'true',
  SF_SKIP_NEW_VERSION_CHECK: 'true',
  SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
};

/** Runs one callout command with this terminal and resolves to its exit code. */
function run(...args) {
  console.log(`\n$ callout ${args.join(' ')}`);
  return runNode(callout, ...args);
}

function runNode(...args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: 'inherit' });
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(signal === null ? code : 1));
  });
}

async function main() {
  mkdirSync(home, { recursive: true });
  const generated = await run('generate');
  if (generated !== 0) return generated;
  const started = await run('org', 'start', '--alias', alias);
  if (started !== 0) return started;
  try {
    const deployed = await run(
      'deploy',
      'start',
      '--target-org',
      alias,
      '--test-level',
      'RunLocalTests',
      '--wait',
      '10',
    );
    if (deployed !== 0) return deployed;
    const proved = await run('prove', '--alias', alias);
    if (proved !== 0) return proved;
  } finally {
    await run('org', 'stop', '--alias', alias);
  }
  console.log(`
The same changes with the old design, deployed to a local org of its own: an HTTP callout in the flow, as whoever changed the
record, with a login for each user and no fault path. Two users have logged in, the automation cannot.`);
  return runNode('--import', 'tsx', join(root, 'test', 'old-design', 'main.ts'));
}

// The interrupt reaches the child as well; this process stays to stop the org.
process.on('SIGINT', () => undefined);
process.exitCode = await main();
if (process.exitCode === 0) {
  console.log(`
Deployed to the local org without errors, all Apex tests passed, every change arrived once and in order. What to do next:
  1. Write your own integration:    npx callout init
  2. See what it means in full:     npx callout explain config/integrations/account-sync.yaml
  3. Keep a local org running:      npx callout org start
  4. Deploy to your own sandbox:    npx callout deploy start --target-org <alias> --environment <name>
The guide is in docs/guide.md.`);
}
