import type { TypeTable } from '../tables.js';
import { parseMember } from './declaration.js';
import type { TypeSupplement } from './declaration.js';
import { SUPPLEMENT } from './types.js';

/** Namespaces that only the supplement knows. */
export function supplementNames(): readonly string[] {
  return [...new Set(Object.keys(SUPPLEMENT).map((name) => name.slice(0, name.indexOf('.'))))];
}

function merge(name: string, table: TypeTable | undefined, extra: TypeSupplement): TypeTable {
  const added = (extra.members ?? []).map(parseMember);
  const replaced = new Set(added.flatMap((member) => (member.kind === 'method' ? [member.row[0].toLowerCase()] : [])));
  const keep = (table?.m ?? []).filter(([method]) => extra.adds === true || !replaced.has(method.toLowerCase()));
  const constructors = added.flatMap((member) => (member.kind === 'constructor' ? [member.types] : []));
  const ordered = extra.constants ?? [];
  const constants = [...ordered, ...(table?.e ?? []).filter((constant) => !ordered.includes(constant))];
  const superType = extra.extends ?? table?.s;
  const fields = added.flatMap((member) => (member.kind === 'field' ? [member.row] : []));
  const newFields = new Set(fields.map(([field]) => field.toLowerCase()));
  return {
    k: extra.kind ?? table?.k ?? 'class',
    n: table?.n ?? name.slice(name.indexOf('.') + 1),
    ...(superType === undefined ? {} : { s: superType }),
    i: [...(table?.i ?? []), ...(extra.implements ?? [])],
    t: extra.typeParameters ?? table?.t ?? 0,
    ...(table?.a === undefined ? {} : { a: table.a }),
    c: constructors.length > 0 ? constructors : (table?.c ?? []),
    m: [...keep, ...added.flatMap((member) => (member.kind === 'method' ? [member.row] : []))],
    f: [...(table?.f ?? []).filter(([field]) => !newFields.has(field.toLowerCase())), ...fields],
    e: constants,
  };
}

/** The table of a namespace with the supplement's types and members merged in. */
export function supplemented(namespace: string, table: ReadonlyMap<string, TypeTable>): ReadonlyMap<string, TypeTable> {
  const result = new Map(table);
  const prefix = `${namespace}.`;
  for (const [name, extra] of Object.entries(SUPPLEMENT)) {
    if (!name.startsWith(prefix)) continue;
    const key = name.slice(prefix.length).toLowerCase();
    result.set(key, merge(name, table.get(key), extra));
  }
  return result;
}
