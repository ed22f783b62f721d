import { Unsupported } from './exceptions.js';
import type { ApexRuntime } from './runtime.js';

/** True when the running user may read and write everything: system administrators, and the platform's own users. */
export function hasFullAccess(runtime: ApexRuntime): boolean {
  const { adminProfileId, automatedProcessId } = runtime.options.identity;
  const { userId } = runtime.tx;
  return (
    userId === automatedProcessId || runtime.data.store.rowOfId(userId)?.row.values['ProfileId'] === adminProfileId
  );
}

/** Object and field permissions are not evaluated yet; for users whom they would restrict, user mode refuses instead of guessing. */
export function requireFullAccess(runtime: ApexRuntime, feature: string): void {
  if (!hasFullAccess(runtime)) throw new Unsupported(`${feature} for a user who is no system administrator`);
}
