export type { EnvironmentConfig } from './environment.js';
export type { AuthConfig, IntegrationConfig, RequestConfig } from './integration.js';
export { jsonSchemaOf, memberOf, resolve } from './json-schema.js';
export type { ConfigKind, JsonSchema } from './json-schema.js';
export { parseEnvironment, parseIntegration } from './parse.js';
export type { Parsed, Section } from './parse.js';
export type { BodyMap, BodyValue } from './request.js';
export { shapeRules } from './shape-rules.js';
export { CONDITION_OPERATORS } from './trigger.js';
