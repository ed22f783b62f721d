import type { Node } from 'ts-morph';
import type { ContractProblem } from './problems.js';
import type { DraftClass } from './member-names.js';

/** Reports members through which an object would have to hold another of its own class, and that one another, without end. */
export function refuseEndlessObjects(
  drafts: readonly DraftClass[],
  report: (node: Node, problem: ContractProblem) => void,
): void {
  const byName = new Map(drafts.map((draft) => [draft.name, draft]));
  for (const draft of drafts) {
    for (const { member, target } of requiredObjects(draft)) {
      if (requires(byName, target, draft.name, new Set())) report(member.node, endless(member.jsonName));
    }
  }
}

function requiredObjects(
  draft: DraftClass,
): readonly { readonly member: DraftClass['members'][number]; readonly target: string }[] {
  return draft.members.flatMap((member) =>
    member.type.kind === 'class' && !member.optional && !member.nullable ? [{ member, target: member.type.name }] : [],
  );
}

function requires(byName: ReadonlyMap<string, DraftClass>, from: string, to: string, seen: Set<string>): boolean {
  if (from === to) return true;
  const draft = byName.get(from);
  if (draft === undefined || seen.has(from)) return false;
  seen.add(from);
  return requiredObjects(draft).some(({ target }) => requires(byName, target, to, seen));
}

function endless(jsonName: string): ContractProblem {
  return {
    code: 'contract-endless-object',
    message: `"${jsonName}" requires an object that requires another of the same kind, and so on.`,
    reason: 'No JSON text is long enough.',
    fix: `Make it optional (${jsonName}?) or let it be null.`,
  };
}
