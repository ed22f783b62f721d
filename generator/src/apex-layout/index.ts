export { group, hardline, indent, join, line, print, softline } from './doc.js';
export type { Doc } from './doc.js';
