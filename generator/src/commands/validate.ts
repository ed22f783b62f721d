import { UserError } from '../errors/index.js';
import { loadMessages } from '../messages/index.js';
import type { Diagnostic } from '../model/index.js';
import { CalloutCommand } from './support/callout-command.js';
import { count } from './support/count.js';
import { countDiagnostics, fromHere } from './support/diagnostics.js';
import { configDirFlag } from './support/shared-flags.js';

const messages = loadMessages('validate');

export interface ValidateResult {
  readonly integrations: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** `callout validate`: checks the configuration only. */
export default class Validate extends CalloutCommand<ValidateResult> {
  public static override readonly summary = messages.get('summary');
  public static override readonly description = messages.get('description');
  public static override readonly examples = messages.examples('examples');
  public static override readonly flags = { 'config-dir': configDirFlag };

  public override async run(): Promise<ValidateResult> {
    const { flags } = await this.parse(Validate);
    const { loadProject } = await import('../pipeline/index.js');
    const { diagnostics: found, project, integrations, notes } = await loadProject(flags['config-dir']);
    const diagnostics = fromHere(found, flags['config-dir']);
    for (const note of notes) this.warn(note);
    await this.reportDiagnostics(diagnostics);
    if (project === undefined) {
      throw new UserError('ConfigError', messages.get('error.invalid', countDiagnostics(diagnostics)), {
        actions: messages.list('error.invalid.actions'),
        data: { diagnostics },
      });
    }
    const checked = count(integrations, 'integration');
    if (!this.jsonEnabled()) {
      this.log(
        diagnostics.length === 0
          ? messages.get('info.valid', checked)
          : messages.get('info.validWithWarnings', checked, countDiagnostics(diagnostics)),
      );
    }
    return { integrations, diagnostics };
  }
}
