export { emitIntegrationApex } from './integration.js';
export { emitRuntimeApex } from './runtime.js';
