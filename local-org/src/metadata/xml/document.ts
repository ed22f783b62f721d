/** A place in a file, from 1, as the platform counts: right behind the start tag that it is about. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** An attribute with its namespace resolved. */
export interface XmlAttribute {
  readonly local: string;
  readonly uri: string;
  readonly value: string;
}

/** An element with its place in the file. */
export interface XmlElement {
  readonly local: string;
  readonly uri: string;
  readonly at: Position;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  /** Character data directly inside the element, entities resolved, untrimmed. */
  readonly text: string;
  /** Namespace prefixes declared on this element, for qualified names inside attribute values. */
  readonly prefixes: Readonly<Record<string, string>>;
}

/** First direct child with that name. */
export function child(element: XmlElement, local: string): XmlElement | undefined {
  return element.children.find((candidate) => candidate.local === local);
}

/** All direct children with that name. */
export function childrenOf(element: XmlElement, local: string): readonly XmlElement[] {
  return element.children.filter((candidate) => candidate.local === local);
}

/** Trimmed text of a direct child; undefined when the child is missing or empty. */
export function textOf(element: XmlElement, local: string): string | undefined {
  const text = child(element, local)?.text.trim();
  return text === '' ? undefined : text;
}

/** Whether a direct boolean child says true; the metadata default of a missing one is false. */
export function isTrue(element: XmlElement, local: string): boolean {
  const text = textOf(element, local);
  return text === 'true' || text === '1';
}

/** The element and everything below it, in document order. */
export function* walk(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const below of element.children) yield* walk(below);
}
