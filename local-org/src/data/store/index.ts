export * from './row.js';
export * from './store.js';
export * from './setup-row.js';
export type { Table } from './table.js';
export { indexKey } from './field-index.js';
