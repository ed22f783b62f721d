import type { Component, Deletion, OrgView, Problem } from '../model/index.js';
import { childMetadataType, joinPieces, pieceKey, splitComponent } from '../package/index.js';
import { OrgState, type StoredComponent } from '../store/index.js';
import { keyOf, type Outcome } from './apply.js';
import { problemKey, type DeploymentCheck } from './checks.js';

/** What a set of deletions comes to. */
export interface DeletionPlan {
  readonly state: OrgState;
  readonly outcomes: readonly Outcome[];
  readonly problems: readonly Problem[];
}

const MANIFEST_OF: Readonly<Record<Deletion['when'], string>> = {
  pre: 'destructiveChangesPre.xml',
  post: 'destructiveChangesPost.xml',
};
const CUSTOM_OBJECT_NAME = /__(c|e|mdt|b|x|kav)$/i;

/**
 * Deletes components from a state. A component that is not there is a warning; one that others still refer to stays,
 * with an error per reference. References are found by checking the whole org as if it were deployed again, with and
 * without the components: what is wrong only without them refers to them.
 */
export async function planDeletions(
  state: OrgState,
  deletions: readonly Deletion[],
  check: DeploymentCheck,
  now: string,
  signal: AbortSignal,
): Promise<DeletionPlan> {
  const problems: Problem[] = [];
  const outcomes: Outcome[] = [];
  const accepted: Deletion[] = [];
  let next = state;
  for (const deletion of deletions) {
    const removed = remove(next, deletion, now);
    if (typeof removed === 'string') problems.push(problemOf(deletion, removed, 'Error'));
    else if (removed === undefined) problems.push(notFound(deletion));
    else {
      next = removed.state;
      outcomes.push(removed.outcome);
      accepted.push(deletion);
    }
  }
  if (accepted.length === 0) return { state, outcomes, problems };
  const references = await findReferences(state, next, accepted, check, signal);
  if (references.size === 0) return { state: next, outcomes, problems };
  const kept = accepted.filter((deletion) => !references.has(deletion));
  const rest =
    kept.length === 0 ? { state, outcomes: [], problems: [] } : await planDeletions(state, kept, check, now, signal);
  const referenced = [...references].flatMap(([deletion, by]) =>
    by.map((problem) => problemOf(deletion, referenceMessage(deletion, problem), 'Error')),
  );
  return { state: rest.state, outcomes: rest.outcomes, problems: [...problems, ...referenced, ...rest.problems] };
}

interface Removed {
  readonly state: OrgState;
  readonly outcome: Outcome;
}

function remove(state: OrgState, { type, fullName }: Deletion, now: string): Removed | string | undefined {
  const child = childMetadataType(type);
  if (child === undefined) {
    const stored = state.stored(type, fullName);
    if (stored === undefined) return undefined;
    if (type === 'CustomObject' && !CUSTOM_OBJECT_NAME.test(fullName))
      return `The standard object ${fullName} cannot be deleted.`;
    return {
      state: state.with([], [keyOf(stored)]),
      outcome: deleted(stored.type, stored.fullName, stored, stored.id, now),
    };
  }
  for (const parent of state.all().filter((candidate) => candidate.type === child.parentType)) {
    const pieces = splitComponent(parent.type, parent.fullName, parent.content) ?? [];
    const piece = pieces.find(
      (candidate) => candidate.child?.type === type && candidate.fullName.toLowerCase() === fullName.toLowerCase(),
    );
    if (piece === undefined) continue;
    const { [pieceKey(piece)]: id = parent.id, ...childIds } = parent.childIds;
    const content = joinPieces(
      parent.type,
      pieces.filter((candidate) => candidate !== piece),
    );
    return {
      state: state.with([{ ...parent, content, childIds, lastModifiedDate: now }], []),
      outcome: deleted(type, piece.fullName, parent, id, now),
    };
  }
  return undefined;
}

async function findReferences(
  before: OrgState,
  after: OrgState,
  deletions: readonly Deletion[],
  check: DeploymentCheck,
  signal: AbortSignal,
): Promise<ReadonlyMap<Deletion, readonly Problem[]>> {
  const known = new Set((await checkWholeOrg(before, check, signal)).map(withoutPlace));
  const broken = (await checkWholeOrg(after, check, signal)).filter(
    (problem) => problem.severity === 'Error' && !known.has(withoutPlace(problem)),
  );
  const references = new Map<Deletion, Problem[]>();
  for (const problem of broken) {
    const mentioned = deletions.filter(({ fullName }) => mentions(problem.message, fullName));
    for (const deletion of mentioned.length === 0 ? deletions : mentioned) {
      references.set(deletion, [...(references.get(deletion) ?? []), problem]);
    }
  }
  return references;
}

function checkWholeOrg(state: OrgState, check: DeploymentCheck, signal: AbortSignal): Promise<readonly Problem[]> {
  const components: readonly Component[] = state
    .all()
    .flatMap(({ type, fullName }) => state.component(type, fullName) ?? []);
  const nothing: OrgView = new OrgState(new Map(), state.users);
  return Promise.resolve(check({ apiVersion: '66.0', components, deletions: [] }, nothing, signal));
}

/** Deleting a field moves the lines of its object: the place of a problem says nothing. */
function withoutPlace(problem: Problem): string {
  return problemKey({ ...problem, line: 0, column: 0 });
}

function mentions(message: string, fullName: string): boolean {
  const own = fullName.slice(fullName.lastIndexOf('.') + 1);
  return message.toLowerCase().includes(own.toLowerCase());
}

function referenceMessage({ type }: Deletion, { type: byType, fullName }: Problem): string {
  return `This ${words(type).toLowerCase()} is referenced elsewhere in salesforce.com. : ${words(byType)} - ${fullName}`;
}

/** `CustomField` is shown as `Custom Field`. */
function words(type: string): string {
  return type.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
}

function notFound(deletion: Deletion): Problem {
  const fileName = MANIFEST_OF[deletion.when];
  return {
    ...problemOf(deletion, `No ${deletion.type} named: ${deletion.fullName} found`, 'Warning'),
    fullName: fileName,
  };
}

function problemOf({ type, fullName, when }: Deletion, message: string, severity: Problem['severity']): Problem {
  return { type, fullName, fileName: MANIFEST_OF[when], line: 1, column: 1, severity, message };
}

function deleted(type: string, fullName: string, holder: StoredComponent, id: string, now: string): Outcome {
  return { type, fullName, fileName: holder.fileName, id, kind: 'deleted', createdDate: now };
}
