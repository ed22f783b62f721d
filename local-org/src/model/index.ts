export type * from './component.js';
export type * from './problem.js';
export type * from './org.js';
export type * from './symbols.js';
