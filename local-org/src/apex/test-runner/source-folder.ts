import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';

import type { Component } from '../../model/index.js';

/** Source-format files that belong to an object, by suffix, and the element that the object's file has for them. */
const OBJECT_PARTS: Readonly<Record<string, string>> = {
  '.field-meta.xml': 'fields',
  '.validationRule-meta.xml': 'validationRules',
  '.recordType-meta.xml': 'recordTypes',
  '.fieldSet-meta.xml': 'fieldSets',
  '.sharingReason-meta.xml': 'sharingReasons',
};

/** Where a file of the metadata format has to stand, when its suffix alone would say too little. */
interface FileKind {
  readonly suffix: string;
  readonly type: string;
  readonly folder?: string;
}

/** Types whose component is one file: in source format, and as the metadata format names it. */
const PLAIN: readonly FileKind[] = [
  { suffix: '.md-meta.xml', type: 'CustomMetadata' },
  { suffix: '.md', type: 'CustomMetadata', folder: 'customMetadata' },
  { suffix: '.labels-meta.xml', type: 'CustomLabels' },
  { suffix: '.labels', type: 'CustomLabels' },
  { suffix: '.globalValueSet-meta.xml', type: 'GlobalValueSet' },
  { suffix: '.globalValueSet', type: 'GlobalValueSet' },
  { suffix: '.flow-meta.xml', type: 'Flow' },
  { suffix: '.flow', type: 'Flow' },
  { suffix: '.externalServiceRegistration-meta.xml', type: 'ExternalServiceRegistration' },
  { suffix: '.externalServiceRegistration', type: 'ExternalServiceRegistration' },
  { suffix: '.notiftype-meta.xml', type: 'CustomNotificationType' },
  { suffix: '.notiftype', type: 'CustomNotificationType' },
  { suffix: '.permissionset-meta.xml', type: 'PermissionSet' },
  { suffix: '.permissionset', type: 'PermissionSet' },
  { suffix: '.permissionsetgroup-meta.xml', type: 'PermissionSetGroup' },
  { suffix: '.permissionsetgroup', type: 'PermissionSetGroup' },
  { suffix: '.customPermission-meta.xml', type: 'CustomPermission' },
  { suffix: '.customPermission', type: 'CustomPermission' },
  { suffix: '.externalCredential-meta.xml', type: 'ExternalCredential' },
  { suffix: '.externalCredential', type: 'ExternalCredential' },
  { suffix: '.page', type: 'ApexPage' },
  { suffix: '.component', type: 'ApexComponent' },
];

const APEX: Readonly<Record<string, string>> = { '.cls': 'ApexClass', '.trigger': 'ApexTrigger' };

function filesBelow(path: string): readonly string[] {
  const entries = readdirSync(path, { withFileTypes: true }).toSorted((left, right) =>
    left.name < right.name ? -1 : 1,
  );
  return entries.flatMap((entry) => {
    const full = join(path, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name.startsWith('.') ? [] : filesBelow(full);
    return entry.isFile() ? [full] : [];
  });
}

function plainKind(file: string): FileKind | undefined {
  return PLAIN.find(
    ({ suffix, folder }) =>
      file.endsWith(suffix) && (folder === undefined || file.split(sep).some((part) => part === folder)),
  );
}

function suffixIn(table: Readonly<Record<string, string>>, file: string): string | undefined {
  return Object.keys(table).find((suffix) => file.endsWith(suffix));
}

/** The inner XML of a file's root element. */
function innerXml(xml: string): string {
  return (
    /<[A-Za-z]+[^>]*>([\s\S]*)<\/[A-Za-z]+>\s*$/.exec(
      xml.replace(/^\s*<\?xml[^>]*\?>/, '').replace(/<!--[\s\S]*?-->/g, ''),
    )?.[1] ?? ''
  );
}

/** Name of the object: of its file in the metadata format, otherwise of the folder after `objects`. */
function objectOf(file: string): string | undefined {
  if (file.endsWith('.object')) return basename(file, '.object');
  const parts = file.split(sep);
  const at = parts.lastIndexOf('objects');
  return at < 0 ? undefined : parts[at + 1];
}

interface ObjectFiles {
  main: string | undefined;
  fileName: string;
  readonly parts: string[];
}

/** Puts an object's file and its parts together, as the CLI's conversion does. */
function objectComponent(name: string, files: ObjectFiles): Component {
  const inner = (files.main === undefined ? '' : innerXml(files.main)) + files.parts.join('');
  const content = `<?xml version="1.0" encoding="UTF-8"?>\n<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">${inner}</CustomObject>\n`;
  return { type: 'CustomObject', fullName: name, fileName: files.fileName, content, metaXml: undefined };
}

/**
 * Reads the components that Apex needs from folders in source format or in the older metadata format: classes, triggers, objects with
 * their fields, global value sets, custom metadata records, labels, pages and flows. Other metadata is left alone.
 */
export function readSourceFolders(paths: readonly string[]): readonly Component[] {
  const components: Component[] = [];
  const objects = new Map<string, ObjectFiles>();
  for (const root of paths) {
    for (const file of filesBelow(root)) addFile(file, relative(root, file), components, objects);
  }
  return [...components, ...[...objects].map(([name, files]) => objectComponent(name, files))];
}

function addFile(file: string, shown: string, components: Component[], objects: Map<string, ObjectFiles>): void {
  const apex = suffixIn(APEX, file);
  if (apex !== undefined) {
    components.push({
      type: APEX[apex] ?? '',
      fullName: basename(file, apex),
      fileName: shown,
      content: readFileSync(file, 'utf8'),
      metaXml: metaOf(file),
    });
    return;
  }
  const plain = plainKind(file);
  if (plain !== undefined) {
    components.push({
      type: plain.type,
      fullName: basename(file, plain.suffix),
      fileName: shown,
      content: readFileSync(file, 'utf8'),
      metaXml: undefined,
    });
    return;
  }
  addObjectFile(file, shown, objects);
}

function metaOf(file: string): string | undefined {
  try {
    return readFileSync(`${file}-meta.xml`, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function addObjectFile(file: string, shown: string, objects: Map<string, ObjectFiles>): void {
  const name = objectOf(file);
  const part = suffixIn(OBJECT_PARTS, file);
  if (name === undefined || (part === undefined && !/\.object(-meta\.xml)?$/.test(file))) return;
  let files = objects.get(name);
  if (files === undefined) {
    files = { main: undefined, fileName: shown, parts: [] };
    objects.set(name, files);
  }
  const xml = readFileSync(file, 'utf8');
  const element = part === undefined ? undefined : OBJECT_PARTS[part];
  if (element === undefined) files.main = xml;
  else files.parts.push(`<${element}>${innerXml(xml)}</${element}>`);
}
