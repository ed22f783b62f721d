export { writeDestructiveChanges } from './destructive-changes.js';
export type { DestructiveChanges } from './destructive-changes.js';
export { applyGeneration, GENERATED_ROOTS, isGenerationStale, planGeneration } from './generate.js';
export type { GenerateOptions, Generation, PlannedGeneration } from './generate.js';
export { loadEnvironments, loadProject } from './load.js';
export type { LoadedProject } from './load.js';
