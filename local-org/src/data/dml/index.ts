export * from './types.js';
export { applyDefaults } from './defaults.js';
export { DmlEngine } from './engine.js';
export { dmlErrors } from './errors.js';
export { fileRule } from './files.js';
export { fitValue } from './validate.js';
export { recordOf } from './work.js';
export { refusedWrites, type RefusedWrite } from './permission-check.js';
