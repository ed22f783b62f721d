import type { DeployPackage, OrgView, Problem } from '../model/index.js';

/**
 * Looks at a package before it is deployed and says what is wrong with its components. `org` is what the org holds
 * without the package. May stop early by throwing the signal's reason.
 */
export type DeploymentCheck = (
  pkg: DeployPackage,
  org: OrgView,
  signal: AbortSignal,
) => readonly Problem[] | Promise<readonly Problem[]>;

/** One check that runs several, in order, and reports all that they find; the same finding is reported once. */
export function combineChecks(checks: readonly DeploymentCheck[]): DeploymentCheck {
  return async (pkg, org, signal) => {
    const found = new Map<string, Problem>();
    for (const check of checks) {
      for (const problem of await check(pkg, org, signal)) found.set(problemKey(problem), problem);
      signal.throwIfAborted();
      await breathe();
    }
    return [...found.values()];
  };
}

/** Tells problems apart. */
export function problemKey(problem: Problem): string {
  return [
    problem.type,
    problem.fullName,
    problem.fileName,
    problem.line,
    problem.column,
    problem.severity,
    problem.message,
  ].join('\0');
}

/** Lets waiting requests be answered between two checks. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
