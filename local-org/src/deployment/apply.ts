import type { Component } from '../model/index.js';
import {
  isProperty,
  joinPieces,
  mergePieces,
  normalizeXml,
  pieceKey,
  samePieces,
  splitComponent,
  type Piece,
} from '../package/index.js';
import {
  componentKey,
  componentKeyPrefix,
  type IdSource,
  type OrgState,
  type StoredComponent,
} from '../store/index.js';

/** What deploying did to one component, or to one component inside another's file. */
export interface Outcome {
  readonly type: string;
  readonly fullName: string;
  readonly fileName: string;
  readonly id: string;
  readonly kind: 'created' | 'changed' | 'unchanged' | 'deleted';
  readonly createdDate: string;
}

/** The org's new form of a component, and the outcomes to report. */
export interface Applied {
  readonly stored: StoredComponent;
  readonly outcomes: readonly Outcome[];
}

export interface ApplyContext {
  readonly state: OrgState;
  readonly ids: IdSource;
  readonly now: string;
  /** True when package.xml names the component itself, not only children of it. */
  readonly isNamed: (type: string, fullName: string) => boolean;
}

/** Puts one component of a package over what the org has. */
export function applyComponent(component: Component, context: ApplyContext): Applied {
  const existing = context.state.stored(component.type, component.fullName);
  const incoming = splitComponent(component.type, component.fullName, component.content);
  return incoming === undefined
    ? applyWhole(component, existing, context)
    : applyPieces(component, incoming, existing, context);
}

function applyWhole(component: Component, existing: StoredComponent | undefined, context: ApplyContext): Applied {
  const same =
    existing !== undefined &&
    normalizeXml(existing.content) === normalizeXml(component.content) &&
    normalizeXml(existing.metaXml ?? '') === normalizeXml(component.metaXml ?? '');
  const stored = store(component, component.content, existing, same, {}, context);
  return {
    stored,
    outcomes: [outcome(component, stored.id, kindOf(existing !== undefined, same), stored.createdDate)],
  };
}

function applyPieces(
  component: Component,
  incoming: readonly Piece[],
  existing: StoredComponent | undefined,
  context: ApplyContext,
): Applied {
  const before =
    existing === undefined ? [] : (splitComponent(component.type, existing.fullName, existing.content) ?? []);
  const named = context.isNamed(component.type, component.fullName);
  const after = mergePieces(before, incoming, named);
  const childIds: Record<string, string> = {};
  const outcomes: Outcome[] = [];
  const old = new Map(before.map((piece) => [pieceKey(piece), piece]));
  const sent = new Set(incoming.map(pieceKey));
  for (const piece of after) {
    if (piece.child === undefined) continue;
    const key = pieceKey(piece);
    const earlier = old.get(key);
    const id = existing?.childIds[key] ?? context.ids.next(componentKeyPrefix(piece.child.type));
    childIds[key] = id;
    if (!sent.has(key)) continue;
    const kind = kindOf(earlier !== undefined, earlier !== undefined && samePieces([earlier], [piece]));
    outcomes.push(
      outcome(
        { type: piece.child.type, fullName: piece.fullName, fileName: component.fileName },
        id,
        kind,
        context.now,
      ),
    );
  }
  const sameProperties = existing !== undefined && samePieces(before.filter(isProperty), after.filter(isProperty));
  const same = sameProperties && outcomes.every(({ kind }) => kind === 'unchanged');
  const content =
    existing === undefined ? component.content : same ? existing.content : joinPieces(component.type, after);
  const stored = store(component, content, existing, same, childIds, context);
  if (named)
    outcomes.unshift(outcome(component, stored.id, kindOf(existing !== undefined, sameProperties), stored.createdDate));
  return { stored, outcomes };
}

function store(
  component: Component,
  content: string,
  existing: StoredComponent | undefined,
  same: boolean,
  childIds: Record<string, string>,
  { ids, now }: ApplyContext,
): StoredComponent {
  return {
    ...component,
    content,
    id: existing?.id ?? ids.next(componentKeyPrefix(component.type)),
    createdDate: existing?.createdDate ?? now,
    lastModifiedDate: same && existing !== undefined ? existing.lastModifiedDate : now,
    childIds,
  };
}

function outcome(
  { type, fullName, fileName }: Pick<Component, 'type' | 'fullName' | 'fileName'>,
  id: string,
  kind: Outcome['kind'],
  createdDate: string,
): Outcome {
  return { type, fullName, fileName, id, kind, createdDate };
}

function kindOf(existed: boolean, same: boolean): Outcome['kind'] {
  if (!existed) return 'created';
  return same ? 'unchanged' : 'changed';
}

/** Key under which the store keeps a component. */
export function keyOf({ type, fullName }: Pick<Component, 'type' | 'fullName'>): string {
  return componentKey(type, fullName);
}
