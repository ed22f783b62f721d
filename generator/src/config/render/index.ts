export { explain } from './explain.js';
export { renderConfigFiles } from './files.js';
export type { RenderedFile } from './files.js';
export { initEnvironmentTemplate, initTemplate } from './init-template.js';
export type { InitAnswers } from './init-template.js';
export { renderJsonSchema } from './json-schema.js';
export { renderReference } from './reference.js';
