import type { Component, DeployPackage, Problem } from '../model/index.js';
import { blankPieces, childMetadataType, splitComponent } from '../package/index.js';
import type { DeployOptions, IdSource, OrgState, StateChange, StoredComponent } from '../store/index.js';
import { applyComponent, keyOf, type Outcome } from './apply.js';
import { problemKey, type DeploymentCheck } from './checks.js';
import { planDeletions } from './deletions.js';
import type { ReferenceCheck } from './references.js';
import { findMalformed } from './well-formed.js';

/** What a deployment comes to, before anything is kept. */
export interface Evaluation {
  /** The org with everything in it that can be kept. */
  readonly state: OrgState;
  readonly change: StateChange;
  readonly outcomes: readonly Outcome[];
  /** Errors, and warnings as well. */
  readonly problems: readonly Problem[];
  /** Problems because of which components are not kept. */
  readonly failures: readonly Problem[];
  /** False when what is left still has failures, because they are outside the package: in classes that use it. */
  readonly standsAlone: boolean;
}

export interface EvaluationInput {
  readonly package: DeployPackage;
  /** What is wrong with the make-up of the package. */
  readonly problems: readonly Problem[];
  readonly isNamed: (type: string, fullName: string) => boolean;
  readonly options: DeployOptions;
  readonly state: OrgState;
  readonly check: DeploymentCheck;
  readonly findReferences: ReferenceCheck;
  readonly ids: IdSource;
  readonly now: string;
  readonly signal: AbortSignal;
}

const MANIFEST = 'package.xml';

/**
 * Works out the result of a deployment: deletions that come first, checks, components, deletions that come last. When
 * failures need not roll everything back, components that fail are left out and the rest is checked again, until what
 * is left stands on its own.
 */
export async function evaluate(input: EvaluationInput): Promise<Evaluation> {
  const { options, state, findReferences, now, signal } = input;
  const isFailure = (problem: Problem): boolean => problem.severity === 'Error' || !options.ignoreWarnings;
  const pre = await planDeletions(
    state,
    input.package.deletions.filter(({ when }) => when === 'pre'),
    findReferences,
    now,
    signal,
  );
  const checked = await checkUntilStable(input, pre.state, isFailure);
  signal.throwIfAborted();
  const applied = applyAll(checked.components, pre.state, input);
  const post = await planDeletions(
    applied.state,
    input.package.deletions.filter(({ when }) => when === 'post'),
    findReferences,
    now,
    signal,
  );
  const problems = [...input.problems, ...pre.problems, ...checked.problems, ...post.problems];
  return {
    state: post.state,
    change: difference(state, post.state),
    outcomes: [...pre.outcomes, ...applied.outcomes, ...post.outcomes],
    problems,
    failures: problems.filter(isFailure),
    standsAlone: checked.standsAlone,
  };
}

/** True when the package as a whole is unusable, so that not even a part of it can be kept. */
export function isFatal(problem: Problem): boolean {
  return problem.fileName === MANIFEST && problem.fullName === MANIFEST;
}

interface Checked {
  readonly components: readonly Component[];
  readonly problems: readonly Problem[];
  readonly standsAlone: boolean;
}

async function checkUntilStable(
  input: EvaluationInput,
  org: OrgState,
  isFailure: (problem: Problem) => boolean,
): Promise<Checked> {
  const problems = new Map<string, Problem>();
  let components = leaveOut(input.package.components, input.problems.filter(isFailure));
  for (;;) {
    const reported = await input.check({ ...input.package, components, deletions: [] }, org, input.signal);
    const found = [...reported, ...findMalformed(components, reported)];
    for (const problem of found) problems.set(problemKey(problem), problem);
    const failures = found.filter(isFailure);
    const left = leaveOut(components, failures);
    const changed = left.length !== components.length || left.some((component, at) => component !== components[at]);
    components = left;
    if (input.options.rollbackOnError || !changed || components.length === 0)
      return { components, problems: [...problems.values()], standsAlone: failures.length === 0 };
  }
}

/** Components without those that failed; a failed child is taken out of its parent's file. */
function leaveOut(components: readonly Component[], failures: readonly Problem[]): readonly Component[] {
  if (failures.length === 0) return components;
  const failed = new Set(failures.map(keyOf));
  const failedChildren = new Set(failures.filter(({ type }) => childMetadataType(type) !== undefined).map(keyOf));
  // A problem that names no component of the package is about the file that it was found in.
  const files = new Set(failures.filter(({ type }) => type === '').map(({ fileName }) => fileName));
  return components
    .filter((component) => !failed.has(keyOf(component)) && !files.has(component.fileName))
    .map((component) => {
      if (failedChildren.size === 0) return component;
      const pieces = splitComponent(component.type, component.fullName, component.content) ?? [];
      const bad = pieces.filter(
        ({ child, fullName }) => child !== undefined && failedChildren.has(keyOf({ type: child.type, fullName })),
      );
      return bad.length === 0 ? component : { ...component, content: blankPieces(component.content, bad) };
    });
}

function applyAll(
  components: readonly Component[],
  state: OrgState,
  { ids, now, isNamed }: EvaluationInput,
): { readonly state: OrgState; readonly outcomes: readonly Outcome[] } {
  const put: StoredComponent[] = [];
  const outcomes: Outcome[] = [];
  for (const component of components) {
    const applied = applyComponent(component, { state, ids, now, isNamed });
    put.push(applied.stored);
    outcomes.push(...applied.outcomes);
  }
  return { state: put.length === 0 ? state : state.with(put, []), outcomes };
}

function difference(before: OrgState, after: OrgState): StateChange {
  const kept = new Set(after.all().map(keyOf));
  const known = new Set(before.all());
  return {
    put: after.all().filter((component) => !known.has(component)),
    remove: before
      .all()
      .map(keyOf)
      .filter((key) => !kept.has(key)),
  };
}
