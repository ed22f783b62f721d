/** Door of the org that lives as long as its server. */
export { LiveOrg, type DmlOptions, type LiveOrgOptions } from './live-org.js';
export { InvalidApexError } from './invalid-apex-error.js';
export type { Section } from './persistence.js';
export { TraceHub } from './trace-hub.js';
export type { OrgParts, Pump } from './parts.js';
