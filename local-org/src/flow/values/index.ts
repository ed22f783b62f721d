export * from './value.js';
export * from './text.js';
export * from './compare.js';
export * from './convert.js';
export * from './json.js';
