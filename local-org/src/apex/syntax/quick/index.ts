export { parseQuickly } from './quick-parser.js';
export { VisibleTokens } from './visible-tokens.js';
