export type * from './elements.js';
export type * from './flow.js';
export type * from './resources.js';
export type * from './values.js';
export { pathOf, textParts } from './operands.js';
export { readFlow, type FlowReading } from './read-flow.js';
export type { FlowRefusal } from './node.js';
