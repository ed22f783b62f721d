import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { Args } from '@oclif/core';
import { UserError } from '../errors/index.js';
import { loadMessages } from '../messages/index.js';
import type { Integration } from '../model/index.js';
import { CalloutCommand } from './support/callout-command.js';
import { countDiagnostics, fromHere } from './support/diagnostics.js';

const messages = loadMessages('explain');

/** `callout explain <file>`: the normalised model with every default. */
export default class Explain extends CalloutCommand<Integration> {
  public static override readonly summary = messages.get('summary');
  public static override readonly description = messages.get('description');
  public static override readonly examples = messages.examples('examples');
  public static override readonly args = {
    file: Args.string({ required: true, description: messages.get('args.file.description') }),
  };

  public override async run(): Promise<Integration> {
    const { args } = await this.parse(Explain);
    const file = resolve(args.file);
    if (!existsSync(file)) throw new UserError('FileNotFoundError', messages.get('error.missing', args.file));
    const configDir = dirname(dirname(file));
    const { explain, loadConfig } = await import('../config/index.js');
    const { diagnostics, integrations, writtenKeys } = await loadConfig({
      projectRoot: dirname(configDir),
      configDir: basename(configDir),
    });
    const source = `${basename(configDir)}/${basename(dirname(file))}/${basename(file)}`;
    const own = fromHere(
      diagnostics.filter(({ position }) => position.file === source),
      configDir,
    );
    await this.reportDiagnostics(own);
    const found = integrations.find((integration) => integration.source === source);
    if (found === undefined) throw own.length > 0 ? invalid(own) : notFound(args.file, configDir, integrations);
    if (!this.jsonEnabled()) this.log(explain(found, writtenKeys(found.name)).trimEnd());
    return found;
  }
}

function invalid(diagnostics: Parameters<typeof countDiagnostics>[0]): UserError {
  const validate = loadMessages('validate');
  return new UserError('ConfigError', validate.get('error.invalid', countDiagnostics(diagnostics)), {
    actions: validate.list('error.invalid.actions'),
    data: { diagnostics },
  });
}

function notFound(file: string, configDir: string, integrations: readonly Integration[]): UserError {
  return new UserError('FileNotFoundError', messages.get('error.notFound', file, configDir), {
    actions:
      integrations.length === 0
        ? []
        : messages.list('error.notFound.actions', integrations.map(({ source }) => source).join(', ')),
  });
}
