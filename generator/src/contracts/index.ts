export { contractTarget, qualifiedType } from './target.js';
export type { ContractTarget, TargetLeaf, TargetStep } from './target.js';
