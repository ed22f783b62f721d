import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { componentTypes } from '../../../local-org/src/metadata/index.js';
import type {
  Component,
  Deletion,
  DeployPackage,
  FieldValueType,
  InvocableAction,
  OrgUser,
  OrgView,
  StandardField,
  StandardObject,
  SymbolCatalog,
} from '../../../local-org/src/model/index.js';

/** Files of a package in metadata format: path below its root, and text. */
export type Files = ReadonlyMap<string, string>;

const typeByFolder = new Map([...componentTypes.values()].map((definition) => [definition.folder, definition]));

/** Reads a folder in metadata format. */
export function readFiles(folder: URL): Files {
  const root = fileURLToPath(folder);
  return new Map(
    readdirSync(root, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath}/${entry.name}`)
      .sort()
      .map((path) => [path.slice(root.length).replace(/^\/+/, ''), readFileSync(path, 'utf8')]),
  );
}

/** The components that a package's files make. */
export function components(files: Files): readonly Component[] {
  return [...files].flatMap(([fileName, content]) => {
    const [folder, file] = fileName.split('/');
    const definition = typeByFolder.get(folder ?? '');
    if (definition === undefined || file === undefined || !file.endsWith(`.${definition.suffix}`)) return [];
    const fullName = file.slice(0, -definition.suffix.length - 1);
    const metaXml = definition.metaXml ? files.get(`${fileName}-meta.xml`) : undefined;
    return [{ type: definition.type, fullName, fileName, content, metaXml }];
  });
}

/** A package of these files. */
export function packageOf(files: Files, deletions: readonly Deletion[] = [], apiVersion = '66.0'): DeployPackage {
  return { apiVersion, components: components(files), deletions };
}

const user = (id: string, username: string, active = true): OrgUser => ({
  id,
  username,
  name: username,
  active,
  kind: 'standard',
});

/** Users of the org in tests. */
export const users: readonly OrgUser[] = [
  user('005000000000001AAA', 'admin@example.com'),
  user('005000000000002AAA', 'integration@example.com'),
  user('005000000000003AAA', 'gone@example.com', false),
];

/** An org that holds what these files make. */
export function orgOf(files: Files = new Map()): OrgView {
  const all = components(files);
  return {
    users,
    components: (type) => all.filter((component) => component.type === type),
    component: (type, fullName) =>
      all.find((candidate) => candidate.type === type && candidate.fullName.toLowerCase() === fullName.toLowerCase()),
  };
}

const field = (name: string, valueType: FieldValueType, target?: string): StandardField => ({
  name,
  valueType,
  referenceTo: target === undefined ? [] : [target],
  relationshipName: target === undefined ? undefined : name.replace(/Id$/, ''),
});

function standard(name: string, ...fields: readonly StandardField[]): StandardObject {
  return { name, fields: new Map(fields.map((one) => [one.name.toLowerCase(), one])), childRelationships: [] };
}

const STANDARD_OBJECTS: readonly StandardObject[] = [
  standard('Account', field('Name', 'String'), field('OwnerId', 'Id', 'User'), field('Phone', 'String')),
  standard('Group', field('Name', 'String')),
  standard('User', field('Name', 'String'), field('Alias', 'String'), field('Username', 'String')),
];

const INVOCABLES: Readonly<Record<string, InvocableAction>> = {
  Send: {
    className: 'Send',
    methodName: 'send',
    callout: false,
    inputs: [
      { name: 'recordId', apexType: 'String', required: true },
      { name: 'note', apexType: 'String', required: false },
    ],
    outputs: [{ name: 'queueId', apexType: 'String', required: false }],
  },
  CallNow: {
    className: 'CallNow',
    methodName: 'call',
    callout: true,
    inputs: [{ name: 'recordId', apexType: 'String', required: true }],
    outputs: [{ name: 'message', apexType: 'String', required: false }],
  },
};

/** A small part of what every org has, and the invocable methods of the classes in tests. */
export const catalog: SymbolCatalog = {
  standardObject: (name) => STANDARD_OBJECTS.find((object) => object.name.toLowerCase() === name.toLowerCase()),
  readInvocable: (source) => INVOCABLES[/\bclass (\w+)/.exec(source)?.[1] ?? ''],
};
