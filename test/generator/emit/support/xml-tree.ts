import { SaxesParser } from 'saxes';

/** An element of a parsed document; `text` is its own character data. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlNode[];
  text: string;
}

/** Parses a well-formed document; throws where it is not. */
export function parseXml(xml: string): XmlNode {
  const parser = new SaxesParser();
  const document: XmlNode = { name: '', attributes: {}, children: [], text: '' };
  const open: XmlNode[] = [document];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const node: XmlNode = { name, attributes, children: [], text: '' };
    open.at(-1)?.children.push(node);
    open.push(node);
  });
  parser.on('text', (text) => {
    const node = open.at(-1);
    if (node !== undefined) node.text += text;
  });
  parser.on('closetag', () => open.pop());
  parser.write(xml).close();
  const root = document.children[0];
  if (root === undefined) throw new Error('The document has no root element.');
  return root;
}

export function childrenOf(node: XmlNode, name: string): readonly XmlNode[] {
  return node.children.filter((child) => child.name === name);
}

/** Text of the element at a path of names below `node`, the first one where there are several; undefined when there is none. */
export function textAt(node: XmlNode, ...path: readonly string[]): string | undefined {
  let at: XmlNode | undefined = node;
  for (const name of path) at = at === undefined ? undefined : childrenOf(at, name)[0];
  return at?.text;
}

/** An element as plain data: text, or an object of lists. Makes expectations short. */
export function asData(node: XmlNode): unknown {
  if (node.children.length === 0) return node.text;
  const data: Record<string, unknown> = {};
  for (const name of new Set(node.children.map((child) => child.name))) {
    const values = childrenOf(node, name).map(asData);
    data[name] = values.length === 1 ? values[0] : values;
  }
  return data;
}
