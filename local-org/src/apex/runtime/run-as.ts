import { SObject } from '../../data/index.js';
import { apexError, nullPointer, Unsupported } from './exceptions.js';
import type { ApexRuntime } from './runtime.js';

/** What leaving a `System.runAs` block restores. */
export interface RunAsSession {
  readonly setupObject: string | undefined;
  readonly otherObject: string | undefined;
}

/** Starts a `System.runAs(user)` block: another running user, and a fresh count for the mixed DML rule. */
export function enterRunAs(runtime: ApexRuntime, args: readonly unknown[]): RunAsSession {
  const { tx } = runtime;
  if (tx.test === undefined) throw apexError('UnexpectedException', 'System.runAs can only be used in test methods');
  const [user] = args;
  if (user === null || user === undefined) throw nullPointer();
  if (!(user instanceof SObject)) throw new Unsupported('System.runAs with a package version');
  if (user.id === null) throw apexError('NullPointerException', 'Attempt to de-reference a null object');
  tx.userStack.push(user.id);
  const session = { setupObject: tx.setupObject, otherObject: tx.otherObject };
  tx.setupObject = undefined;
  tx.otherObject = undefined;
  return session;
}

export function leaveRunAs(runtime: ApexRuntime, session: RunAsSession): void {
  const { tx } = runtime;
  tx.userStack.pop();
  tx.setupObject = session.setupObject;
  tx.otherObject = session.otherObject;
}
