// The main job from end to end: generate every integration, start the local org, deploy to it with the real SF CLI and run the
// generated Apex tests there.
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
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [callout, ...args], { cwd: root, env, stdio: 'inherit' });
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
    return await run('deploy', 'start', '--target-org', alias, '--test-level', 'RunLocalTests', '--wait', '10');
  } finally {
    await run('org', 'stop', '--alias', alias);
  }
}

// The interrupt reaches the child as well; this process stays to stop the org.
process.on('SIGINT', () => undefined);
process.exitCode = await main();
if (process.exitCode === 0) {
  console.log(`
Deployed to the local org without errors, all Apex tests passed. What to do next:
  1. Write your own integration:    npx callout init
  2. See what it means in full:     npx callout explain config/integrations/account-sync.yaml
  3. Keep a local org running:      npx callout org start
  4. Deploy to your own sandbox:    npx callout deploy start --target-org <alias> --environment <name>
The guide is in docs/guide.md.`);
}
