export { behaviour, type AnswerRule, type Behaviour, type BehaviourInput, type ExpiredSession } from './schema.js';
export type { Fault, FaultEffect, FaultEndpoint } from './faults.js';
export { mergePatch } from './merge-patch.js';
