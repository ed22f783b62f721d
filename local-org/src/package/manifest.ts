import { childMetadataType, metadataType } from './metadata-types.js';
import { childText, normalizeXml, parseXml, XmlError, type XmlElement } from './xml.js';

/** One `members` entry of a manifest. */
export interface ManifestMember {
  readonly type: string;
  /** `*` stands for all components of the type. */
  readonly fullName: string;
  readonly line: number;
  readonly column: number;
}

/** A parsed package.xml or destructiveChanges.xml. */
export interface Manifest {
  readonly members: readonly ManifestMember[];
  /** `66.0`; undefined in destructive manifests, which may leave it out. */
  readonly version: string | undefined;
  /** True when the component is named, or covered by `*`. */
  covers(type: string, fullName: string): boolean;
}

/** One thing wrong with a manifest. */
export interface ManifestProblem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly type: string;
  readonly fullName: string;
}

export interface ManifestReading {
  readonly manifest: Manifest;
  readonly problems: readonly ManifestProblem[];
}

export const WILDCARD = '*';
/** The local org speaks one platform release; older clients are served, newer ones are not. */
export const API_VERSION = '66.0';
const OLDEST_API_VERSION = 20;
const PACKAGE_ELEMENTS: ReadonlySet<string> = new Set([
  'types',
  'version',
  'fullName',
  'description',
  'namespacePrefix',
  'apiAccessLevel',
  'postInstallClass',
  'setupWeblink',
  'uninstallClass',
  'objectPermissions',
]);

/** Reads a manifest file. Malformed XML is a problem like the others. */
export function readManifest(text: string): ManifestReading {
  try {
    return readManifestElement(parseXml(normalizeXml(text)));
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    const problem = {
      message: `Error parsing file: ${error.message}`,
      line: error.line,
      column: error.column,
      type: '',
      fullName: '',
    };
    return { manifest: manifest([], undefined), problems: [problem] };
  }
}

/** Reads the `Package` structure, be it the root of a file or the `unpackaged` part of a retrieve request. */
export function readManifestElement(root: XmlElement): ManifestReading {
  const problems: ManifestProblem[] = [];
  const report = (at: XmlElement, message: string, type = '', fullName = ''): void => {
    problems.push({ message, line: at.line, column: at.column, type, fullName });
  };
  const members: ManifestMember[] = [];
  for (const element of root.children) {
    if (element.name === 'types') members.push(...readTypes(element, report));
    else if (!PACKAGE_ELEMENTS.has(element.name)) {
      report(
        element,
        `Error parsing file: Element {http://soap.sforce.com/2006/04/metadata}${element.name} invalid at this location in type Package`,
      );
    }
  }
  const version = childText(root, 'version');
  if (version !== undefined && !isKnownVersion(version)) {
    report(
      root,
      `Unsupported API version "${version}" in package.xml: the local org supports ${OLDEST_API_VERSION}.0 to ${API_VERSION}.`,
    );
  }
  return { manifest: manifest(members, version), problems };
}

/** True for `NN.0` versions that the local org can serve. */
export function isKnownVersion(version: string): boolean {
  return /^\d{2}\.0$/.test(version) && Number(version) >= OLDEST_API_VERSION && Number(version) <= Number(API_VERSION);
}

function readTypes(
  element: XmlElement,
  report: (at: XmlElement, message: string, type?: string) => void,
): ManifestMember[] {
  const type = childText(element, 'name');
  if (type === undefined || type === '') {
    report(element, 'Required field is missing: name');
    return [];
  }
  if (metadataType(type) === undefined && childMetadataType(type) === undefined) {
    report(element, `Unknown type name '${type}' specified in package.xml`, type);
    return [];
  }
  return element.children
    .filter(({ name }) => name === 'members')
    .map((member) => ({ type, fullName: member.text.trim(), line: member.line, column: member.column }));
}

function manifest(members: readonly ManifestMember[], version: string | undefined): Manifest {
  const named = new Set(members.map(({ type, fullName }) => key(type, fullName)));
  return {
    members,
    version,
    covers: (type, fullName) => named.has(key(type, fullName)) || named.has(key(type, WILDCARD)),
  };
}

function key(type: string, fullName: string): string {
  return `${type}:${fullName.toLowerCase()}`;
}
