import { Document, isCollection, isMap, isScalar, isSeq } from 'yaml';
import type { Node } from 'yaml';
import type { Integration } from '../../model/index.js';
import { toConfig } from './to-config.js';

/**
 * The integration in the language of its file, with every default written out. The text reads as a file again and
 * means the same. `writtenKeys` are the paths that the file sets itself; all other values are marked as defaults.
 */
export function explain(integration: Integration, writtenKeys?: ReadonlySet<string>): string {
  const document = new Document(toConfig(integration), { aliasDuplicateObjects: false });
  document.commentBefore = ` ${integration.source} with every default; its API name is ${integration.apiName}.`;
  if (writtenKeys !== undefined && document.contents !== null) markDefaults(document.contents, '', writtenKeys);
  return document.toString({ lineWidth: 0, singleQuote: true });
}

/** Bodies and paths may be spelt in several ways, and none of their keys has a default. */
const NEVER_DEFAULT = /^requests\.\d+\.body(?:\.|$)/;

function markDefaults(node: Node, path: string, written: ReadonlySet<string>): void {
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      if (isNode(value) && isScalar(key)) markMember(value, join(path, String(key.value)), written);
    }
  } else if (isSeq(node)) {
    for (const [index, item] of node.items.entries())
      if (isNode(item)) markMember(item, join(path, String(index)), written);
  }
}

function markMember(node: Node, path: string, written: ReadonlySet<string>): void {
  if (NEVER_DEFAULT.test(path)) return;
  // An empty list or map cannot carry a comment on its own line; that it is empty says enough.
  if (isCollection(node)) markDefaults(node, path, written);
  else if (!written.has(path)) node.comment = ' default';
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value);
}
