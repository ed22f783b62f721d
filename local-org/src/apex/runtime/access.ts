import { accessOf, readAccessOf, writeAccessOf, type UserAccess } from '../../access/index.js';
import type { ReadAccess, RecordGuard, RecordVisibility, WriteAccess } from '../../data/index.js';
import type { ApexRuntime } from './runtime.js';

/** What the running user may do. */
export function runningAccess(runtime: ApexRuntime): UserAccess {
  return accessOf(runtime.data.store, runtime.tx.userId);
}

/** How a database operation is held to the running user (Apex Developer Guide: Enforce User Mode for Database Operations). */
export type AccessMode = 'user' | 'system' | 'securityEnforced';

/** Object and field permissions that a query is held to; undefined in system mode. */
export function readAccess(runtime: ApexRuntime, mode: AccessMode): ReadAccess | undefined {
  return mode === 'system' ? undefined : readAccessOf(runningAccess(runtime), mode);
}

export function writeAccess(runtime: ApexRuntime, mode: AccessMode): WriteAccess | undefined {
  return mode === 'user' ? writeAccessOf(runningAccess(runtime)) : undefined;
}

/** Sharing that an operation is held to: always in user mode, otherwise as the running class declares it. Undefined when it does not count. */
export function recordAccess(runtime: ApexRuntime, mode: AccessMode): (RecordVisibility & RecordGuard) | undefined {
  if (mode !== 'user' && !runtime.thread.withSharing) return undefined;
  const access = runningAccess(runtime);
  return access.isAdministrator ? undefined : access.records;
}
