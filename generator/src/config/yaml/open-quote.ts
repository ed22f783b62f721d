import { isCollection, isMap, isScalar } from 'yaml';
import type { Node } from 'yaml';

/** Where the text in quotes starts that the parser took to reach to `end`. */
export function openQuoteBefore(root: unknown, end: number): number | undefined {
  let node: Node | undefined = isCollection(root) || isScalar(root) ? root : undefined;
  while (node !== undefined && !isScalar(node)) node = lastChildBefore(node, end);
  return node?.range?.[0];
}

function lastChildBefore(node: Node, end: number): Node | undefined {
  if (!isCollection(node)) return undefined;
  const children = isMap(node) ? node.items.flatMap(({ key, value }) => [key, value]) : node.items;
  const nodes = children.filter((child): child is Node => isCollection(child) || isScalar(child));
  return nodes.findLast((child) => (child.range?.[0] ?? end) < end);
}
