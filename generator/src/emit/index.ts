export { emitDestructiveChanges, emitManifests } from './manifest.js';
export { emitMetadata } from './metadata.js';
export { emitProject } from './project.js';
export type { EmittedProject } from './project.js';
export { API_VERSION } from './places.js';
export { emitReplacements, ENVIRONMENT_VARIABLE } from './replacements.js';
export type { Replacements } from './replacements.js';
