import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { emitIntegrationApex } from '../../../../generator/src/emit/apex/index.js';
import type { ProjectModel } from '../../../../generator/src/model/index.js';
import { loadProject } from '../../../../generator/src/pipeline/index.js';

/** Folder of this project. */
export const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));

/** The sample integrations and their contracts. */
export async function sampleProject(): Promise<ProjectModel> {
  return load(join(ROOT, 'config'));
}

/** A project with the given files below its folder: `config/integrations/x.yaml`. */
export async function projectOf(files: Readonly<Record<string, string>>): Promise<ProjectModel> {
  const folder = mkdtempSync(join(tmpdir(), 'callout-apex-'));
  try {
    const all = {
      'config/environments/local.yaml': 'default: true\nintegrationUser: integration@example.com\n',
      ...files,
    };
    for (const [path, text] of Object.entries(all)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return await load(join(folder, 'config'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function load(configDir: string): Promise<ProjectModel> {
  const { diagnostics, project } = await loadProject(configDir);
  if (project === undefined) {
    throw new Error(
      diagnostics.map(({ position, message }) => `${position.file}:${String(position.line)} ${message}`).join('\n'),
    );
  }
  return project;
}

/** The Apex classes of all integrations, by class name. */
export function classesOf({ integrations, contracts }: ProjectModel): ReadonlyMap<string, string> {
  const files = integrations.flatMap((integration) => emitIntegrationApex(integration, contracts));
  return new Map(
    files
      .filter(({ path }) => path.endsWith('.cls'))
      .map(({ path, content }) => [path.slice(path.lastIndexOf('/') + 1, -'.cls'.length), content]),
  );
}

/** The class, or an error that says which there are. */
export function classNamed(project: ProjectModel, name: string): string {
  const classes = classesOf(project);
  const found = classes.get(name);
  if (found === undefined) throw new Error(`There is no class ${name}, only ${[...classes.keys()].join(', ')}.`);
  return found;
}
