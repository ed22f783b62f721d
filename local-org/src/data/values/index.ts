export * from './decimal.js';
export * from './date.js';
export * from './datetime.js';
export * from './time.js';
export * from './zone.js';
export * from './blob.js';
export * from './id.js';
export * from './field-value.js';
