import type { Component, Deletion, OrgView, Problem } from '../model/index.js';
import { API_VERSION } from '../package/index.js';
import { OrgState } from '../store/index.js';
import { problemKey, type DeploymentCheck } from './checks.js';

/**
 * Says which deletions cannot be, because something that stays still refers to the component: errors that bear the
 * deletion's type and full name. `before` is the org with the components, `after` the org without them.
 */
export type ReferenceCheck = (
  deletions: readonly Deletion[],
  before: OrgState,
  after: OrgState,
  signal: AbortSignal,
) => Promise<readonly Problem[]>;

const MANIFEST_OF: Readonly<Record<Deletion['when'], string>> = {
  pre: 'destructiveChangesPre.xml',
  post: 'destructiveChangesPost.xml',
};

/**
 * Finds references with the checks of deployments: the whole org is checked as if it were deployed again, with and
 * without the components. What is wrong only without them refers to them.
 */
export function recheckReferences(check: DeploymentCheck): ReferenceCheck {
  return async (deletions, before, after, signal) => {
    const known = new Set((await checkWholeOrg(before, check, signal)).map(withoutPlace));
    const broken = (await checkWholeOrg(after, check, signal)).filter(
      (problem) => problem.severity === 'Error' && !known.has(withoutPlace(problem)),
    );
    return broken.flatMap((problem) => {
      const mentioned = deletions.filter(({ fullName }) => mentions(problem.message, fullName));
      return (mentioned.length === 0 ? deletions : mentioned).map((deletion) =>
        deletionProblem(deletion, referenceMessage(deletion, problem), 'Error'),
      );
    });
  };
}

/** Several ways of finding references, one after the other. */
export function combineReferenceChecks(checks: readonly ReferenceCheck[]): ReferenceCheck {
  return async (deletions, before, after, signal) => {
    const found: Problem[] = [];
    for (const check of checks) found.push(...(await check(deletions, before, after, signal)));
    return found;
  };
}

/** A problem of a deletion, in the destructive manifest that asks for it. */
export function deletionProblem(
  { type, fullName, when }: Deletion,
  message: string,
  severity: Problem['severity'],
): Problem {
  return { type, fullName, fileName: MANIFEST_OF[when], line: 1, column: 1, severity, message };
}

function checkWholeOrg(state: OrgState, check: DeploymentCheck, signal: AbortSignal): Promise<readonly Problem[]> {
  const components: readonly Component[] = state
    .all()
    .flatMap(({ type, fullName }) => state.component(type, fullName) ?? []);
  const nothing: OrgView = new OrgState(new Map(), state.users, state.certificates);
  return Promise.resolve(check({ apiVersion: API_VERSION, components, deletions: [] }, nothing, signal));
}

/** Deleting a field moves the lines of its object: the place of a problem says nothing. */
function withoutPlace(problem: Problem): string {
  return problemKey({ ...problem, line: 0, column: 0 });
}

/** Whether a message has the name as a word of its own: `Queue` is not mentioned by `CalloutQueue`. */
function mentions(message: string, fullName: string): boolean {
  const own = fullName.slice(fullName.lastIndexOf('.') + 1).replace(/\W/g, '\\$&');
  return new RegExp(`(?<!\\w)${own}(?!\\w)`, 'i').test(message);
}

function referenceMessage({ type }: Deletion, { type: byType, fullName }: Problem): string {
  return `This ${words(type).toLowerCase()} is referenced elsewhere in salesforce.com. Remove the usage and try again. : ${words(byType)} - ${fullName}`;
}

/** `CustomField` is shown as `Custom Field`. */
function words(type: string): string {
  return type.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
}
