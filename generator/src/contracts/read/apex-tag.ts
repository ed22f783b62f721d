import { Node, type JSDocableNode } from 'ts-morph';
import type { ScalarType } from '../../model/index.js';

/** What a scalar is written as in TypeScript. */
export type BaseType = 'string' | 'number' | 'bigint' | 'boolean' | 'Date' | 'unknown';

/** Apex type of each base when no tag says otherwise. */
export const DEFAULT_SCALAR: Readonly<Record<BaseType, ScalarType>> = {
  string: 'String',
  number: 'Decimal',
  bigint: 'Long',
  boolean: 'Boolean',
  Date: 'Datetime',
  unknown: 'Object',
};

/** Types that the tag `@apex` can select, and the bases that each goes with. */
export const TAG_BASES: ReadonlyMap<string, { readonly scalar: ScalarType; readonly bases: readonly BaseType[] }> =
  new Map([
    ['Date', { scalar: 'Date', bases: ['string', 'Date'] }],
    ['Datetime', { scalar: 'Datetime', bases: ['string', 'Date'] }],
    ['Integer', { scalar: 'Integer', bases: ['number'] }],
    ['Long', { scalar: 'Long', bases: ['number', 'bigint'] }],
    ['Decimal', { scalar: 'Decimal', bases: ['number'] }],
    ['Double', { scalar: 'Double', bases: ['number'] }],
    ['Id', { scalar: 'Id', bases: ['string'] }],
    ['Blob', { scalar: 'Blob', bases: ['string'] }],
  ]);

/** An `@apex` tag as written; `node` is the tag, or what it stands at. */
export interface ApexTag {
  readonly node: Node;
  readonly name: string;
}

/** The `@apex` tag of a member or type alias; undefined when there is none. */
export function apexTag(node: JSDocableNode & Node): ApexTag | undefined {
  const docs = node.getJsDocs();
  if (docs.length === 0) {
    const name = /@apex\b[ \t]*(\S*)/.exec(sameLineComment(node))?.[1];
    return name === undefined ? undefined : { node, name };
  }
  const tag = docs.flatMap((doc) => doc.getTags()).find((each) => each.getTagName() === 'apex');
  return tag === undefined ? undefined : { node: tag, name: (tag.getCommentText() ?? '').trim() };
}

/** What the comment of a declaration says, without its tags; empty when there is none. */
export function description(node: Node): string {
  if (!Node.isJSDocable(node)) return '';
  const [untagged = ''] = sameLineComment(node).split('@');
  const text = node.getJsDocs().at(-1)?.getDescription() ?? untagged;
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .join('\n')
    .trim();
}

/** A comment that TypeScript does not count as documentation because it stands on the line of what comes before: `{ /** … *\/ a: string }`. */
function sameLineComment(node: Node): string {
  const before = node.getSourceFile().getFullText().slice(node.getPos(), node.getStart());
  return /\/\*\*(.*?)\*\/\s*$/s.exec(before)?.[1] ?? '';
}
