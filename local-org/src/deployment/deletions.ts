import type { Deletion, Problem } from '../model/index.js';
import { childMetadataType, joinPieces, pieceKey, splitComponent } from '../package/index.js';
import type { OrgState, StoredComponent } from '../store/index.js';
import { keyOf, type Outcome } from './apply.js';
import { deletionProblem, type ReferenceCheck } from './references.js';

/** What a set of deletions comes to. */
export interface DeletionPlan {
  readonly state: OrgState;
  readonly outcomes: readonly Outcome[];
  readonly problems: readonly Problem[];
}

const CUSTOM_OBJECT_NAME = /__(c|e|mdt|b|x|kav)$/i;

/**
 * Deletes components from a state. A component that is not there is a warning; one that something else still refers to
 * stays, with an error per reference. What several ways of looking find is said once.
 */
export async function planDeletions(
  state: OrgState,
  deletions: readonly Deletion[],
  findReferences: ReferenceCheck,
  now: string,
  signal: AbortSignal,
): Promise<DeletionPlan> {
  const plan = await planRepeatedly(state, deletions, findReferences, now, signal);
  return { ...plan, problems: distinct(plan.problems) };
}

async function planRepeatedly(
  state: OrgState,
  deletions: readonly Deletion[],
  findReferences: ReferenceCheck,
  now: string,
  signal: AbortSignal,
): Promise<DeletionPlan> {
  const problems: Problem[] = [];
  const outcomes: Outcome[] = [];
  const accepted: Deletion[] = [];
  let next = state;
  for (const deletion of childrenFirst(deletions)) {
    const removed = remove(next, deletion, now);
    if (typeof removed === 'string') problems.push(deletionProblem(deletion, removed, 'Error'));
    else if (removed === undefined) problems.push(notFound(deletion));
    else {
      next = removed.state;
      outcomes.push(removed.outcome);
      accepted.push(deletion);
    }
  }
  if (accepted.length === 0) return { state, outcomes, problems };
  const references = await findReferences(accepted, state, next, signal);
  if (references.length === 0) return { state: next, outcomes, problems };
  const used = new Set(references.map(keyOf));
  const unused = accepted.filter((deletion) => !used.has(keyOf(deletion)));
  const rest = await planRepeatedly(state, unused, findReferences, now, signal);
  return { ...rest, problems: [...problems, ...references, ...rest.problems] };
}

/** An object and its fields can be deleted together: the fields are gone with the object. */
function childrenFirst(deletions: readonly Deletion[]): readonly Deletion[] {
  const isChild = ({ type }: Deletion): boolean => childMetadataType(type) !== undefined;
  return [...deletions.filter(isChild), ...deletions.filter((deletion) => !isChild(deletion))];
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

/** The first of the problems that say the same of the same component. All of them stand at the manifest's first line. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  const first = new Map<string, Problem>();
  for (const problem of problems) {
    const key = [problem.type, problem.fullName.toLowerCase(), problem.message].join('\0');
    if (!first.has(key)) first.set(key, problem);
  }
  return [...first.values()];
}

function notFound(deletion: Deletion): Problem {
  const problem = deletionProblem(deletion, `No ${deletion.type} named: ${deletion.fullName} found`, 'Warning');
  return { ...problem, fullName: problem.fileName };
}

function deleted(type: string, fullName: string, holder: StoredComponent, id: string, now: string): Outcome {
  return { type, fullName, fileName: holder.fileName, id, kind: 'deleted', createdDate: now };
}
