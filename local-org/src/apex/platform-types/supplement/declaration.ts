import type { TypeTable } from '../tables.js';

/** What the extracted tables lack or get wrong about one type. */
export interface TypeSupplement {
  readonly kind?: TypeTable['k'];
  readonly extends?: string;
  readonly implements?: readonly string[];
  readonly typeParameters?: number;
  /**
   * `String name(String, Integer)`, `static void run()`, `(String)` for a constructor, `String field` or `static String field`; `abstract`
   * for methods that an implementing class must have. Members replace those of the same name, methods unless `adds` is set.
   */
  readonly members?: readonly string[];
  readonly adds?: true;
  /** Constants of an enum in the order of their ordinals; those that only the tables know come after them. */
  readonly constants?: readonly string[];
}

type MethodRow = readonly [string, number, string, ...string[]];

export type Member =
  | { readonly kind: 'method'; readonly row: MethodRow }
  | { readonly kind: 'constructor'; readonly types: readonly string[] }
  | { readonly kind: 'field'; readonly row: readonly [string, number, string] };

function splitTypes(text: string): readonly string[] {
  const types: string[] = [];
  let depth = 0;
  let current = '';
  for (const char of text.replaceAll(' ', '')) {
    if (char === '<') depth++;
    if (char === '>') depth--;
    if (char === ',' && depth === 0) {
      types.push(current);
      current = '';
    } else {
      current += char;
    }
  }
  return current === '' ? types : [...types, current];
}

/** Reads one member text of a supplement. */
export function parseMember(text: string): Member {
  const match = /^(static |abstract )?(?:([\w.<>,]+) )?(\w+)?(?:\((.*)\))?$/.exec(text);
  if (match === null) throw new Error(`not a member: ${text}`);
  const [, modifier, type, name, parameters] = match;
  if (parameters !== undefined && name === undefined) return { kind: 'constructor', types: splitTypes(parameters) };
  if (type === undefined || name === undefined) throw new Error(`not a member: ${text}`);
  if (parameters === undefined) return { kind: 'field', row: [name, modifier === 'static ' ? 1 : 0, type] };
  const flags = modifier === 'static ' ? 1 : modifier === 'abstract ' ? 2 : 0;
  return { kind: 'method', row: [name, flags, type, ...splitTypes(parameters)] };
}
