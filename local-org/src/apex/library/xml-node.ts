import { PlatformObject } from '../runtime/index.js';

/** An attribute of an element; `namespace` and `prefix` are null where it has none. */
export interface XmlAttribute {
  readonly name: string;
  readonly namespace: string | null;
  readonly prefix: string | null;
  readonly value: string;
}

/** Dom.XmlNode: an element, a text or a comment. */
export class XmlNode extends PlatformObject {
  override readonly typeName = 'Dom.XmlNode';
  parent: XmlNode | null = null;
  readonly children: XmlNode[] = [];
  attributes: XmlAttribute[] = [];
  /** Namespaces that the element declares, by prefix; the empty one is the default. */
  readonly declared = new Map<string, string>();

  constructor(
    readonly kind: 'ELEMENT' | 'TEXT' | 'COMMENT',
    /** Name of an element; what a text or comment says. */
    readonly value: string,
    readonly namespace: string | null = null,
    readonly prefix: string | null = null,
  ) {
    super();
  }

  /** Puts a node below this one, at the end unless it stands before another. */
  add(child: XmlNode, before = this.children.length): XmlNode {
    child.parent = this;
    this.children.splice(before, 0, child);
    return child;
  }

  /** An element below this one, which declares its namespace where nothing above has. */
  addElement(name: string, namespace: string | null, prefix: string | null): XmlNode {
    const child = this.add(new XmlNode('ELEMENT', name, namespace, prefix));
    child.declare(namespace, prefix);
    return child;
  }

  declare(namespace: string | null, prefix: string | null): void {
    if (namespace !== null && this.namespaceFor(prefix ?? '') !== namespace) this.declared.set(prefix ?? '', namespace);
  }

  namespaceFor(prefix: string): string | null {
    return this.declared.get(prefix) ?? this.parent?.namespaceFor(prefix) ?? null;
  }

  prefixFor(namespace: string): string | null {
    for (const [prefix, declared] of this.declared) if (declared === namespace) return prefix;
    return this.parent?.prefixFor(namespace) ?? null;
  }

  attribute(name: string, namespace: string | null): XmlAttribute | undefined {
    return this.attributes.find((one) => one.name === name && one.namespace === namespace);
  }

  setAttribute(attribute: XmlAttribute): void {
    const at = this.attributes.findIndex(
      ({ name, namespace }) => name === attribute.name && namespace === attribute.namespace,
    );
    if (at < 0) this.attributes.push(attribute);
    else this.attributes[at] = attribute;
  }

  /** The texts right below an element; what a text or comment says itself. */
  get text(): string {
    if (this.kind !== 'ELEMENT') return this.value;
    return this.children.map((child) => (child.kind === 'TEXT' ? child.value : '')).join('');
  }
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text between tags. */
export const escapedText = (text: string): string => text.replace(/[&<>]/g, (found) => ENTITIES[found] ?? found);

/** A value between double quotes. */
export const escapedValue = (text: string): string => text.replace(/[&<"]/g, (found) => ENTITIES[found] ?? found);

/** A name with its prefix. */
export const qualified = (prefix: string | null, name: string): string =>
  prefix === null || prefix === '' ? name : `${prefix}:${name}`;

/** A node as XML. */
export function printNode(node: XmlNode): string {
  if (node.kind === 'TEXT') return escapedText(node.value);
  if (node.kind === 'COMMENT') return `<!--${node.value}-->`;
  const name = qualified(node.prefix, node.value);
  const namespaces = [...node.declared].map(
    ([prefix, uri]) => ` ${prefix === '' ? 'xmlns' : `xmlns:${prefix}`}="${escapedValue(uri)}"`,
  );
  const attributes = node.attributes.map((one) => ` ${qualified(one.prefix, one.name)}="${escapedValue(one.value)}"`);
  const start = `<${name}${namespaces.join('')}${attributes.join('')}`;
  return node.children.length === 0 ? `${start} />` : `${start}>${node.children.map(printNode).join('')}</${name}>`;
}
