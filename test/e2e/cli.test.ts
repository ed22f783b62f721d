import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { callout, PROJECT, run } from '../support/callout-cli.js';

const ACCOUNT_SYNC = 'config/integrations/account-sync.yaml';
const POLICY = 'force-app/main/integrations/account-sync/customMetadata/CalloutPolicy.AccountSync.md-meta.xml';

describe('the callout binary', function () {
  this.timeout(60_000);
  let project: string;

  beforeEach(async () => {
    project = await mkdtemp(join(tmpdir(), 'callout-cli-'));
  });

  afterEach(() => rm(project, { recursive: true, force: true }));

  const copy = (...paths: readonly string[]): Promise<unknown> =>
    Promise.all(paths.map((path) => cp(join(PROJECT, path), join(project, path), { recursive: true })));

  it('lists its commands', async () => {
    const { stdout, exitCode } = await callout(['--help']);
    expect(exitCode).to.equal(0);
    for (const command of ['generate', 'init', 'validate', 'explain', 'test', 'deploy', 'org'])
      expect(stdout).to.match(new RegExp(`^  ${command} `, 'm'));
  });

  it('shows a topic that is named alone, and takes help and version as words', async () => {
    for (const [args, shown] of [
      [['org'], 'start'],
      [['help', 'generate'], '--dry-run'],
      [['version'], 'sf-plugin-callout'],
    ] as const) {
      const { stdout, exitCode } = await callout(args);
      expect(exitCode, args.join(' ')).to.equal(0);
      expect(stdout).to.contain(shown);
    }
  });

  it('refuses a word too many by name, and a command that there is not with the one that was meant', async () => {
    const extra = await callout(['generate', 'extra', '--json']);
    expect(JSON.parse(extra.stdout)).to.include({ status: 2, name: 'UsageError' });
    expect(extra.stdout).to.contain('Unexpected argument: extra');
    const unknown = await callout(['deploy', 'strat']);
    expect(unknown.exitCode).to.equal(2);
    expect(unknown.stderr).to.contain('There is no command "deploy strat"').and.contain('`callout deploy start`');
  });

  it('wants tests to be named for RunSpecifiedTests, before it generates anything', async () => {
    const { exitCode, stdout, stderr } = await callout(['deploy', 'start', '--test-level', 'RunSpecifiedTests']);
    expect(exitCode).to.equal(2);
    expect(stderr).to.contain('TestsError').and.contain('--tests');
    expect(stdout).to.equal('');
  });

  it('names files so that they can be opened from the current folder', async () => {
    const { stderr } = await callout(['validate', '--config-dir', join(PROJECT, 'config')], { cwd: project });
    const file = /^(\S+case-mirror\.yaml):\d+:\d+ /m.exec(stderr)?.[1] ?? '';
    expect(await readFile(join(project, file), 'utf8')).to.equal(
      await readFile(join(PROJECT, 'config/integrations/case-mirror.yaml'), 'utf8'),
    );
  });

  it('names itself in the help of a command', async () => {
    const { stdout } = await callout(['generate', '--help']);
    expect(stdout).to.contain('$ callout generate').and.not.to.contain('callout callout');
  });

  it('finds the committed files up to date', async () => {
    const { exitCode, stdout, stderr } = await callout(['generate', '--check']);
    expect(exitCode, `${stdout}${stderr}`).to.equal(0);
  });

  it('generates a whole project into an empty folder and finds it identical the next time', async () => {
    await copy('config');
    const first = await callout(['generate', '--json'], { cwd: project });
    expect(first.exitCode, first.stdout).to.equal(0);
    const { result } = JSON.parse(first.stdout);
    expect(result.counts).to.include({ changed: 0, identical: 0, deleted: 0, conflict: 0 });
    expect(result.counts.created).to.be.greaterThan(100);
    expect(await readFile(join(project, POLICY), 'utf8')).to.equal(await readFile(join(PROJECT, POLICY), 'utf8'));
    const second = JSON.parse((await callout(['generate', '--json'], { cwd: project })).stdout);
    expect(second.result.counts).to.include({ created: 0, changed: 0, identical: result.counts.created });
  });

  it('notices every change after a run that found nothing to do', async () => {
    await copy('config');
    const counts = async (): Promise<Readonly<Record<string, number>>> =>
      JSON.parse((await callout(['generate', '--json'], { cwd: project })).stdout).result.counts;
    const { created } = await counts();
    expect(await counts()).to.include({ identical: created });
    await rm(join(project, POLICY));
    expect(await counts()).to.include({ created: 1, identical: Number(created) - 1 });
    const stray = 'force-app/main/integrations/account-sync/customMetadata/CalloutPolicy.Stray.md-meta.xml';
    await cp(join(project, POLICY), join(project, stray));
    expect(await counts()).to.include({ deleted: 1, identical: created });
    const yaml = await readFile(join(project, ACCOUNT_SYNC), 'utf8');
    await writeFile(join(project, ACCOUNT_SYNC), yaml.replace('timeout: 30s', 'timeout: 31s'));
    expect(await counts()).to.include({ changed: 1, identical: Number(created) - 1 });
    await writeFile(join(project, '.callout', 'generation.json'), '{"inputs":');
    expect(await counts()).to.include({ changed: 0, identical: created });
  });

  it('fails with --check and writes nothing when a file is stale', async () => {
    await copy('config', 'force-app', 'manifest', 'replacements', 'sfdx-project.json');
    const yaml = await readFile(join(project, ACCOUNT_SYNC), 'utf8');
    await writeFile(join(project, ACCOUNT_SYNC), yaml.replace('timeout: 30s', 'timeout: 31s'));
    const before = await readFile(join(project, POLICY), 'utf8');
    const { exitCode, stdout } = await callout(['generate', '--check', '--json'], { cwd: project });
    expect(exitCode).to.equal(1);
    const failure = JSON.parse(stdout);
    expect(failure).to.include({ status: 1, name: 'StaleFilesError' });
    expect(failure.data.files.map(({ path }: { path: string }) => path)).to.deep.equal([POLICY]);
    expect(await readFile(join(project, POLICY), 'utf8')).to.equal(before);
  });

  it('shows the difference of a dry run and writes nothing', async () => {
    await copy('config', 'force-app', 'manifest', 'replacements', 'sfdx-project.json');
    const yaml = await readFile(join(project, ACCOUNT_SYNC), 'utf8');
    await writeFile(join(project, ACCOUNT_SYNC), yaml.replace('timeout: 30s', 'timeout: 31s'));
    const before = await readFile(join(project, POLICY), 'utf8');
    const { exitCode, stdout } = await callout(['generate', '--dry-run'], { cwd: project });
    expect(exitCode).to.equal(0);
    expect(stdout)
      .to.match(/^-.*>30\.0</m)
      .and.to.match(/^\+.*>31\.0</m);
    expect(await readFile(join(project, POLICY), 'utf8')).to.equal(before);
  });

  it('does not overwrite a hand edit until it is told to', async () => {
    await copy('config', 'force-app', 'manifest', 'replacements', 'sfdx-project.json');
    const edited = (await readFile(join(project, POLICY), 'utf8')).replace('>30.0<', '>45.0<');
    await writeFile(join(project, POLICY), edited);
    const refused = await callout(['generate'], { cwd: project });
    expect(refused.exitCode).to.equal(1);
    expect(refused.stderr).to.contain(POLICY).and.to.contain('--force');
    expect(await readFile(join(project, POLICY), 'utf8')).to.equal(edited);
    const checked = await callout(['generate', '--check'], { cwd: project });
    expect(checked.exitCode).to.equal(1);
    expect(checked.stderr).to.contain('edited by hand');
    const forced = await callout(['generate', '--force', '--json'], { cwd: project });
    expect(forced.exitCode).to.equal(0);
    expect(JSON.parse(forced.stdout).result.counts).to.include({ changed: 1, conflict: 0 });
    expect(await readFile(join(project, POLICY), 'utf8')).to.equal(await readFile(join(PROJECT, POLICY), 'utf8'));
  });

  it('deletes what no configuration asks for any more, and nothing that it did not write', async () => {
    await copy('config', 'force-app', 'manifest', 'replacements', 'sfdx-project.json');
    await rm(join(project, 'config/integrations/case-mirror.yaml'));
    const production = join(project, 'config/environments/production.yaml');
    const text = await readFile(production, 'utf8');
    await writeFile(production, text.slice(0, text.indexOf('  case-mirror:')));
    const own = 'force-app/main/integrations/case-mirror/notes.md';
    await writeFile(join(project, own), 'mine');
    const { exitCode, stdout } = await callout(['generate', '--json'], { cwd: project });
    expect(exitCode, stdout).to.equal(0);
    const deleted = JSON.parse(stdout).result.files.filter(({ state }: { state: string }) => state === 'deleted');
    expect(deleted.length).to.be.greaterThan(5);
    expect(deleted.map(({ path }: { path: string }) => path)).not.to.include(own);
    const [warning] = JSON.parse(stdout).warnings.filter((text: string) => text.includes('destructiveChanges.xml'));
    const manifest = /\S+destructiveChanges\.xml/.exec(warning)?.[0] ?? '';
    expect(await readFile(join(project, manifest), 'utf8')).to.contain('<members>Case_Mirror_To_Partner</members>');
    expect(await readFile(join(project, own), 'utf8')).to.equal('mine');
  });

  it('reports all problems of a configuration at once, and only JSON with --json', async () => {
    await copy('config');
    const yaml = await readFile(join(project, ACCOUNT_SYNC), 'utf8');
    await writeFile(
      join(project, ACCOUNT_SYNC),
      yaml.replace('timeout: 30s', 'timout: 30s').replace('method: POST', 'method: SEND'),
    );
    const text = await callout(['validate'], { cwd: project });
    expect(text.exitCode).to.equal(1);
    expect(text.stderr)
      .to.match(/account-sync\.yaml:8:3 error/)
      .and.to.contain('SEND');
    const json = JSON.parse((await callout(['validate', '--json'], { cwd: project })).stdout);
    expect(json.name).to.equal('ConfigError');
    expect(json.data.diagnostics.filter(({ severity }: { severity: string }) => severity === 'error')).to.have.length(
      2,
    );
  });

  it('explains an integration with every default', async () => {
    const { exitCode, stdout } = await callout(['explain', ACCOUNT_SYNC]);
    expect(exitCode).to.equal(0);
    expect(stdout)
      .to.match(/sweepEveryMinutes: 15/)
      .and.to.match(/lanes: 1/);
  });

  it('writes a first integration from flags that validates', async () => {
    const args = ['init', '--name', 'contact-sync', '--url', 'https://api.example.com', '--object', 'Contact'];
    const missing = await callout(args, { cwd: project });
    expect(missing.exitCode).to.equal(2);
    expect(missing.stderr).to.contain('--integration-user');
    const written = await callout([...args, '--integration-user', 'integration@example.com'], { cwd: project });
    expect(written.exitCode, written.stderr).to.equal(0);
    const checked = await callout(['validate'], { cwd: project });
    expect(checked.exitCode, checked.stderr).to.equal(0);
    const again = await callout(args, { cwd: project });
    expect(again.exitCode).to.equal(1);
    expect(again.stderr).to.contain('exists');
  });

  it('refuses an invalid answer before it writes anything', async () => {
    const args = [
      'init',
      '--name',
      'Contact Sync',
      '--url',
      'https://api.example.com',
      '--integration-user',
      'a@b.example',
    ];
    const { exitCode, stderr } = await callout(args, { cwd: project });
    expect(exitCode).to.equal(2);
    expect(stderr).to.contain('Contact Sync');
    const { stdout } = await run('ls', ['-A'], { cwd: project });
    expect(stdout).to.equal('');
  });

  it('exits with 2 for wrong usage', async () => {
    const { exitCode, stderr } = await callout(['generate', '--chekc']);
    expect(exitCode).to.equal(2);
    expect(stderr).to.contain('--chekc').and.not.to.contain('    at ');
  });

  for (const args of [['validate'], ['generate', '--check'], ['explain', ACCOUNT_SYNC], ['org', 'status']]) {
    // Only commands about a running org need the local org, which is larger than all the rest.
    const unwanted = ['@salesforce/core', 'ts-morph', ...(args[0] === 'org' ? [] : ['fastify'])];
    it(`loads none of ${unwanted.join(', ')} for ${args.join(' ')} when no contract changed`, async () => {
      await callout(['validate']);
      const tracer = join(PROJECT, 'test/support/loaded-modules.cjs');
      const { stderr } = await callout(args, {
        env: {
          NODE_OPTIONS: `--require=${tracer}`,
          WATCHED_PACKAGES: [...unwanted, 'yaml'].join(','),
        },
      });
      expect(stderr).to.match(/loaded: (yaml|none)\n/);
    });
  }
});

describe('the SF CLI plugin', () => {
  it('has the commands below the topic callout', async () => {
    const home = await mkdtemp(join(tmpdir(), 'callout-plugin-'));
    try {
      const sf = join(PROJECT, 'node_modules/.bin/sf');
      const env = {
        HOME: home,
        SF_DISABLE_TELEMETRY: 'true',
        SF_AUTOUPDATE_DISABLE: 'true',
        SF_DISABLE_AUTOUPDATE: 'true',
        SF_SKIP_NEW_VERSION_CHECK: 'true',
      };
      const linked = await run(sf, ['plugins', 'link', '--no-install', PROJECT], { env });
      expect(linked.exitCode, linked.stderr).to.equal(0);
      const { exitCode, stdout, stderr } = await run(sf, ['callout', 'validate', '--json'], { env });
      expect(exitCode, stderr).to.equal(0);
      expect(JSON.parse(stdout)).to.have.property('status', 0);
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  }).timeout(60_000);
});
