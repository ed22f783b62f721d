import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Diagnostic } from '../model/index.js';
import {
  apply,
  digestsOf,
  isStale,
  mergeReplacements,
  plan,
  unchangedPlan,
  type ApplyResult,
  type Plan,
  type Replacement,
} from '../output/index.js';
import { inputsDigest } from './inputs.js';
import { loadProject } from './load.js';
import { readLastRun, writeLastRun } from './last-run.js';
import { NEW_PROJECT, PROJECT_FILE, writeProjectFile } from './project-file.js';

/** Folders of the project that generated files stand in. */
export const GENERATED_ROOTS = ['force-app', 'manifest', 'replacements'] as const;

export interface GenerateOptions {
  /** Folder with integrations/, environments/ and contracts/. */
  readonly configDir: string;
  /** Project folder that receives force-app/, manifest/ and replacements/. */
  readonly outputDir: string;
}

/** What a generation would do. Nothing is written before `applyGeneration`. */
export interface Generation {
  /** Errors and warnings of the configuration, sorted by place. With an error there is no plan. */
  readonly diagnostics: readonly Diagnostic[];
  readonly integrations: number;
  /** See `LoadedProject`. */
  readonly notes: readonly string[];
  readonly planned: PlannedGeneration | undefined;
}

export interface PlannedGeneration {
  readonly plan: Plan;
  /** Text of sfdx-project.json before (undefined: there is none) and after. */
  readonly projectFile: { readonly path: string; readonly before: string | undefined; readonly after: string };
  /** Told when the plan has been carried out completely. */
  readonly remember: (result: ApplyResult) => Promise<void>;
}

/**
 * Reads the configuration, emits everything it asks for and compares that with what is there. When neither the configuration nor
 * the generator nor any generated file has changed since the last complete run, it finds that out without doing it all again.
 *
 * @throws UserError when a combination cannot be expressed, a path is unsafe or sfdx-project.json is unreadable
 */
export async function planGeneration(options: GenerateOptions): Promise<Generation> {
  const inputs = inputsDigest(resolve(options.configDir));
  return (inputs === undefined ? undefined : await repeatLastRun(options, inputs)) ?? (await planAnew(options, inputs));
}

/** True when the generated files, or our part of sfdx-project.json, are not what the configuration asks for. */
export function isGenerationStale({ plan, projectFile }: PlannedGeneration): boolean {
  return isStale(plan) || projectFile.before !== projectFile.after;
}

/**
 * Carries out a planned generation.
 *
 * @throws UserError `WriteError` with what was written so far
 */
export async function applyGeneration(
  planned: PlannedGeneration,
  options: { readonly force: boolean },
): Promise<ApplyResult> {
  const result = await apply(planned.plan, options);
  const { path, before, after } = planned.projectFile;
  if (before !== after) await writeProjectFile(path, after);
  if (result.kept.length === 0) await planned.remember(result);
  return result;
}

async function repeatLastRun({ outputDir }: GenerateOptions, inputs: string): Promise<Generation | undefined> {
  const last = readLastRun(outputDir, inputs);
  if (last === undefined) return undefined;
  const unchanged = await unchangedPlan({ projectRoot: resolve(outputDir), roots: [...GENERATED_ROOTS] }, last.files);
  if (unchanged === undefined) return undefined;
  const projectFile = planProjectFile(outputDir, last.replacements);
  const { diagnostics, integrations } = last;
  return {
    diagnostics,
    integrations,
    notes: [],
    planned: { plan: unchanged, projectFile, remember: () => Promise.resolve() },
  };
}

async function planAnew({ configDir, outputDir }: GenerateOptions, inputs: string | undefined): Promise<Generation> {
  const { emitProject } = await import('../emit/index.js');
  const { diagnostics, project, integrations, notes } = await loadProject(configDir);
  if (project === undefined) return { diagnostics, integrations, notes, planned: undefined };
  const { files, replacements } = emitProject(project);
  const planned = await plan({ projectRoot: resolve(outputDir), roots: [...GENERATED_ROOTS], files });
  return {
    diagnostics,
    integrations,
    notes,
    planned: {
      plan: planned,
      projectFile: planProjectFile(outputDir, replacements),
      remember: async (result) => {
        if (inputs === undefined) return;
        const digests = digestsOf(planned, result);
        await writeLastRun(outputDir, { inputs, integrations, diagnostics, replacements, files: digests });
      },
    },
  };
}

function planProjectFile(outputDir: string, replacements: readonly Replacement[]): PlannedGeneration['projectFile'] {
  const path = join(resolve(outputDir), PROJECT_FILE);
  const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  return { path, before, after: mergeReplacements(before ?? NEW_PROJECT, replacements) };
}
