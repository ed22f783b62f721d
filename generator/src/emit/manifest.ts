import { UserError } from '../errors/index.js';
import type { GeneratedFile } from '../model/index.js';
import { metadataFile } from './metadata-file.js';

/** Phases of a deployment, in order; each needs only what an earlier one brought (PLATFORM 5). */
type Phase = 'foundation' | 'credentials' | 'permissions' | 'flows';

const MANIFESTS: readonly { readonly file: string; readonly phases: readonly Phase[] }[] = [
  { file: '1-foundation.xml', phases: ['foundation'] },
  { file: '2-credentials.xml', phases: ['credentials'] },
  { file: '3-permissions.xml', phases: ['permissions'] },
  { file: '4-flows.xml', phases: ['flows'] },
  { file: 'package.xml', phases: ['foundation', 'credentials', 'permissions', 'flows'] },
];

interface ComponentType {
  /** Name of the type in a manifest. */
  readonly name: string;
  readonly phase: Phase;
  /** True when the component is a file below an object's folder and is listed as `Object.Name`. */
  readonly ofObject?: true;
}

/** Metadata types by the suffix of their files. What an extension is not listed for is not part of a deployment. */
const TYPES: Readonly<Record<string, ComponentType>> = {
  'authprovider-meta.xml': { name: 'AuthProvider', phase: 'credentials' },
  cls: { name: 'ApexClass', phase: 'foundation' },
  'compactLayout-meta.xml': { name: 'CompactLayout', phase: 'foundation', ofObject: true },
  'customPermission-meta.xml': { name: 'CustomPermission', phase: 'foundation' },
  'externalAuthIdentityProvider-meta.xml': { name: 'ExternalAuthIdentityProvider', phase: 'credentials' },
  'externalCredential-meta.xml': { name: 'ExternalCredential', phase: 'credentials' },
  'field-meta.xml': { name: 'CustomField', phase: 'foundation', ofObject: true },
  'flow-meta.xml': { name: 'Flow', phase: 'flows' },
  'layout-meta.xml': { name: 'Layout', phase: 'foundation' },
  'listView-meta.xml': { name: 'ListView', phase: 'foundation', ofObject: true },
  'md-meta.xml': { name: 'CustomMetadata', phase: 'foundation' },
  'namedCredential-meta.xml': { name: 'NamedCredential', phase: 'credentials' },
  'notiftype-meta.xml': { name: 'CustomNotificationType', phase: 'foundation' },
  'object-meta.xml': { name: 'CustomObject', phase: 'foundation' },
  'permissionset-meta.xml': { name: 'PermissionSet', phase: 'permissions' },
  // With its trigger: new settings of a subscriber that runs take effect only after it was suspended and resumed (PLATFORM 3.5).
  'platformEventSubscriberConfig-meta.xml': { name: 'PlatformEventSubscriberConfig', phase: 'foundation' },
  'settings-meta.xml': { name: 'Settings', phase: 'foundation' },
  'tab-meta.xml': { name: 'CustomTab', phase: 'foundation' },
  trigger: { name: 'ApexTrigger', phase: 'foundation' },
  'validationRule-meta.xml': { name: 'ValidationRule', phase: 'foundation', ofObject: true },
};

/** Files that belong to a listed one and are not components themselves. */
const COMPANIONS: ReadonlySet<string> = new Set(['cls-meta.xml', 'trigger-meta.xml']);

/** A component as a manifest lists it. */
interface Component {
  readonly type: ComponentType;
  readonly member: string;
  readonly file: GeneratedFile;
}

/**
 * One manifest for each phase and one for everything, for deployments that must go step by step. Lists exactly the given files.
 *
 * @throws UserError `DuplicateComponentError` when two files are the same component: an org has room for one of them
 */
export function emitManifests(files: readonly GeneratedFile[], version: number): GeneratedFile[] {
  const components = files.flatMap(componentOf);
  refuseDuplicates(components);
  return MANIFESTS.map(({ file, phases }) =>
    metadataFile({ folder: 'manifest', origin: 'config' }, file, 'Package', {
      types: typesOf(components.filter(({ type }) => phases.includes(type.phase))),
      version: version.toFixed(1),
    }),
  );
}

/**
 * Manifests that remove components from an org: the empty package that a deployment needs, and the list of what goes
 * (Metadata API Developer Guide, "Deleting Components from an Organization"). Undefined when the paths hold no component.
 */
export function emitDestructiveChanges(
  paths: readonly string[],
  folder: string,
  version: number,
): { readonly components: number; readonly files: readonly GeneratedFile[] } | undefined {
  const components = paths
    .filter((path) => path.startsWith('force-app/'))
    .flatMap((path) => componentOf({ path, content: '', header: 'none', origin: '' }));
  if (components.length === 0) return undefined;
  const place = { folder, origin: 'config' };
  const types = typesOf(components);
  return {
    components: components.length,
    files: [
      metadataFile(place, 'package.xml', 'Package', { version: version.toFixed(1) }),
      metadataFile(place, 'destructiveChanges.xml', 'Package', { types, version: version.toFixed(1) }),
    ],
  };
}

function typesOf(
  components: readonly Component[],
): readonly { readonly members: readonly string[]; readonly name: string }[] {
  const members = new Map<string, string[]>();
  for (const { type, member } of components) {
    const list = members.get(type.name);
    if (list === undefined) members.set(type.name, [member]);
    else list.push(member);
  }
  return [...members]
    .map(([name, list]) => ({ members: list.toSorted(), name }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function refuseDuplicates(components: readonly Component[]): void {
  const seen = new Map<string, Component>();
  for (const component of components) {
    // Names of components do not differ by case alone.
    const key = `${component.type.name} ${component.member.toLowerCase()}`;
    const first = seen.get(key);
    if (first !== undefined) {
      throw new UserError(
        'DuplicateComponentError',
        `${component.type.name} ${component.member} is wanted by ${first.file.origin} and by ${component.file.origin}.`,
        { actions: ['Give one of them another name.'], data: { files: [first.file.path, component.file.path] } },
      );
    }
    seen.set(key, component);
  }
}

function componentOf(file: GeneratedFile): readonly Component[] {
  const { path } = file;
  const parts = path.split('/');
  const fileName = parts.at(-1) ?? '';
  const suffix = suffixOf(fileName);
  if (COMPANIONS.has(suffix)) return [];
  const type = TYPES[suffix];
  if (type === undefined) throw new Error(`No manifest lists the file ${path}: its metadata type is unknown.`);
  const name = fileName.slice(0, -suffix.length - 1);
  return [{ type, file, member: type.ofObject ? `${parts.at(-3) ?? ''}.${name}` : name }];
}

/** `CalloutPolicy.AccountSync.md-meta.xml` has the suffix `md-meta.xml`, `A.cls` has `cls`, `A.cls-meta.xml` has `cls-meta.xml`. */
function suffixOf(fileName: string): string {
  const end = fileName.endsWith('-meta.xml') ? fileName.length - '-meta.xml'.length : fileName.length;
  return fileName.slice(fileName.lastIndexOf('.', end - 1) + 1);
}
