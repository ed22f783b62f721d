export { combineChecks, type DeploymentCheck } from './checks.js';
export { DeploymentError, type DeploymentErrorCode } from './deployment-error.js';
export { DeploymentService, type DeploymentServiceOptions } from './deployment-service.js';
export { combineReferenceChecks, recheckReferences, type ReferenceCheck } from './references.js';
export { RetrieveService } from './retrieve-service.js';
export { listComponents, type FileProperties, type Retrieval } from './retrieve.js';
export { isTestClass } from './tests.js';
export type { TestRequest, TestRunner } from './tests.js';
