import file from '../../../data/metadata-schema.json' with { type: 'json' };
import { knownGaps } from './knownGaps.js';

/** What an element may hold and how often. */
export interface ElementRule {
  /** `string`, `boolean`, `number`, `date`, `any`, or the name of an enum or of a complex type. */
  readonly type: string;
  readonly many: boolean;
  readonly required: boolean;
}

/** The elements of a complex type, by name. */
export type TypeRule = ReadonlyMap<string, ElementRule>;

function unpack(packed: string): ElementRule {
  const many = packed.endsWith('*');
  const optional = packed.endsWith('?');
  return { type: many || optional ? packed.slice(0, -1) : packed, many, required: !many && !optional };
}

function load(): ReadonlyMap<string, TypeRule> {
  const types = new Map<string, Map<string, ElementRule>>();
  for (const [type, elements] of Object.entries(file.types)) {
    types.set(type, new Map(Object.entries(elements).map(([name, packed]) => [name, unpack(packed)])));
  }
  for (const gap of knownGaps.elements) types.get(gap.type)?.set(gap.element, unpack(gap.rule));
  return types;
}

const types = load();

const enums: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(file.enums).map(([name, values]) => [name, new Set([...values, ...(knownGaps.enums[name] ?? [])])]),
);

/** Elements of a complex type; undefined when the name is not one. */
export const typeRule = (name: string): TypeRule | undefined => types.get(name);

/** Values of an enum; undefined when the name is not one. */
export const enumValues = (name: string): ReadonlySet<string> | undefined => enums.get(name);
