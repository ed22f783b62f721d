/** The door to external systems in processes of their own; it does not load the server. */
export { ExternalAdmin, ExternalAdminError } from './admin-client.js';
export {
  DEFAULT_EXTERNAL_PORT,
  externalStatus,
  startExternal,
  stopExternal,
  type ExternalHandle,
  type ExternalStartOptions,
  type ExternalStatus,
} from './control.js';
