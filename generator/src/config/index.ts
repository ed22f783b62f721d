export { loadConfig } from './load.js';
export type { LoadedConfig, LoadOptions } from './load.js';
export { formatDiagnostic } from './diagnostics/index.js';
