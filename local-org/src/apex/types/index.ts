export * from './types.js';
export type * from './symbols.js';
export type * from './schema.js';
export { sameType, substitute, typeName } from './names.js';
