type Visit = (node: object) => void;

/** Visits every node of the syntax tree below a value. Nodes are told by their `range`; types and symbols have none. */
export function walk(value: unknown, visit: Visit): void {
  if (Array.isArray(value)) {
    for (const entry of value) walk(entry, visit);
    return;
  }
  if (
    typeof value !== 'object' ||
    value === null ||
    (!('range' in value) && !('initializer' in value) && !('value' in value))
  )
    return;
  visit(value);
  for (const name of Object.keys(value)) {
    if (name === 'range' || name === 'type') continue;
    const child: unknown = Reflect.get(value, name);
    if (name !== 'target' || isTree(child)) walk(child, visit);
  }
}

/** `target` is a symbol on most nodes, but an expression on an assignment. */
function isTree(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'range' in value;
}
