export { loadConfig } from './load.js';
export { contractBodyRules } from './checks/index.js';
export type { BodyPlace } from './body-place.js';
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
