export * from './activities.js';
export * from './types.js';
export * from './definition.js';
export * from './edition.js';
export * from './registry.js';
export * from './statuses.js';
export { KeyPrefixes } from './key-prefix.js';
export * from './roll-up.js';
export * from './field-uses.js';
