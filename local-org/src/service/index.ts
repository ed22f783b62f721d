/** Programs of this package that run in processes of their own. */
export { serviceStatus, startService, stopService } from './control.js';
export { LocalOrgError, type LocalOrgErrorCode } from './local-org-error.js';
export { runService, type ServiceProgram } from './run.js';
export type { Service, ServiceState, ServiceStatus } from './service.js';
export type { ProcessFiles } from './state-file.js';
