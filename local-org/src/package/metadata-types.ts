import { createRequire } from 'node:module';

/** A metadata type whose components live inside the file of their parent: `CustomField` in `CustomObject`. */
export interface ChildMetadataType {
  readonly type: string;
  readonly parentType: string;
  /** Element of the parent's file that holds one component. */
  readonly element: string;
  /** Sub-element that names the component. */
  readonly nameElement: string;
  /** The full name is the component's own name, without `Parent.` before it (custom labels). */
  readonly standsAlone: boolean;
}

/** A metadata type and where its components are found in a package in metadata format. */
export interface MetadataType {
  readonly type: string;
  readonly directory: string;
  readonly suffix: string | undefined;
  /** `xml`: one XML file. `source`: a content file and a `-meta.xml` beside it. `bundle`: a folder of files. */
  readonly content: 'xml' | 'source' | 'bundle';
  /** Components lie in folders, and their full names are `Folder/Name`. */
  readonly inFolder: boolean;
  readonly children: readonly ChildMetadataType[];
}

const CHILD_NAME_ELEMENT = 'fullName';
const SOURCE_ADAPTER = 'matchingContentFile';
const FOLDER_ADAPTERS: ReadonlySet<string> = new Set(['mixedContent', 'bundle', 'digitalExperience', 'uiBundles']);

const types: ReadonlyMap<string, MetadataType> = readRegistry();
const typesByDirectory = groupByDirectory();
const childTypes: ReadonlyMap<string, ChildMetadataType> = new Map(
  [...types.values()].flatMap(({ children }) => children.map((child) => [child.type, child])),
);

/** The type of that name, as the SF CLI's own registry describes it. */
export function metadataType(name: string): MetadataType | undefined {
  return types.get(name);
}

/** The child type of that name. */
export function childMetadataType(name: string): ChildMetadataType | undefined {
  return childTypes.get(name);
}

/** All top-level types. */
export function metadataTypes(): readonly MetadataType[] {
  return [...types.values()];
}

/** Types whose components lie in that folder of a package. */
export function typesInDirectory(directory: string): readonly MetadataType[] {
  return typesByDirectory.get(directory) ?? [];
}

function groupByDirectory(): ReadonlyMap<string, readonly MetadataType[]> {
  const groups = new Map<string, MetadataType[]>();
  for (const type of types.values()) {
    const group = groups.get(type.directory);
    if (group === undefined) groups.set(type.directory, [type]);
    else group.push(type);
  }
  return groups;
}

/**
 * Reads the registry that the SF CLI converts projects with, so that both agree on folders and suffixes. Only the JSON
 * file is loaded: the library around it takes longer to load than the whole server.
 */
function readRegistry(): ReadonlyMap<string, MetadataType> {
  const source: unknown = createRequire(import.meta.url)(
    '@salesforce/source-deploy-retrieve/lib/src/registry/metadataRegistry.json',
  );
  const found = new Map<string, MetadataType>();
  for (const entry of records(property(source, 'types'))) {
    const name = text(entry, 'name');
    const directory = text(entry, 'directoryName');
    if (name === undefined || directory === undefined || property(entry, 'aliasFor') !== undefined) continue;
    const adapter = text(property(entry, 'strategies'), 'adapter');
    const suffix = text(entry, 'suffix');
    found.set(name, {
      type: name,
      directory,
      suffix,
      content: contentKind(adapter, suffix),
      inFolder: property(entry, 'inFolder') === true,
      children: records(property(property(entry, 'children'), 'types')).flatMap((child) => childType(name, child)),
    });
  }
  if (found.size === 0) throw new Error('The metadata registry of @salesforce/source-deploy-retrieve holds no types.');
  return found;
}

/** Static resources have a fixed suffix and a `-meta.xml` in metadata format; the other folder adapters are real folders. */
function contentKind(adapter: string | undefined, suffix: string | undefined): MetadataType['content'] {
  if (adapter === SOURCE_ADAPTER) return 'source';
  if (adapter === undefined || !FOLDER_ADAPTERS.has(adapter)) return 'xml';
  return adapter === 'mixedContent' && suffix !== undefined ? 'source' : 'bundle';
}

function childType(parentType: string, entry: unknown): ChildMetadataType[] {
  const type = text(entry, 'name');
  const element = text(entry, 'xmlElementName') ?? text(entry, 'directoryName');
  if (type === undefined || element === undefined || property(entry, 'isAddressable') === false) return [];
  const nameElement = text(entry, 'uniqueIdElement') ?? CHILD_NAME_ELEMENT;
  return [{ type, parentType, element, nameElement, standsAlone: property(entry, 'ignoreParentName') === true }];
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function records(value: unknown): readonly unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
}

function text(value: unknown, name: string): string | undefined {
  const found = property(value, name);
  return typeof found === 'string' ? found : undefined;
}
