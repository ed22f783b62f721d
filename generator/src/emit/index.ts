export { emitMetadata } from './metadata.js';
export { emitManifests } from './manifest.js';
export { emitReplacements, ENVIRONMENT_VARIABLE } from './replacements.js';
export type { Replacement, Replacements } from './replacements.js';
