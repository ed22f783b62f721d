export * from './row.js';
export * from './store.js';
export { indexKey } from './field-index.js';
