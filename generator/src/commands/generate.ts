import { loadMessages } from '../messages/index.js';
import { Flags } from '@oclif/core';
import { CalloutCommand } from './support/callout-command.js';
import { generateProject, type GenerateResult } from './support/generate-project.js';
import { configDirFlag, outputDirFlag } from './support/shared-flags.js';

const messages = loadMessages('generate');

/** `callout generate`: from configuration to files. */
export default class Generate extends CalloutCommand<GenerateResult> {
  public static override readonly summary = messages.get('summary');
  public static override readonly description = messages.get('description');
  public static override readonly examples = messages.examples('examples');
  public static override readonly flags = {
    'config-dir': configDirFlag,
    'output-dir': outputDirFlag,
    'dry-run': Flags.boolean({ summary: messages.get('flags.dry-run.summary'), exclusive: ['check', 'force'] }),
    check: Flags.boolean({ summary: messages.get('flags.check.summary'), exclusive: ['dry-run', 'force'] }),
    force: Flags.boolean({ char: 'f', summary: messages.get('flags.force.summary') }),
  };

  public override async run(): Promise<GenerateResult> {
    const { flags } = await this.parse(Generate);
    return generateProject(this, flags);
  }
}
