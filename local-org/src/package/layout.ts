import type { Component } from '../model/index.js';
import { typesInDirectory, type MetadataType } from './metadata-types.js';
import type { ZippedFile } from './zip.js';

/** A file that could not become a component. */
export interface LayoutProblem {
  readonly type: string;
  readonly fullName: string;
  readonly fileName: string;
  readonly message: string;
}

export interface Layout {
  readonly components: readonly Component[];
  readonly problems: readonly LayoutProblem[];
}

const META_SUFFIX = '-meta.xml';
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

interface Found {
  readonly type: MetadataType;
  readonly fullName: string;
  readonly fileName: string;
  content: Buffer | undefined;
  meta: Buffer | undefined;
}

/** Finds the components in the files of a package, by folder and suffix. Paths are relative to the package root. */
export function readLayout(files: readonly ZippedFile[]): Layout {
  const found = new Map<string, Found>();
  const problems: LayoutProblem[] = [];
  for (const file of files) {
    const place = placeOf(file.path);
    if (place === undefined) {
      problems.push({
        type: '',
        fullName: baseName(file.path),
        fileName: file.path,
        message: `No metadata type keeps its components in "${file.path}".`,
      });
      continue;
    }
    const key = `${place.type.type}:${place.fullName}`;
    const entry = found.get(key) ?? { ...place, content: undefined, meta: undefined };
    if (place.isMeta) entry.meta = file.bytes;
    else entry.content ??= file.bytes;
    found.set(key, entry);
  }
  const components = [...found.values()].flatMap((entry) => toComponent(entry, problems));
  return { components, problems };
}

/** Where the file of a component stands in a package in metadata format; undefined for bundles, which are folders. */
export function fileNameOf(type: MetadataType, fullName: string): string | undefined {
  if (type.content === 'bundle') return undefined;
  const suffix = type.suffix === undefined ? '' : `.${type.suffix}`;
  return `${type.directory}/${fullName.split('/').map(encodeName).join('/')}${suffix}`;
}

interface Place {
  readonly type: MetadataType;
  readonly fullName: string;
  /** Content file of the component that the file belongs to. */
  readonly fileName: string;
  readonly isMeta: boolean;
}

function placeOf(path: string): Place | undefined {
  const [directory, ...rest] = path.split('/');
  if (directory === undefined || rest.length === 0) return undefined;
  const candidates = typesInDirectory(directory);
  const isMeta = path.endsWith(META_SUFFIX);
  const fileName = isMeta ? path.slice(0, -META_SUFFIX.length) : path;
  const name = rest.join('/').slice(0, isMeta ? -META_SUFFIX.length : undefined);
  for (const type of candidates) {
    if (type.content === 'bundle') {
      const bundle = rest[0];
      if (bundle !== undefined && rest.length > 1)
        return { type, fullName: decodeName(bundle), fileName: `${directory}/${bundle}`, isMeta: false };
    } else if (
      type.suffix !== undefined &&
      name.endsWith(`.${type.suffix}`) &&
      rest.length <= (type.inFolder ? Infinity : 1)
    ) {
      return { type, fullName: decodeName(name.slice(0, -type.suffix.length - 1)), fileName, isMeta };
    }
  }
  const withoutSuffix = candidates.find(({ suffix, content }) => suffix === undefined && content !== 'bundle');
  return withoutSuffix === undefined
    ? undefined
    : { type: withoutSuffix, fullName: decodeName(name), fileName, isMeta };
}

function toComponent(found: Found, problems: LayoutProblem[]): Component[] {
  const { type, fullName, fileName } = found;
  const report = (message: string, at = fileName): Component[] => {
    problems.push({ type: type.type, fullName, fileName: at, message });
    return [];
  };
  if (type.content === 'bundle') return report(`The local org does not support the metadata type ${type.type}.`);
  if (found.content === undefined)
    return report(
      `The file "${fileName}" is missing: only "${fileName}${META_SUFFIX}" is in the package.`,
      `${fileName}${META_SUFFIX}`,
    );
  const content = decode(found.content);
  if (content === undefined) return report('The file is not UTF-8 text.');
  if (type.content === 'xml') {
    if (found.meta !== undefined)
      return report(`The package holds both "${fileName}" and "${fileName}${META_SUFFIX}".`);
    return [{ type: type.type, fullName, fileName, content, metaXml: undefined }];
  }
  if (found.meta === undefined)
    return report(
      `The file "${fileName}${META_SUFFIX}" is missing: a component of type ${type.type} consists of both.`,
    );
  const metaXml = decode(found.meta);
  if (metaXml === undefined) return report('The file is not UTF-8 text.', `${fileName}${META_SUFFIX}`);
  return [{ type: type.type, fullName, fileName, content, metaXml }];
}

function decode(bytes: Buffer): string | undefined {
  try {
    return utf8.decode(bytes).replace(/^\uFEFF/, '');
  } catch {
    return undefined;
  }
}

/** Names with characters that file systems dislike are percent-encoded in packages: layouts, profiles. */
function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function encodeName(name: string): string {
  return name.replace(
    /[%/\\:*?"<>|()]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
