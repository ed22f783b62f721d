/**
 * The order in which an org exports elements: alphabetical by name, except for the few that lead: in a flow what every
 * element has (PLATFORM 2.5), in a decomposed part of an object its `fullName`.
 */
const FLOW_ELEMENT = ['description', 'name'];
const FLOW_NODE = [...FLOW_ELEMENT, 'label', 'locationX', 'locationY'];
const NAMED = ['fullName'];

/** The children's names in the order of an export. `depth` 0 is the root element, called `rootName`. */
export function exportOrder(rootName: string, depth: number, names: readonly string[]): readonly string[] {
  const leading = leadingNames(rootName, depth, names);
  const inOrder = names.every((name, at) => at === 0 || compare(leading, names[at - 1] ?? '', name) <= 0);
  // Most elements are written in the order of an export, and there are very many of them.
  return inOrder ? names : names.toSorted((a, b) => compare(leading, a, b));
}

/** By code unit, not by locale: the bytes are the same on every machine. */
function compare(leading: readonly string[], a: string, b: string): number {
  return rank(leading, a) - rank(leading, b) || (a < b ? -1 : a > b ? 1 : 0);
}

function rank(leading: readonly string[], name: string): number {
  const at = leading.indexOf(name);
  return at < 0 ? leading.length : at;
}

const NONE: readonly string[] = [];

function leadingNames(rootName: string, depth: number, names: readonly string[]): readonly string[] {
  if (rootName !== 'Flow') return NAMED;
  if (depth === 0) return NONE;
  return names.includes('locationX') ? FLOW_NODE : FLOW_ELEMENT;
}
