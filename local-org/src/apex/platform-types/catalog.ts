import { platformTypeFrom } from './platform-type.js';
import type { PlatformType } from './platform-type.js';
import { supplemented, supplementNames } from './supplement/index.js';
import { readNamespaces, readTypes } from './tables.js';
import type { TypeTable } from './tables.js';

let spellings: ReadonlyMap<string, string> | undefined;
const tables = new Map<string, ReadonlyMap<string, TypeTable>>();
const types = new Map<string, PlatformType | undefined>();

/** The platform's spelling of a namespace; undefined when there is none of that name. */
export function namespaceName(name: string): string | undefined {
  spellings ??= new Map(
    [...readNamespaces(), ...supplementNames()].map((namespace) => [namespace.toLowerCase(), namespace]),
  );
  return spellings.get(name.toLowerCase());
}

function namespaceTable(namespace: string): ReadonlyMap<string, TypeTable> {
  const known = tables.get(namespace);
  if (known !== undefined) return known;
  const table = supplemented(namespace, readNamespaces().includes(namespace) ? readTypes(namespace) : new Map());
  tables.set(namespace, table);
  return table;
}

/** Types that the platform makes from metadata, by the prefix of their name: a flow's interview, a Visualforce component, a DataWeave script. */
const GENERATED: readonly (readonly [string, string, readonly string[]])[] = [
  ['Flow.Interview.', 'Flow.Interview', ['Map<String,Object>']],
  ['Component.', 'ApexPages.Component', []],
  ['DataWeaveScriptResource.', 'DataWeave.Script', []],
];

function generatedType(fullName: string): PlatformType | undefined {
  const found = GENERATED.find(([prefix]) => fullName.toLowerCase().startsWith(prefix.toLowerCase()));
  if (found === undefined) return undefined;
  const [prefix, base, parameters] = found;
  const name = fullName.slice(prefix.length);
  const namespace = prefix.slice(0, -1);
  return platformTypeFrom({ k: 'class', n: name, s: base, c: [parameters] }, namespace);
}

/** Types that a second namespace has, too (old code, Visualforce Developer Guide). */
const ALIASES: ReadonlyMap<string, string> = new Map([['apexpages.pagereference', 'System.PageReference']]);

/** Type by full name, any letter case: `System.HttpRequest`, `Messaging.InboundEmail.Header`. */
export function platformType(fullName: string): PlatformType | undefined {
  const key = fullName.toLowerCase();
  if (types.has(key)) return types.get(key);
  const alias = ALIASES.get(key);
  if (alias !== undefined) return platformType(alias);
  const dot = fullName.indexOf('.');
  const namespace = namespaceName(fullName.slice(0, dot));
  const table = namespace === undefined ? undefined : namespaceTable(namespace).get(key.slice(dot + 1));
  const type =
    table === undefined || namespace === undefined ? generatedType(fullName) : platformTypeFrom(table, namespace);
  types.set(key, type);
  return type;
}

/** Namespaces whose types need no qualifier, in the order in which they are searched. */
const IMPLICIT = ['System', 'Schema'];

/** Type by the name that a class may use: `HttpRequest`, `SObjectType`, `System.HttpRequest`, `Database.SaveResult`. */
export function findPlatformType(name: string): PlatformType | undefined {
  if (name.includes('.')) {
    const found = platformType(name);
    if (found !== undefined) return found;
  }
  for (const namespace of IMPLICIT) {
    const found = platformType(`${namespace}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
