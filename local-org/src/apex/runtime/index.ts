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
export { dynamicSearch, runClientSearch } from './search.js';
export type { SearchList as SearchRows } from '../../data/index.js';
export * from './dml.js';
export { ApexRuntime, type RuntimeOptions } from './runtime.js';
export { methodOf } from './methods.js';
export { JobQueue, type JobRequest } from './jobs.js';
export {
  JOB_KINDS,
  isJob,
  type AsyncHost,
  type Captured,
  type Job,
  type JobResult,
  type Timer,
  type TimerPort,
  type Work,
} from './job.js';
export { failureText, noteJob, removeCronRows, type JobStatus } from './job-rows.js';
export { jobSteps } from './job-steps.js';
export { EventBus, eventTriggers, MAX_EVENTS, MAX_RETRIES } from './events.js';
export { deliverySteps, type DeliveryOutcome, type EventBatch } from './event-steps.js';
export { runSteps, runStepsSuspendable, type Step, type StepOutcome, type Steps } from './steps.js';
export { SimpleHost } from './simple-host.js';
export { storeGraph } from './store-graph.js';
export { ReviveError, reviveGraph } from './revive-graph.js';
export { storedGraph, type StoredGraph } from './stored-values.js';
export { runWithoutWaiting, uncommittedWork, type TransactionSpec } from './transactions.js';
export { Program, constructorMembers, type CompiledClass, type LoadedUnit, type Runnable } from './program.js';
export type { TriggerSource } from './triggers.js';
export { ENTRY, SLOT } from '../compile/index.js';
export { checkedSize, elementsOf, iterate } from './helpers.js';
export { deepCopy } from './copy.js';
export { methodMember as methodMemberOf } from '../compile/index.js';
export { mergeRecords } from './merge.js';
export { enterRunAs, leaveRunAs } from './run-as.js';
export { readAccess, recordAccess, runningAccess, writeAccess, type AccessMode } from './access.js';
export { CalloutFailure } from './callout.js';
export { ConnectFailure, type CredentialOperation, type CredentialPort } from './connect.js';
export type { CalloutContext, CalloutPort, CalloutRequest, CalloutResponse } from './callout.js';
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
export { inCodeUnit, inCodeUnitSuspendable, noteThrown, openCodeUnit, type CodeUnit } from './code-unit.js';
export { codeId } from './code-ids.js';
