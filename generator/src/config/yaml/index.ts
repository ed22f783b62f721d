export type { Data } from './convert.js';
export { readYamlFile, readYamlText } from './read.js';
export type { YamlFile, YamlResult } from './read.js';
export { yamlRules } from './rules.js';
export { YamlSource, diagnosticAt } from './source.js';
