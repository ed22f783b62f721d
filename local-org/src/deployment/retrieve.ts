import {
  childMetadataType,
  fileNameOf,
  joinPieces,
  metadataType,
  splitComponent,
  WILDCARD,
  writePackage,
  type Manifest,
  type ManifestMember,
  type PackagedComponent,
} from '../package/index.js';
import type { OrgState, StoredComponent } from '../store/index.js';

/** A file of a retrieved zip, or a component that a listing names (Metadata API `FileProperties`). */
export interface FileProperties {
  readonly type: string;
  readonly fullName: string;
  readonly fileName: string;
  readonly id: string;
  readonly createdDate: string;
  readonly lastModifiedDate: string;
}

export interface Retrieval {
  readonly zip: Buffer;
  readonly files: readonly FileProperties[];
  /** One per component that was asked for and is not in the org. */
  readonly messages: readonly { readonly fileName: string; readonly problem: string }[];
}

interface Selection {
  readonly whole: Set<StoredComponent>;
  /** Children asked for without their parent. */
  readonly parts: Map<StoredComponent, Set<string>>;
  readonly missing: ManifestMember[];
}

/** Packs what a manifest asks for. `root` is the folder inside the zip, with its slash. */
export function retrieve(state: OrgState, manifest: Manifest, root: string): Retrieval {
  const selection = select(state, manifest);
  const packaged: PackagedComponent[] = [];
  for (const stored of selection.whole) packaged.push(pack(state, stored, undefined));
  for (const [stored, names] of selection.parts)
    if (!selection.whole.has(stored)) packaged.push(pack(state, stored, names));
  const chosen = [...selection.whole, ...[...selection.parts.keys()].filter((stored) => !selection.whole.has(stored))];
  return {
    zip: writePackage(packaged, root),
    files: chosen.map((stored) => ({ ...propertiesOf(stored), fileName: root + stored.fileName })),
    messages: selection.missing.map(({ type, fullName }) => ({
      fileName: `${root}package.xml`,
      problem: `Entity of type '${type}' named '${fullName}' cannot be found`,
    })),
  };
}

/** Components of a type that the org holds, children included. */
export function listComponents(state: OrgState, type: string): readonly FileProperties[] {
  const child = childMetadataType(type);
  if (child === undefined)
    return state
      .all()
      .filter((stored) => stored.type === type)
      .map(propertiesOf);
  return state
    .all()
    .filter((stored) => stored.type === child.parentType)
    .flatMap((parent) =>
      childrenOf(parent, type).map(({ fullName, key }) => ({
        ...propertiesOf(parent),
        type,
        fullName,
        id: parent.childIds[key] ?? parent.id,
      })),
    );
}

function select(state: OrgState, manifest: Manifest): Selection {
  const selection: Selection = { whole: new Set(), parts: new Map(), missing: [] };
  for (const member of manifest.members) {
    const child = childMetadataType(member.type);
    const found =
      child === undefined
        ? selectWhole(state, member, selection)
        : selectParts(state, member, child.parentType, selection);
    if (!found && member.fullName !== WILDCARD) selection.missing.push(member);
  }
  return selection;
}

function selectWhole(state: OrgState, { type, fullName }: ManifestMember, { whole }: Selection): boolean {
  if (fullName !== WILDCARD) {
    const stored = state.stored(type, fullName);
    if (stored !== undefined) whole.add(stored);
    return stored !== undefined;
  }
  // For objects `*` means the custom ones: standard objects are retrieved by name only.
  const matching = state
    .all()
    .filter((stored) => stored.type === type && (type !== 'CustomObject' || stored.fullName.includes('__')));
  for (const stored of matching) whole.add(stored);
  return matching.length > 0;
}

function selectParts(
  state: OrgState,
  { type, fullName }: ManifestMember,
  parentType: string,
  { parts }: Selection,
): boolean {
  let found = false;
  for (const parent of state.all().filter((stored) => stored.type === parentType)) {
    for (const candidate of childrenOf(parent, type)) {
      if (fullName !== WILDCARD && candidate.fullName.toLowerCase() !== fullName.toLowerCase()) continue;
      parts.set(parent, (parts.get(parent) ?? new Set()).add(candidate.key));
      found = true;
    }
  }
  return found;
}

function childrenOf(
  parent: StoredComponent,
  type: string,
): readonly { readonly fullName: string; readonly key: string }[] {
  return (splitComponent(parent.type, parent.fullName, parent.content) ?? [])
    .filter(({ child }) => child?.type === type)
    .map(({ fullName }) => ({ fullName, key: `${type}:${fullName.toLowerCase()}` }));
}

function pack(state: OrgState, stored: StoredComponent, only: ReadonlySet<string> | undefined): PackagedComponent {
  const component = state.component(stored.type, stored.fullName) ?? { ...stored, metaXml: stored.metaXml };
  const pieces = splitComponent(stored.type, stored.fullName, stored.content) ?? [];
  const children = pieces.filter(
    ({ child, fullName }) => child !== undefined && (only?.has(`${child.type}:${fullName.toLowerCase()}`) ?? true),
  );
  const childMembers = children.flatMap(({ child, fullName }) =>
    child === undefined ? [] : [{ type: child.type, fullName }],
  );
  if (only !== undefined)
    return { component: { ...component, content: joinPieces(stored.type, children) }, members: childMembers };
  return { component, members: [{ type: stored.type, fullName: stored.fullName }, ...childMembers] };
}

function propertiesOf({
  type,
  fullName,
  fileName,
  id,
  createdDate,
  lastModifiedDate,
}: StoredComponent): FileProperties {
  const known = metadataType(type);
  const canonical = known === undefined ? undefined : fileNameOf(known, fullName);
  return { type, fullName, fileName: canonical ?? fileName, id, createdDate, lastModifiedDate };
}
