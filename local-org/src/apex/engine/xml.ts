import { XMLParser } from 'fast-xml-parser';

const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, htmlEntities: true });

type Node = Readonly<Record<string, unknown>>;

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The root element of a metadata file that was checked when it was deployed; empty when it has another one. */
export function rootOf(xml: string, element: string): Node {
  const parsed: unknown = parser.parse(xml);
  const root = isNode(parsed) ? parsed[element] : undefined;
  return isNode(root) ? root : {};
}

/** Text of a child element. */
export function textOf(node: Node, name: string): string | undefined {
  const value = node[name];
  return typeof value === 'string' ? value : undefined;
}

/** The child elements of a name, however many there are. */
export function nodesOf(node: Node, name: string): readonly Node[] {
  const value = node[name];
  return (Array.isArray(value) ? value : [value]).filter(isNode);
}
