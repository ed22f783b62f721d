/**
 * The order in which an org exports elements: alphabetical by name, except for the few that lead: in a flow what every
 * element has (PLATFORM 2.5), in a decomposed part of an object its `fullName`.
 */
const FLOW_ELEMENT = ['description', 'name'];
const FLOW_NODE = [...FLOW_ELEMENT, 'label', 'locationX', 'locationY'];
const NAMED = ['fullName'];

/** A project has few shapes of elements and very many elements: each shape is sorted once. */
const KNOWN = new Map<string, readonly string[]>();

/** The children's names in the order of an export. `depth` 0 is the root element, called `rootName`. */
export function exportOrder(rootName: string, depth: number, names: readonly string[]): readonly string[] {
  const shape = `${rootName === 'Flow' ? Math.min(depth, 1) + 1 : 0} ${names.join(' ')}`;
  const known = KNOWN.get(shape);
  if (known !== undefined) return known;
  const sorted = sortNames(leadingNames(rootName, depth, names), names);
  KNOWN.set(shape, sorted);
  return sorted;
}

/** By code unit, not by locale: the bytes are the same on every machine. */
function sortNames(leading: readonly string[], names: readonly string[]): readonly string[] {
  const rank = (name: string): number => {
    const at = leading.indexOf(name);
    return at < 0 ? leading.length : at;
  };
  return names.toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0));
}

function leadingNames(rootName: string, depth: number, names: readonly string[]): readonly string[] {
  if (rootName !== 'Flow') return NAMED;
  if (depth === 0) return [];
  return names.includes('locationX') ? FLOW_NODE : FLOW_ELEMENT;
}
