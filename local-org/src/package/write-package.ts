import { zipSync, type Zippable } from 'fflate';
import type { Component } from '../model/index.js';
import { API_VERSION } from './manifest.js';
import { escapeXml } from './xml.js';

/** A component and the names by which a manifest has to list it. */
export interface PackagedComponent {
  readonly component: Component;
  readonly members: readonly { readonly type: string; readonly fullName: string }[];
}

/** Zips components in metadata format, with the package.xml that lists them. `root` is the folder inside the zip: `unpackaged/`, or empty. */
export function writePackage(components: readonly PackagedComponent[], root: string): Buffer {
  const files: Zippable = {};
  for (const { component } of components) {
    files[`${root}${component.fileName}`] = Buffer.from(component.content, 'utf8');
    if (component.metaXml !== undefined)
      files[`${root}${component.fileName}-meta.xml`] = Buffer.from(component.metaXml, 'utf8');
  }
  files[`${root}package.xml`] = Buffer.from(writeManifest(components.flatMap(({ members }) => members)), 'utf8');
  return Buffer.from(zipSync(files, { level: 6 }));
}

function writeManifest(members: readonly { readonly type: string; readonly fullName: string }[]): string {
  const byType = new Map<string, Set<string>>();
  for (const { type, fullName } of members) byType.set(type, (byType.get(type) ?? new Set()).add(fullName));
  const types = [...byType]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([type, names]) => {
      const lines = [...names].sort().map((name) => `        <members>${escapeXml(name)}</members>\n`);
      return `    <types>\n${lines.join('')}        <name>${escapeXml(type)}</name>\n    </types>\n`;
    });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Package xmlns="http://soap.sforce.com/2006/04/metadata">\n${types.join('')}    <version>${API_VERSION}</version>\n</Package>\n`;
}
