import { Flags } from '@oclif/core';
import type { SfJson } from '../../deploy/index.js';
import { EXIT, UserError } from '../../errors/index.js';
import { loadMessages } from '../../messages/index.js';
import { CalloutCommand } from '../support/callout-command.js';
import { configDirFlag } from '../support/shared-flags.js';
import { generateProject, type GenerateResult } from '../support/generate-project.js';

const messages = loadMessages('deploy');

const TEST_LEVELS = [
  'NoTestRun',
  'RunSpecifiedTests',
  'RunLocalTests',
  'RunAllTestsInOrg',
  'RunRelevantTests',
] as const;

export interface DeployStartResult {
  readonly generated: GenerateResult;
  /** What `sf project deploy start --json` printed under `result`. */
  readonly deployed: unknown;
}

/** `callout deploy start`: generates what is stale and deploys it with the SF CLI. */
export default class DeployStart extends CalloutCommand<DeployStartResult> {
  public static override readonly summary = messages.get('summary');
  public static override readonly description = messages.get('description');
  public static override readonly examples = messages.examples('examples');
  public static override readonly flags = {
    'target-org': Flags.string({ char: 'o', summary: messages.get('flags.target-org.summary') }),
    environment: Flags.string({ char: 'e', summary: messages.get('flags.environment.summary') }),
    'dry-run': Flags.boolean({ summary: messages.get('flags.dry-run.summary') }),
    'test-level': Flags.option({
      char: 'l',
      summary: messages.get('flags.test-level.summary'),
      options: TEST_LEVELS,
    })(),
    tests: Flags.string({ char: 't', summary: messages.get('flags.tests.summary'), multiple: true }),
    wait: Flags.integer({ char: 'w', summary: messages.get('flags.wait.summary'), default: 33, min: 1 }),
    'config-dir': configDirFlag,
  };

  public override async run(): Promise<DeployStartResult> {
    const { flags } = await this.parse(DeployStart);
    checkTests(flags['test-level'], flags.tests);
    if (flags.environment !== undefined) await requireEnvironment(flags.environment, flags['config-dir']);
    const generated = await generateProject(this, { 'config-dir': flags['config-dir'], 'output-dir': '.' });
    const { deployProject } = await import('../../deploy/index.js');
    const outcome = await deployProject({
      projectRoot: process.cwd(),
      loopback: await isLocalOrg(flags['target-org']),
      targetOrg: flags['target-org'],
      environment: flags.environment,
      dryRun: flags['dry-run'],
      testLevel: flags['test-level'],
      tests: flags.tests,
      wait: flags.wait,
      json: this.jsonEnabled(),
    });
    if (outcome.exitCode === EXIT.failed && outcome.json !== undefined) throw deployFailed(outcome.json, generated);
    process.exitCode = outcome.exitCode;
    return { generated, deployed: outcome.json };
  }
}

/** The SF CLI would say the same, but only after everything has been generated. */
function checkTests(level: (typeof TEST_LEVELS)[number] | undefined, tests: readonly string[] | undefined): void {
  if ((level === 'RunSpecifiedTests') === (tests !== undefined)) return;
  throw new UserError('TestsError', messages.get(tests === undefined ? 'error.noTests' : 'error.unusedTests'), {
    actions: messages.list('error.tests.actions'),
    exitCode: EXIT.usage,
  });
}

/** The failure as the SF CLI tells it; without a stack trace, which would show paths of this machine. */
function deployFailed(answer: SfJson, generated: GenerateResult): UserError {
  const deployed = Object.fromEntries(Object.entries(answer).filter(([key]) => key !== 'stack'));
  return new UserError(answer.name ?? 'DeployFailedError', answer.message ?? messages.get('error.failed'), {
    actions: answer.actions ?? messages.list('error.failed.actions'),
    data: { generated, deployed },
  });
}

/** A local org is reached without the proxy that the environment may name. */
async function isLocalOrg(targetOrg: string | undefined): Promise<boolean> {
  if (targetOrg === undefined) return false;
  const { localOrgStatus } = await import('../../../../local-org/src/index.js');
  return (await localOrgStatus({ projectRoot: process.cwd(), alias: targetOrg })).state === 'running';
}

async function requireEnvironment(name: string, configDir: string): Promise<void> {
  const { loadEnvironments } = await import('../../pipeline/index.js');
  const names = (await loadEnvironments(configDir)).map((environment) => environment.name);
  if (names.some((known) => known === name)) return;
  throw new UserError('UnknownEnvironmentError', messages.get('error.environment', name, configDir), {
    actions: names.length === 0 ? [] : messages.list('error.environment.actions', names.join(', ')),
  });
}
