export * from './types.js';
export type * from './symbols.js';
export type * from './schema.js';
export * from './versions.js';
export { sameType, substitute, typeName } from './names.js';
