import { SObject } from '../../data/index.js';
import { dmlOrThrow } from './dml.js';
import { apexError, nullPointer, Unsupported } from './exceptions.js';
import type { ApexRuntime } from './runtime.js';

/** What leaving a `System.runAs` block restores. */
export interface RunAsSession {
  readonly setupObject: string | undefined;
  readonly otherObject: string | undefined;
}

/**
 * Starts a `System.runAs(user)` block: another running user, and a fresh count for the mixed DML rule. It counts as a DML statement (Apex
 * Developer Guide: Execution Governors and Limits).
 */
export function enterRunAs(runtime: ApexRuntime, args: readonly unknown[]): RunAsSession {
  const { tx } = runtime;
  if (tx.test === undefined) throw apexError('UnexpectedException', 'System.runAs can only be used in test methods');
  const [user] = args;
  if (user === null || user === undefined) throw nullPointer();
  if (!(user instanceof SObject)) throw new Unsupported('System.runAs with a package version');
  tx.limits.count('dmlStatements');
  const session = { setupObject: tx.setupObject, otherObject: tx.otherObject };
  tx.setupObject = undefined;
  tx.otherObject = undefined;
  tx.userStack.push(user.id ?? insertedUser(runtime, user));
  tx.setupObject = undefined;
  return session;
}

/** A user that nobody has inserted yet is inserted by runAs itself (Apex Developer Guide: Using the runAs Method). */
function insertedUser(runtime: ApexRuntime, user: SObject): string {
  dmlOrThrow(runtime, 'insert', user, { allOrNone: true, externalId: null, userMode: false });
  if (user.id === null) throw nullPointer();
  return user.id;
}

export function leaveRunAs(runtime: ApexRuntime, session: RunAsSession): void {
  const { tx } = runtime;
  tx.userStack.pop();
  tx.setupObject = session.setupObject;
  tx.otherObject = session.otherObject;
}
