/** Door of what the Tooling API does besides queries and records: anonymous blocks, debug logs, test runs. */
export { TOOLING_ROUTES } from './rest-routes.js';
export { Tooling, type ToolingOptions } from './tooling.js';
