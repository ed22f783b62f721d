import { jsonSchemaOf } from '../schema/index.js';
import type { ConfigKind, JsonSchema } from '../schema/index.js';

/** The order of the keywords in a schema: what a person looks for first comes first. */
const KEYWORDS = [
  '$schema',
  '$ref',
  'title',
  'description',
  'type',
  'const',
  'enum',
  'default',
  'examples',
  'pattern',
  'minimum',
  'maximum',
  'multipleOf',
  'maxLength',
  'minItems',
  'maxItems',
  'items',
  'propertyNames',
  'properties',
  'required',
  'additionalProperties',
  'oneOf',
  'anyOf',
  '$defs',
] as const;

/** The JSON Schema of a kind of file as text, for editors: the same bytes every time. */
export function renderJsonSchema(kind: ConfigKind): string {
  return `${JSON.stringify(arrange(jsonSchemaOf(kind)), null, 2)}\n`;
}

function arrange(schema: JsonSchema): Readonly<Record<string, unknown>> {
  const { defaultNote, ...rest } = schema;
  const entries: Readonly<Record<string, unknown>> =
    defaultNote === undefined ? rest : { ...rest, description: withDefault(schema) };
  const unknown = Object.keys(entries).find((key) => !KEYWORDS.some((keyword) => keyword === key));
  if (unknown !== undefined) throw new Error(`The JSON Schema keyword "${unknown}" has no place in the order.`);
  return Object.fromEntries(
    KEYWORDS.flatMap((keyword) => {
      const value = entries[keyword];
      if (value === undefined || (keyword === 'default' && isEmptyMap(value) && schema.properties !== undefined))
        return [];
      return [[keyword, arrangeMember(keyword, value)]];
    }),
  );
}

function arrangeMember(keyword: (typeof KEYWORDS)[number], value: unknown): unknown {
  if (keyword === 'properties' || keyword === '$defs') {
    return isMap(value)
      ? Object.fromEntries(
          Object.entries(value).map(([key, member]) => [key, isMap(member) ? arrange(member) : member]),
        )
      : value;
  }
  if (keyword === 'oneOf' || keyword === 'anyOf')
    return Array.isArray(value) ? value.map((form: unknown) => (isMap(form) ? arrange(form) : form)) : value;
  if (keyword === 'items' || keyword === 'propertyNames' || keyword === 'additionalProperties')
    return isMap(value) ? arrange(value) : value;
  return value;
}

function isMap(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmptyMap(value: unknown): boolean {
  return isMap(value) && Object.keys(value).length === 0;
}

function withDefault({ description = '', defaultNote = '' }: JsonSchema): string {
  return `${description} Default: ${defaultNote}.`.trim();
}
