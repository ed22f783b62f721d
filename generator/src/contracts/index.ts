export { emitContracts } from './emit/index.js';
export { loadContracts } from './load.js';
export type { LoadContractsOptions, LoadedContracts } from './load.js';
export { isRequired } from './presence.js';
export { contractClass, contractTarget, qualifiedType } from './target.js';
export type { ContractTarget, TargetLeaf, TargetStep } from './target.js';
