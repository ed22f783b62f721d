import { child, childrenOf, textOf, walk, type XmlElement } from '../xml/document.js';
import { nodeKinds, resourceKinds } from './elements.js';

/** A named element of a flow: something that runs, or something that holds a value. */
export interface FlowPart {
  readonly name: string;
  /** Element name in the file: `actionCalls`, `variables`. */
  readonly kind: string;
  readonly element: XmlElement;
}

/** A flow file, looked at as a graph. */
export interface FlowModel {
  readonly root: XmlElement;
  readonly start: XmlElement | undefined;
  /** By lower-cased name: what connectors may point to. */
  readonly nodes: ReadonlyMap<string, FlowPart>;
  /** By lower-cased name: what references may start with. Nodes are among them. */
  readonly values: ReadonlyMap<string, FlowPart>;
  /** Every name in the file in document order, doubles included. */
  readonly named: readonly FlowPart[];
}

/** A connector: where it leads, and what it is. */
export interface FlowConnector {
  readonly element: XmlElement;
  readonly target: string;
  readonly fault: boolean;
}

/** Parts inside nodes that have names of their own: outcomes, screen fields, paths of a pause. */
const NESTED: ReadonlyMap<string, readonly string[]> = new Map([
  ['decisions', ['rules']],
  ['screens', ['fields']],
  ['waits', ['waitEvents']],
  ['fields', ['fields']],
]);

const models = new WeakMap<XmlElement, FlowModel>();

/** The graph of a flow file; built once per file. */
export function flowModel(root: XmlElement): FlowModel {
  const known = models.get(root);
  if (known !== undefined) return known;
  const built = build(root);
  models.set(root, built);
  return built;
}

function build(root: XmlElement): FlowModel {
  const named: FlowPart[] = [];
  for (const element of root.children) {
    if (nodeKinds.has(element.local) || resourceKinds.has(element.local)) named.push(...namedParts(element));
  }
  const topLevel = new Set(root.children);
  const index = (parts: readonly FlowPart[]): Map<string, FlowPart> =>
    new Map(parts.toReversed().map((part) => [part.name.toLowerCase(), part]));
  return {
    root,
    start: child(root, 'start'),
    nodes: index(named.filter(({ kind, element }) => nodeKinds.has(kind) && topLevel.has(element))),
    values: index(named),
    named,
  };
}

function* namedParts(element: XmlElement): Generator<FlowPart> {
  const name = textOf(element, 'name');
  if (name !== undefined) yield { name, kind: element.local, element };
  for (const nested of NESTED.get(element.local) ?? []) {
    for (const part of childrenOf(element, nested)) yield* namedParts(part);
  }
}

const CONNECTORS: ReadonlySet<string> = new Set([
  'connector',
  'defaultConnector',
  'faultConnector',
  'nextValueConnector',
  'noMoreValuesConnector',
]);

/** The connectors inside an element, those of its outcomes and paths included. */
export function connectorsOf(element: XmlElement): readonly FlowConnector[] {
  const found: FlowConnector[] = [];
  for (const candidate of walk(element)) {
    const target = CONNECTORS.has(candidate.local) ? textOf(candidate, 'targetReference') : undefined;
    if (target !== undefined) {
      const fault = candidate.local === 'faultConnector';
      found.push({ element: child(candidate, 'targetReference') ?? candidate, target, fault });
    }
  }
  return found;
}

/** `Send_Mail (Action)`: how the platform names an element in front of what is wrong with it. */
export function partTitle({ name, kind }: FlowPart): string {
  return `${name} (${nodeKinds.get(kind)?.label ?? kind})`;
}

/** Names of the nodes that the given connectors lead to, directly or over others, in lower case. */
export function reachableFrom(model: FlowModel, connectors: readonly FlowConnector[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const queue = connectors.map(({ target }) => target.toLowerCase());
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const node = model.nodes.get(next);
    if (node === undefined || seen.has(next)) continue;
    seen.add(next);
    queue.push(...connectorsOf(node.element).map(({ target }) => target.toLowerCase()));
  }
  return seen;
}
