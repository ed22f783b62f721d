import { emitContracts } from '../contracts/index.js';
import type { GeneratedFile, ProjectModel } from '../model/index.js';
import { emitIntegrationApex, emitRuntimeApex } from './apex/index.js';
import { defaultEnvironment, inEnvironment } from './environment.js';
import { emitManifests } from './manifest.js';
import { emitMetadata } from './metadata.js';
import { API_VERSION } from './places.js';
import { emitReplacements } from './replacements.js';
import type { Replacement } from '../output/index.js';

/** Everything that a configuration asks for. */
export interface EmittedProject {
  /** All generated files, sorted by path; the same model gives the same bytes. */
  readonly files: readonly GeneratedFile[];
  /** Our entries of `replacements` in sfdx-project.json. */
  readonly replacements: readonly Replacement[];
}

/**
 * Emits metadata, Apex, manifests and replacements of a project.
 *
 * @throws UserError `UnsupportedCombinationError` for settings that the platform has no metadata for
 * and `IllegalCharacterError` for text that XML cannot hold
 */
export function emitProject(project: ProjectModel): EmittedProject {
  const preset = defaultEnvironment(project);
  const deployed = [
    ...emitMetadata(project),
    ...emitRuntimeApex(),
    ...project.integrations.flatMap((integration) =>
      emitIntegrationApex(inEnvironment(integration, preset), project.contracts),
    ),
    ...emitContracts(project),
  ];
  const { files, entries } = emitReplacements(project);
  return {
    files: [...deployed, ...emitManifests(deployed, API_VERSION), ...files].toSorted(byPath),
    replacements: entries,
  };
}

function byPath(a: GeneratedFile, b: GeneratedFile): number {
  if (a.path === b.path) throw new Error(`Two emitters want the file ${a.path}.`);
  return a.path < b.path ? -1 : 1;
}
