import { SaxesParser, type SaxesTagNS } from 'saxes';
import { apexError } from '../runtime/index.js';
import { XmlNode, type XmlAttribute } from './xml-node.js';

const XMLNS = 'http://www.w3.org/2000/xmlns/';
const orNull = (text: string): string | null => (text === '' ? null : text);

/** Attributes of a tag apart from the namespaces that it declares. */
export function attributesOf(tag: SaxesTagNS): XmlAttribute[] {
  return Object.values(tag.attributes)
    .filter(({ uri }) => uri !== XMLNS)
    .map(({ local, uri, prefix, value }) => ({ name: local, namespace: orNull(uri), prefix: orNull(prefix), value }));
}

/** A parser of documents that come from Apex. @throws System.XmlException from the parser's first complaint */
export function xmlParser(): SaxesParser<{ readonly xmlns: true }> {
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    const position = `[row,col]:[${parser.line},${parser.column}]`;
    throw apexError('XmlException', `ParseError at ${position}\nMessage: ${error.message.replace(/^\d+:\d+: /, '')}`);
  });
  parser.on('doctype', () => {
    throw apexError('XmlException', 'DOCTYPE is disallowed');
  });
  return parser;
}

/** The root element of a document. @throws System.XmlException when it is not well-formed */
export function parseDocument(text: string): XmlNode {
  const parser = xmlParser();
  let root: XmlNode | undefined;
  let at: XmlNode | null = null;
  parser.on('opentag', (tag) => {
    const node: XmlNode = new XmlNode('ELEMENT', tag.local, orNull(tag.uri), orNull(tag.prefix));
    for (const [prefix, uri] of Object.entries(tag.ns)) node.declared.set(prefix, uri);
    node.attributes = attributesOf(tag);
    if (at === null) root = node;
    else at.add(node);
    at = node;
  });
  parser.on('closetag', () => {
    at = at?.parent ?? null;
  });
  const addText = (value: string): void => {
    if (value !== '') at?.add(new XmlNode('TEXT', value));
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('comment', (value) => void at?.add(new XmlNode('COMMENT', value)));
  parser.write(text).close();
  if (root === undefined)
    throw apexError('XmlException', 'ParseError at [row,col]:[1,1]\nMessage: Premature end of file.');
  return root;
}
