export { checkMetadata } from './check.js';
export { checkDeletion } from './deletion.js';
export { describeChildren } from './subject.js';
export { componentTypes, supportedSettings, type ChildType, type ComponentType } from './registry/componentTypes.js';
export { rules as metadataRules } from './rules/index.js';
export type { Rule as MetadataRule } from './rules/rule.js';
export * from './flow/definition/index.js';
export { parseXml } from './xml/parse.js';
export * from './external-service/index.js';
