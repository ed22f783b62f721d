import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { Flags, type Interfaces } from '@oclif/core';
import type { InitAnswers } from '../config/index.js';
import { EXIT, UserError } from '../errors/index.js';
import { makeFolders } from '../files/index.js';
import { loadMessages } from '../messages/index.js';
import { CalloutCommand } from './support/callout-command.js';
import { configDirFlag } from './support/shared-flags.js';

const messages = loadMessages('init');

const AUTH_TYPES = ['clientCredentials', 'browser', 'jwtBearer', 'customHeader', 'basic'] as const;
const EVENTS = ['create', 'update', 'createOrUpdate'] as const;

export interface InitResult {
  /** Files that were written, relative to the current folder. */
  readonly files: readonly string[];
}

/** `callout init`: a commented first integration, and a first environment where there is none. */
export default class Init extends CalloutCommand<InitResult> {
  public static override readonly summary = messages.get('summary');
  public static override readonly description = messages.get('description');
  public static override readonly examples = messages.examples('examples');
  public static override readonly flags = {
    'config-dir': configDirFlag,
    name: Flags.string({ char: 'n', summary: messages.get('flags.name.summary') }),
    url: Flags.string({ summary: messages.get('flags.url.summary') }),
    auth: Flags.option({ summary: messages.get('flags.auth.summary'), options: AUTH_TYPES })(),
    object: Flags.string({ summary: messages.get('flags.object.summary') }),
    event: Flags.option({ summary: messages.get('flags.event.summary'), options: EVENTS, dependsOn: ['object'] })(),
    'integration-user': Flags.string({ summary: messages.get('flags.integration-user.summary') }),
    force: Flags.boolean({ char: 'f', summary: messages.get('flags.force.summary') }),
  };

  public override async run(): Promise<InitResult> {
    const { flags } = await this.parse(Init);
    const configDir = flags['config-dir'];
    const needsEnvironment = !(await hasYaml(join(configDir, 'environments')));
    const answers = await this.#complete(flags, needsEnvironment);
    const { initEnvironmentTemplate, initTemplate } = await import('../config/index.js');
    const texts = new Map([[join(configDir, 'integrations', `${answers.name}.yaml`), initTemplate(answers)]]);
    if (answers.integrationUser !== undefined) {
      texts.set(
        join(configDir, 'environments', 'default.yaml'),
        initEnvironmentTemplate({ integrationUser: answers.integrationUser }),
      );
    }
    await checkTexts(texts, configDir);
    for (const [path, text] of texts) await writeNew(path, text, flags.force);
    const files = [...texts.keys()].map((path) => relative(process.cwd(), path));
    if (!this.jsonEnabled())
      this.log([...files.map((file) => `  created ${file}`), '', messages.get('info.next')].join('\n'));
    return { files };
  }

  /** Flags first; what is missing is asked for, or named when there is nobody to ask. */
  async #complete(flags: InitFlags, needsEnvironment: boolean): Promise<CompleteAnswers> {
    const interactive = process.stdin.isTTY && process.stdout.isTTY && !this.jsonEnabled();
    const asked = interactive && [flags.name, flags.url, flags.auth].includes(undefined);
    const { name, url, auth } = flags;
    if (asked) return askMissing(flags, needsEnvironment);
    const missing = [
      ...(name === undefined ? ['--name'] : []),
      ...(url === undefined ? ['--url'] : []),
      ...(needsEnvironment && flags['integration-user'] === undefined ? ['--integration-user'] : []),
    ];
    if (name === undefined || url === undefined || missing.length > 0) {
      throw new UserError('MissingAnswerError', messages.get('error.missing', missing.join(', ')), {
        actions: messages.list('error.missing.actions'),
        exitCode: EXIT.usage,
      });
    }
    return {
      name,
      url,
      auth: auth ?? 'clientCredentials',
      ...(flags.object === undefined ? {} : { object: flags.object, when: flags.event ?? 'update' }),
      ...(needsEnvironment ? { integrationUser: flags['integration-user'] } : {}),
    };
  }
}

type InitFlags = Interfaces.InferredFlags<typeof Init.flags>;
type CompleteAnswers = InitAnswers & { readonly integrationUser?: string | undefined };

async function askMissing(flags: InitFlags, needsEnvironment: boolean): Promise<CompleteAnswers> {
  const { input, select } = await import('@inquirer/prompts');
  const required = (value: string): true | string => value.trim() !== '' || messages.get('error.empty');
  const name = flags.name ?? (await input({ message: messages.get('ask.name'), validate: required }));
  const url = flags.url ?? (await input({ message: messages.get('ask.url'), validate: required }));
  const auth = flags.auth ?? (await select({ message: messages.get('ask.auth'), choices: [...AUTH_TYPES] }));
  const object = flags.object ?? (await input({ message: messages.get('ask.object') })).trim();
  const when =
    object === ''
      ? undefined
      : (flags.event ?? (await select({ message: messages.get('ask.event'), choices: [...EVENTS] })));
  const integrationUser = needsEnvironment
    ? (flags['integration-user'] ?? (await input({ message: messages.get('ask.integrationUser'), validate: required })))
    : undefined;
  return { name, url, auth, ...(when === undefined ? {} : { object, when }), integrationUser };
}

/** Checks the answers as `validate` would check the files, before anything is written. */
async function checkTexts(texts: ReadonlyMap<string, string>, configDir: string): Promise<void> {
  const { mkdtemp, rm } = await import('node:fs/promises');
  const { tmpdir } = await import('node:os');
  const { loadConfig } = await import('../config/index.js');
  const projectRoot = await mkdtemp(join(tmpdir(), 'callout-init-'));
  try {
    for (const [path, text] of texts)
      await writeNew(join(projectRoot, 'config', relative(configDir, path)), text, false);
    const { diagnostics } = await loadConfig({ projectRoot, configDir: 'config' });
    const wrong = diagnostics.filter(({ severity, code }) => severity === 'error' && code !== 'no-environment');
    if (wrong.length === 0) return;
    const lines = wrong.map(({ message, fix }) => `${message} ${fix}`);
    throw new UserError('InvalidAnswerError', lines.join('\n'), { exitCode: EXIT.usage, data: { diagnostics: wrong } });
  } finally {
    await rm(projectRoot, { recursive: true, force: true });
  }
}

async function writeNew(path: string, text: string, force: boolean): Promise<void> {
  if (!force && existsSync(path)) {
    throw new UserError('FileExistsError', messages.get('error.exists', path), {
      actions: messages.list('error.exists.actions'),
    });
  }
  try {
    makeFolders(dirname(path));
    await writeFile(path, text);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new UserError('WriteError', messages.get('error.write', path, cause), {
      actions: messages.list('error.write.actions'),
      cause: error,
    });
  }
}

async function hasYaml(folder: string): Promise<boolean> {
  if (!existsSync(folder)) return false;
  return (await readdir(folder)).some((name) => /\.ya?ml$/.test(name));
}
