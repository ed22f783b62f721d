import { flowEngine } from '../flow/index.js';
import type { OrgParts } from '../platform/live/index.js';

/** What plugs into every live org, and into test runs as far as they have it. Whoever makes a part adds it here. */
export const ORG_PARTS: OrgParts = { flows: flowEngine };
