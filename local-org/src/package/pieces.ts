import { metadataType, type ChildMetadataType } from './metadata-types.js';
import { childText, normalizeXml, parseXml, XmlError } from './xml.js';

/** One element directly below the root of a component's file. */
export interface Piece {
  /** Element name: `fields`, `label`. */
  readonly element: string;
  /** Set when the piece is a component of its own. */
  readonly child: ChildMetadataType | undefined;
  /** Full name of that component; the empty string for plain properties. */
  readonly fullName: string;
  /** The element as it stands in the file. */
  readonly text: string;
  /** Offset of `text` in the file, after `normalizeXml`. */
  readonly start: number;
  readonly line: number;
  readonly column: number;
}

const METADATA_NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

/**
 * Takes the file of a type with child components (custom objects, labels, workflows ...) apart.
 * Undefined when the type has no children or its file is malformed; the latter is reported by the checks.
 */
export function splitComponent(type: string, fullName: string, content: string): readonly Piece[] | undefined {
  const children = metadataType(type)?.children ?? [];
  if (children.length === 0) return undefined;
  const text = normalizeXml(content);
  try {
    return parseXml(text).children.map((element) => {
      const child = children.find((candidate) => candidate.element === element.name);
      const name = child === undefined ? '' : (childText(element, child.nameElement) ?? '');
      return {
        element: element.name,
        child,
        fullName: child === undefined || child.standsAlone ? name : `${fullName}.${name}`,
        text: text.slice(element.start, element.end),
        start: element.start,
        line: element.line,
        column: element.column,
      };
    });
  } catch (error) {
    if (error instanceof XmlError) return undefined;
    throw error;
  }
}

/**
 * What the org holds after a component with children was deployed over an earlier one: a deployment adds and replaces
 * children, and never removes one by leaving it out. Properties are replaced only when `replaceProperties` is set (the
 * component itself was named in the manifest) and the new file has any.
 */
export function mergePieces(
  existing: readonly Piece[],
  incoming: readonly Piece[],
  replaceProperties: boolean,
): readonly Piece[] {
  const properties = incoming.filter(isProperty);
  const keepProperties = !replaceProperties || properties.length === 0;
  const children = new Map(
    [...existing, ...incoming].filter((piece) => !isProperty(piece)).map((piece) => [pieceKey(piece), piece]),
  );
  return [...(keepProperties ? existing.filter(isProperty) : properties), ...children.values()];
}

/** Writes a component's file from its pieces: elements in alphabetical order, those of one name together, as the platform exports them. */
export function joinPieces(type: string, pieces: readonly Piece[]): string {
  const sorted = [...pieces].sort((left, right) => compare(left.element, right.element));
  const body = sorted.map((piece) => `    ${piece.text}\n`).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${type} xmlns="${METADATA_NAMESPACE}">\n${body}</${type}>\n`;
}

/** The file without some of its children; what stays keeps its lines and columns. */
export function blankPieces(content: string, pieces: readonly Piece[]): string {
  return pieces.reduce((text, piece) => {
    const end = piece.start + piece.text.length;
    return text.slice(0, piece.start) + piece.text.replace(/[^\n]/g, ' ') + text.slice(end);
  }, normalizeXml(content));
}

/** True for elements that are no component of their own. */
export function isProperty(piece: Piece): boolean {
  return piece.child === undefined;
}

/** True when both mean the same: white space between elements does not count. */
export function samePieces(left: readonly Piece[], right: readonly Piece[]): boolean {
  return (
    left.length === right.length && left.every((piece, at) => compact(piece.text) === compact(right[at]?.text ?? ''))
  );
}

/** Identity of a child within its parent. */
export function pieceKey(piece: Piece): string {
  return `${piece.child?.type ?? ''}:${piece.fullName.toLowerCase()}`;
}

function compact(text: string): string {
  return text.replace(/>\s+</g, '><');
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
