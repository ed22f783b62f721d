export { findPlatformType, namespaceName, platformType } from './catalog.js';
export type { PlatformType } from './platform-type.js';
export { typeFromText } from './type-text.js';
export { isStandardObject, standardObject, standardObjectNames, standardSchemaObject } from './standard-objects.js';
export { isToolingObject, toolingObject, toolingObjectNames } from './tooling-objects.js';
