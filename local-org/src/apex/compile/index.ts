export { compileUnit } from './unit.js';
export type { ClassShell, CompiledUnit, SlotInfo } from './unit.js';
export type { Constant } from './constants.js';
export { CallGraph, hasColour } from './call-graph.js';
export { SECOND, type Colouring } from './colouring.js';
export { queryBinds } from './query-binds.js';
export {
  constructorMemberOf,
  fieldSlot,
  getterMember,
  hasGetter,
  methodMember,
  superSymbol,
  constructorMember,
} from './names.js';
export { beginsWithSharing } from './sharing.js';
export { ENTRY, HEADER, SLOT } from './weights.js';
