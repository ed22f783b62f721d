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
  const rank = (name: string): number => {
    const at = leading.indexOf(name);
    return at < 0 ? leading.length : at;
  };
  // By code unit, not by locale: the bytes are the same on every machine.
  return names.toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0));
}

function leadingNames(rootName: string, depth: number, names: readonly string[]): readonly string[] {
  if (rootName !== 'Flow') return NAMED;
  if (depth === 0) return [];
  return names.includes('locationX') ? FLOW_NODE : FLOW_ELEMENT;
}
