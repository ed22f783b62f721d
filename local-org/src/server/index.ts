export { createLocalOrg, DEFAULT_ALIAS, type LocalOrg, type LocalOrgOptions } from './create-local-org.js';
export { STATUS_PATH } from './status.js';
export { runTests } from './lazy-tests.js';
