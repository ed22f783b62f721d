import { UserError } from '../../errors/index.js';
import { loadMessages } from '../../messages/index.js';
import type { Diagnostic } from '../../model/index.js';
import type { SummaryCounts, SummaryRow } from '../../output/index.js';
import type { CalloutCommand } from './callout-command.js';
import { count } from './count.js';

const messages = loadMessages('generate');

export interface GenerateResult {
  readonly integrations: number;
  readonly counts: SummaryCounts;
  /** Every file that is not identical, by path. */
  readonly files: readonly SummaryRow[];
  readonly dryRun: boolean;
}

export interface GenerateFlags {
  readonly 'config-dir': string;
  readonly 'output-dir': string;
  readonly 'dry-run'?: boolean;
  readonly check?: boolean;
  readonly force?: boolean;
}

/** The command's work, also the first half of `deploy start`. */
export async function generateProject(command: CalloutCommand<unknown>, flags: GenerateFlags): Promise<GenerateResult> {
  const dryRun = flags['dry-run'] === true;
  const { applyGeneration, isGenerationStale, planGeneration } = await import('../../pipeline/index.js');
  const { diff, summaryCounts, summaryTable } = await import('../../output/index.js');
  const generation = await planGeneration({ configDir: flags['config-dir'], outputDir: flags['output-dir'] });
  for (const note of generation.notes) command.warn(note);
  await command.reportDiagnostics(generation.diagnostics);
  if (generation.planned === undefined) throw configError(generation.diagnostics);
  if (generation.integrations === 0) throw noConfigError(flags['config-dir']);

  const { plan, projectFile } = generation.planned;
  const counts = summaryCounts(plan);
  const files = [...summaryTable(plan), ...projectFileRow(projectFile)];
  const result = { integrations: generation.integrations, counts, files, dryRun: dryRun };
  if (dryRun && !command.jsonEnabled()) for await (const patch of diff(plan)) command.log(patch);
  if (!command.jsonEnabled()) {
    const { summaryText } = await import('./generation-summary.js');
    command.log(summaryText(plan, files));
  }
  if (dryRun) {
    if (!command.jsonEnabled()) command.log(messages.get('info.dryRun'));
    return result;
  }
  if (flags.check === true) {
    if (isGenerationStale(generation.planned)) throw staleError(files);
    return result;
  }
  const { kept } = await applyGeneration(generation.planned, { force: flags.force === true });
  if (kept.length > 0) throw conflictError(kept);
  return result;
}

/** sfdx-project.json belongs to a person; only the list of replacements in it is ours. */
function projectFileRow({
  before,
  after,
}: {
  readonly before: string | undefined;
  readonly after: string;
}): readonly SummaryRow[] {
  if (before === after) return [];
  return [{ state: before === undefined ? 'created' : 'changed', path: 'sfdx-project.json', note: 'replacements' }];
}

function configError(diagnostics: readonly Diagnostic[]): UserError {
  const shared = loadMessages('shared');
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  return new UserError('ConfigError', shared.get('error.config', count(errors, 'error')), {
    actions: shared.list('error.config.actions'),
    data: { diagnostics },
  });
}

function noConfigError(configDir: string): UserError {
  const shared = loadMessages('shared');
  return new UserError('NoConfigError', shared.get('error.noConfig', configDir), {
    actions: shared.list('error.noConfig.actions'),
  });
}

function staleError(files: readonly SummaryRow[]): UserError {
  return new UserError(
    'StaleFilesError',
    messages.get('error.stale', `${count(files.length, 'file')} ${files.length === 1 ? 'is' : 'are'}`),
    {
      actions: messages.list('error.stale.actions'),
      data: { files },
    },
  );
}

function conflictError(kept: readonly string[]): UserError {
  const text = messages.get('error.conflicts', count(kept.length, 'file'), kept.map((path) => `  ${path}`).join('\n'));
  return new UserError('ConflictError', text, { actions: messages.list('error.conflicts.actions'), data: { kept } });
}
