export type { Data } from './convert.js';
export { parseYamlText, readYamlFile, readYamlText } from './read.js';
export type { YamlFile, YamlResult } from './read.js';
export { readEveryday } from './everyday.js';
export { yamlRules } from './rules.js';
export { YamlSource, diagnosticAt } from './source.js';
