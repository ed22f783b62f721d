import { ANY, NULL, PRIMITIVES, VOID, listOf, mapOf, platform, setOf, sobject } from '../types/types.js';
import type { ApexType, PrimitiveName } from '../types/types.js';

function isPrimitive(name: string): name is PrimitiveName {
  return Object.hasOwn(PRIMITIVES, name);
}

const cache = new Map<string, ApexType>();

/** Splits `A,B<C,D>` at its outer commas. */
function splitArguments(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '<') depth++;
    else if (char === '>') depth--;
    else if (char === ',' && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

function build(text: string): ApexType {
  if (text === 'void') return VOID;
  if (text === 'any') return ANY;
  if (text === 'null') return NULL;
  if (isPrimitive(text)) return PRIMITIVES[text];
  const parameter = /^T(\d)$/.exec(text);
  if (parameter) return { kind: 'parameter', index: Number(parameter[1]) };
  const open = text.indexOf('<');
  const name = open < 0 ? text : text.slice(0, open);
  const args = open < 0 ? [] : splitArguments(text.slice(open + 1, -1)).map((part) => typeFromText(part.trim()));
  const [first = ANY, second = ANY] = args;
  if (name === 'List') return listOf(first);
  if (name === 'Set') return setOf(first);
  if (name === 'Map') return mapOf(first, second);
  return name.includes('.') ? platform(name, args) : sobject(name);
}

/**
 * Type of a table's type text: `String`, `Map<Id,SObject>`, `System.HttpRequest`, `T0` for the first type parameter, `any`. A name
 * without a dot that is no primitive is an object.
 */
export function typeFromText(text: string): ApexType {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const type = build(text);
  cache.set(text, type);
  return type;
}
