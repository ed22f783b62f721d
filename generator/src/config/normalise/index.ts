export { normaliseEnvironment } from './environment.js';
export { deepFreeze, expectChecked } from './expect.js';
export { normaliseIntegration } from './integration.js';
export type { IntegrationOrigin } from './integration.js';
export { isProjectPath } from './requests.js';
