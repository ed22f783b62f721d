import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect } from 'chai';
import {
  deployProject,
  findOnPath,
  findSf,
  parseSfJson,
  runSf,
  sfEnvironment,
  sfHome,
} from '../../../generator/src/deploy/index.js';

/** Stands in for the SF CLI: prints how it was called as JSON, and ends as the arguments say. */
const FAKE_CLI = `
const [, , ...args] = process.argv;
const end = args.find((arg) => arg.startsWith('--end='))?.slice(6);
console.error('a warning');
if (end === 'text') console.log('no json');
else console.log(JSON.stringify({ status: 0, result: { args, environment: process.env.CALLOUT_ENVIRONMENT, proxy: process.env.HTTPS_PROXY, home: process.env.HOME } }));
if (end === 'wait') setInterval(() => undefined, 1000);
else process.exitCode = Number(end ?? 0) || 0;
`;

describe('running the SF CLI', () => {
  let projectRoot: string;
  beforeEach(() => {
    projectRoot = mkdtempSync(join(tmpdir(), 'run-sf-'));
    const cli = join(projectRoot, 'node_modules', '@salesforce', 'cli');
    mkdirSync(join(cli, 'bin'), { recursive: true });
    writeFileSync(join(cli, 'package.json'), JSON.stringify({ bin: { sf: './bin/run.cjs' } }));
    writeFileSync(join(cli, 'bin', 'run.cjs'), FAKE_CLI);
    writeFileSync(
      join(projectRoot, 'sfdx-project.json'),
      JSON.stringify({ packageDirectories: [{ path: 'force-app' }, { path: 'more' }] }),
    );
  });
  afterEach(() => rmSync(projectRoot, { recursive: true, force: true }));

  it('takes the project’s own CLI and passes arguments on as they are', async () => {
    expect(findSf(projectRoot).args[0]).to.contain(projectRoot);
    const run = await runSf(['a b', '$(touch x)', '"; rm'], { projectRoot, output: 'capture' });
    expect(run).to.include({ exitCode: 0, stderr: 'a warning\n' });
    expect(parseSfJson(run).result).to.deep.include({ args: ['a b', '$(touch x)', '"; rm'] });
  });

  it('finds the batch file that the CLI is on the PATH of Windows', () => {
    const folder = join(projectRoot, 'bin');
    mkdirSync(folder);
    writeFileSync(join(folder, 'sf.cmd'), '');
    expect(findOnPath({ PATH: ['', projectRoot, folder].join(delimiter) }, 'win32')).to.equal(join(folder, 'sf.cmd'));
    expect(findOnPath({ Path: folder }, 'win32')).to.equal(join(folder, 'sf.cmd'));
    expect(findOnPath({ PATH: folder }, 'linux')).to.equal(undefined);
  });

  it('keeps the exit code, and tells of output as it comes', async () => {
    const seen: string[] = [];
    const run = await runSf(['--end=68'], {
      projectRoot,
      output: 'capture',
      onOutput: (text, stream) => seen.push(`${stream} ${text}`),
    });
    expect(run.exitCode).to.equal(68);
    expect(seen.join('')).to.contain('stderr a warning');
  });

  it('passes signals on and reports them as shells do', async function () {
    if (process.platform === 'win32') this.skip();
    const running = runSf(['--end=wait'], {
      projectRoot,
      output: 'capture',
      onOutput: (_text, stream) => stream === 'stdout' && process.kill(process.pid, 'SIGTERM'),
    });
    expect((await running).exitCode).to.equal(128 + 15);
  });

  it('says what came instead of JSON', async () => {
    const run = await runSf(['--end=text'], { projectRoot, output: 'capture' });
    expect(() => parseSfJson(run))
      .to.throw('printed no JSON')
      .with.property('name', 'SfOutputError');
  });

  it('keeps proxies away from an org on this machine, and only from that', () => {
    const base = {
      HTTP_PROXY: 'p',
      https_proxy: 'p',
      ALL_PROXY: 'p',
      npm_config_proxy: 'p',
      NO_PROXY: 'n',
      PATH: '/bin',
    };
    expect(sfEnvironment({ loopback: true }, base)).to.deep.equal({ NO_PROXY: 'n', PATH: '/bin' });
    expect(sfEnvironment({}, base)).to.deep.equal(base);
  });

  it('gives the CLI a home of its own and keeps it quiet there', () => {
    const home = sfHome('/project');
    const environment = sfEnvironment(
      { home, variables: { SF_ACCESS_TOKEN: 't', GONE: undefined } },
      { HOME: '/me', GONE: 'x' },
    );
    expect(environment).to.include({
      HOME: home,
      USERPROFILE: home,
      SF_DISABLE_TELEMETRY: 'true',
      SF_DISABLE_AUTOUPDATE: 'true',
      SF_ACCESS_TOKEN: 't',
    });
    expect(environment).not.to.have.property('GONE');
  });

  it('deploys every package directory with the environment that was asked for', async () => {
    const { exitCode, json } = await deployProject({
      projectRoot,
      targetOrg: 'uat',
      environment: 'sandbox',
      dryRun: true,
      testLevel: 'RunSpecifiedTests',
      tests: ['AdderTest', 'OtherTest.adds'],
      wait: 5,
      json: true,
    });
    expect(exitCode).to.equal(0);
    expect(json?.result).to.deep.include({
      environment: 'sandbox',
      args: [
        'project',
        'deploy',
        'start',
        '--source-dir',
        'force-app',
        '--source-dir',
        'more',
        '--target-org',
        'uat',
        '--test-level',
        'RunSpecifiedTests',
        '--tests',
        'AdderTest',
        '--tests',
        'OtherTest.adds',
        '--wait',
        '5',
        '--dry-run',
        '--json',
      ],
    });
  });
});
