export { generatesAuthorization } from './auth.js';
export type { Check, Subject } from './check.js';
export { EMPTY_MAP, flattenRequests } from './flatten.js';
export type { FlatRequest } from './flatten.js';
export { INTEGRATION_CHECKS } from './all.js';
export { defaultBatch } from './limits.js';
export { checkEnvironments, environmentRules } from './environments.js';
export { checkProject, projectRules } from './project.js';
export { urlWarnings } from './urls.js';
