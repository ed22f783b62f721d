import { apexError, ApexList, PlatformObject, type LibraryModule } from '../runtime/index.js';
import { platform } from '../types/types.js';
import { required, text } from './arguments.js';
import { printNode, XmlNode } from './xml-node.js';
import { parseDocument } from './xml-read.js';

/** Dom.Document. */
export class XmlDocument extends PlatformObject {
  override readonly typeName = 'Dom.Document';
  root: XmlNode | null = null;

  /** A document from XML. @throws System.XmlException when it is not well-formed */
  static of(xml: string): XmlDocument {
    const document = new XmlDocument();
    document.root = parseDocument(xml);
    return document;
  }

  toXml(): string {
    return `<?xml version="1.0" encoding="UTF-8"?>${this.root === null ? '' : printNode(this.root)}`;
  }
}

const NODE = platform('Dom.XmlNode');
type Text = string | null;

/** An argument for a namespace or prefix that may also say that there is none. */
const optional = (value: Text): Text => (value === '' ? null : value);

function elementOf(self: XmlNode): XmlNode {
  if (self.kind !== 'ELEMENT') throw apexError('XmlException', 'Operation is only allowed on an element node');
  return self;
}

function attributeAt(self: XmlNode, index: number): XmlNode['attributes'][number] {
  const found = self.attributes[index];
  if (found === undefined) throw apexError('ListException', `List index out of bounds: ${index}`);
  return found;
}

function removeChild(self: XmlNode, child: XmlNode): boolean {
  const at = self.children.indexOf(child);
  if (at < 0) return false;
  self.children.splice(at, 1);
  child.parent = null;
  return true;
}

function insertBefore(self: XmlNode, child: XmlNode, reference: XmlNode | null): XmlNode {
  const at = reference === null ? self.children.length : self.children.indexOf(reference);
  if (at < 0) throw apexError('XmlException', 'The reference node is no child of the node');
  return self.add(child, at);
}

const isElement = (node: XmlNode): boolean => node.kind === 'ELEMENT';

/** Apex Reference Guide: Document, XmlNode. */
export const domModules: readonly LibraryModule[] = [
  {
    owner: 'Dom.Document',
    members: () => ({
      '<init>': () => new XmlDocument(),
      createRootElement: (self: XmlDocument, name: Text, namespace: Text, prefix: Text) => {
        self.root = new XmlNode('ELEMENT', text(name), optional(namespace), optional(prefix));
        self.root.declare(optional(namespace), optional(prefix));
        return self.root;
      },
      getRootElement: (self: XmlDocument) => self.root,
      load: (self: XmlDocument, xml: Text) => {
        self.root = parseDocument(text(xml));
      },
      toXmlString: (self: XmlDocument) => self.toXml(),
    }),
  },
  {
    owner: 'Dom.XmlNode',
    members: (runtime) => ({
      addChildElement: (self: XmlNode, name: Text, namespace: Text, prefix: Text) =>
        elementOf(self).addElement(text(name), optional(namespace), optional(prefix)),
      addCommentNode: (self: XmlNode, comment: Text) => elementOf(self).add(new XmlNode('COMMENT', text(comment))),
      addTextNode: (self: XmlNode, value: Text) => elementOf(self).add(new XmlNode('TEXT', text(value))),
      getAttribute: (self: XmlNode, key: Text, namespace: Text) =>
        self.attribute(text(key), optional(namespace))?.value ?? null,
      getAttributeCount: (self: XmlNode) => self.attributes.length,
      getAttributeKeyAt: (self: XmlNode, index: number) => attributeAt(self, index).name,
      getAttributeKeyNsAt: (self: XmlNode, index: number) => attributeAt(self, index).namespace,
      getAttributeValue: (self: XmlNode, key: Text, namespace: Text) =>
        self.attribute(text(key), optional(namespace))?.value ?? null,
      getAttributeValueNs: (self: XmlNode, key: Text, namespace: Text) =>
        self.attribute(text(key), optional(namespace))?.namespace ?? null,
      getChildElement: (self: XmlNode, name: Text, namespace: Text) =>
        self.children.find(
          (child) => isElement(child) && child.value === text(name) && child.namespace === optional(namespace),
        ) ?? null,
      getChildElements: (self: XmlNode) => new ApexList(NODE, self.children.filter(isElement)),
      getChildren: (self: XmlNode) => new ApexList(NODE, [...self.children]),
      getName: (self: XmlNode) => (isElement(self) ? self.value : null),
      getNamespace: (self: XmlNode) => self.namespace,
      getNamespaceFor: (self: XmlNode, prefix: Text) => self.namespaceFor(text(prefix)),
      getNodeType: (self: XmlNode) => runtime.platformEnum('Dom.XmlNodeType', self.kind),
      getParent: (self: XmlNode) => self.parent,
      getPrefixFor: (self: XmlNode, namespace: Text) => self.prefixFor(text(namespace)),
      getText: (self: XmlNode) => self.text,
      insertBefore: (self: XmlNode, child: XmlNode | null, reference: XmlNode | null) =>
        insertBefore(self, required(child), reference),
      removeAttribute: (self: XmlNode, key: Text, namespace: Text) => {
        const found = self.attribute(text(key), optional(namespace));
        self.attributes = self.attributes.filter((one) => one !== found);
        return found !== undefined;
      },
      removeChild: (self: XmlNode, child: XmlNode | null) => removeChild(self, required(child)),
      setAttribute: (self: XmlNode, key: Text, value: Text) =>
        elementOf(self).setAttribute({ name: text(key), namespace: null, prefix: null, value: text(value, 2) }),
      setAttributeNs: (self: XmlNode, key: Text, value: Text, namespace: Text, prefix: Text) => {
        const [uri, given] = [optional(namespace), optional(prefix)];
        const known = uri === null ? null : (given ?? elementOf(self).prefixFor(uri));
        elementOf(self).declare(uri, known);
        self.setAttribute({ name: text(key), namespace: uri, prefix: known, value: text(value, 2) });
      },
      setNamespace: (self: XmlNode, prefix: Text, namespace: Text) =>
        void elementOf(self).declared.set(prefix ?? '', text(namespace, 2)),
    }),
  },
];
