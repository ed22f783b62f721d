/** The org's records: values, schema, store, SOQL, DML and formulas. */
export * from './values/index.js';
export * from './schema/index.js';
export * from './store/index.js';
export * from './sobject.js';
export * from './settings.js';
export * from './soql/index.js';
export * from './sosl/index.js';
export * from './formula/index.js';
export * from './dml/index.js';
