export { loadConfig } from './load.js';
export type { LoadedConfig, LoadOptions } from './load.js';
export {
  explain,
  initEnvironmentTemplate,
  initTemplate,
  renderConfigFiles,
  renderJsonSchema,
  renderReference,
} from './render/index.js';
export type { InitAnswers, RenderedFile } from './render/index.js';
