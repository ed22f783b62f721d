/** Door of the Apex front end: parsing, types, checks. The engine compiles the typed tree that these give. */
import type { SymbolCatalog } from '../model/index.js';
import { readInvocable } from './invocable.js';
import { standardObject } from './platform-types/index.js';

export { checkApex } from './deployment.js';
export { apexSource, compile, compileOnce, type Compile } from './compilation.js';
export { readInvocable } from './invocable.js';
export { compileProgram } from './check/index.js';
export type { AnonymousResult, ApexSource, Finding, Program, SourceResult } from './check/index.js';
export { parseSoql, parseSosl, parseUnit } from './syntax/index.js';
export { ProjectSchema } from './symbols/index.js';
export {
  findPlatformType,
  isStandardObject,
  isToolingObject,
  platformType,
  standardObjectNames,
  standardSchemaObject,
  toolingObject,
  toolingObjectNames,
} from './platform-types/index.js';
export type { PlatformType } from './platform-types/index.js';

/** What exists without being deployed, and how to read deployed Apex. */
export const platformCatalog: SymbolCatalog = { standardObject, readInvocable };
