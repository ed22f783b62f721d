export {
  accessOf,
  breakCycles,
  declareType,
  DeclaredType,
  findAnnotation,
  hasAnnotation,
  hasModifier,
} from './declared-type.js';
export { declareMembers, innerDeclarations, signatureKey } from './members.js';
export { innerType, namedType, objectType, resolveTypeRef, userType } from './type-names.js';
export type { NameSpace, UnknownType } from './type-names.js';
export { ProjectSchema, SCHEMA_TYPES, schemaComponents } from './project-schema.js';
