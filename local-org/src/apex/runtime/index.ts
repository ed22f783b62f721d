export * from './values.js';
export * from './exceptions.js';
export * from './collections.js';
export * from './equality.js';
export * from './text.js';
export * from './types.js';
export * from './operators.js';
export * from './limits.js';
export * from './transaction.js';
export * from './library.js';
export * from './stack.js';
export * from './org.js';
export * from './records.js';
export * from './query.js';
export * from './dml.js';
export { ApexRuntime, methodOf, type RuntimeOptions } from './runtime.js';
export { JobQueue, type Job, type JobResult } from './jobs.js';
export { EventBus, type Delivery } from './events.js';
export { Program, constructorMembers, type CompiledClass, type LoadedUnit, type Runnable } from './program.js';
export type { TriggerSource } from './triggers.js';
export { checkedSize, elementsOf } from './helpers.js';
export { deepCopy } from './copy.js';
export { methodMember as methodMemberOf } from '../compile/index.js';
export { mergeRecords } from './merge.js';
export { enterRunAs, leaveRunAs } from './run-as.js';
export { hasFullAccess, requireFullAccess } from './access.js';
export type { Suspendable, Suspension } from './suspension.js';
export type {
  CodeTrace,
  TraceCategory,
  TracedTransaction,
  TraceEvent,
  TraceLevel,
  TraceSink,
  TransactionTrace,
} from './trace.js';
export { inCodeUnit, noteThrown, openCodeUnit, type CodeUnit } from './code-unit.js';
export { codeId } from './code-ids.js';
