import { UserError } from '../../errors/index.js';
import { loadMessages } from '../../messages/index.js';
import type { Diagnostic } from '../../model/index.js';
import type { SummaryCounts, SummaryRow } from '../../output/index.js';
import type { CalloutCommand } from './callout-command.js';
import { count } from './count.js';
import { fromHere } from './diagnostics.js';

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
  const diagnostics = fromHere(generation.diagnostics, flags['config-dir']);
  await command.reportDiagnostics(diagnostics);
  if (generation.planned === undefined) throw configError(diagnostics);
  if (generation.integrations === 0) throw noConfigError(flags['config-dir']);

  const { plan, projectFile } = generation.planned;
  const force = flags.force === true;
  const counts = summaryCounts(plan, { force });
  const files = [...summaryTable(plan, { force }), ...projectFileRow(projectFile)];
  const result = { integrations: generation.integrations, counts, files, dryRun: dryRun };
  if (dryRun && !command.jsonEnabled()) for await (const patch of diff(plan)) command.log(patch);
  if (!command.jsonEnabled()) {
    const { summaryText } = await import('./generation-summary.js');
    command.log(summaryText(files, counts, plan));
  }
  if (dryRun) {
    if (!command.jsonEnabled()) command.log(messages.get('info.dryRun'));
    return result;
  }
  if (flags.check === true) {
    if (isGenerationStale(generation.planned)) throw counts.conflict > 0 ? editedError(files) : staleError(files);
    return result;
  }
  const { kept } = await applyGeneration(generation.planned, { force });
  if (kept.length > 0) throw conflictError(kept);
  await tellDeletions(command, flags['output-dir'], files);
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

function editedError(files: readonly SummaryRow[]): UserError {
  const edited = files.filter(({ state }) => state === 'conflict');
  const amount = `${count(edited.length, 'file')} ${edited.length === 1 ? 'was' : 'were'}`;
  return new UserError('EditedFilesError', messages.get('error.edited', amount), {
    actions: messages.list('error.edited.actions'),
    data: { files },
  });
}

/** What was deployed before stays in the orgs: a flow whose integration was renamed would go on sending beside the new one. */
async function tellDeletions(
  command: CalloutCommand<unknown>,
  outputDir: string,
  files: readonly SummaryRow[],
): Promise<void> {
  const { writeDestructiveChanges } = await import('../../pipeline/index.js');
  const deleted = files.filter(({ state }) => state === 'deleted').map(({ path }) => path);
  const written = await writeDestructiveChanges(outputDir, deleted);
  if (written === undefined) return;
  const what = `${count(written.components, 'component')} ${written.components === 1 ? 'was' : 'were'}`;
  command.warn(messages.get('info.deleted', what, written.folder, written.folder));
}

function conflictError(kept: readonly string[]): UserError {
  const text = messages.get('error.conflicts', count(kept.length, 'file'), kept.map((path) => `  ${path}`).join('\n'));
  return new UserError('ConflictError', text, { actions: messages.list('error.conflicts.actions'), data: { kept } });
}
