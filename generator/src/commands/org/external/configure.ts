import { Flags } from '@oclif/core';
import { loadMessages } from '../../../messages/index.js';
import { CalloutCommand } from '../../support/callout-command.js';

const messages = loadMessages('external');

/** The whole behaviour after the change. */
export type ExternalConfigureResult = Readonly<Record<string, unknown>>;

/** `callout org external configure`. */
export default class ExternalConfigure extends CalloutCommand<ExternalConfigureResult> {
  public static override readonly summary = messages.get('configure.summary');
  public static override readonly description = messages.get('configure.description');
  public static override readonly examples = messages.examples('configure.examples');
  public static override readonly flags = {
    set: Flags.string({ char: 's', summary: messages.get('flags.set.summary'), multiple: true }),
    file: Flags.string({ char: 'f', summary: messages.get('flags.file.summary'), exclusive: ['set'] }),
  };

  public override async run(): Promise<ExternalConfigureResult> {
    const { flags } = await this.parse(ExternalConfigure);
    const { asExternalError, runningExternal } = await import('../../support/external.js');
    const { assignment, readPatch, stringify } = await import('../../support/behaviour-patch.js');
    const { admin } = await runningExternal();
    const patches = flags.file === undefined ? (flags.set ?? []).map(assignment) : [await readPatch(flags.file)];
    try {
      for (const patch of patches) await admin.configure(patch);
      const behaviour = await admin.behaviour();
      if (!this.jsonEnabled()) this.log(stringify(behaviour).trimEnd());
      return behaviour;
    } catch (error) {
      throw asExternalError(error);
    }
  }
}
