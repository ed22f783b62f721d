export * from './call.js';
export * from './apex-action.js';
export * from './flow-action.js';
