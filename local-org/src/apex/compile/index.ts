export { compileUnit } from './unit.js';
export type { ClassShell, CompiledUnit, SlotInfo } from './unit.js';
export type { Constant } from './constants.js';
export { queryBinds } from './query-binds.js';
export { constructorMemberOf, fieldSlot, methodMember, superSymbol, constructorMember } from './names.js';
