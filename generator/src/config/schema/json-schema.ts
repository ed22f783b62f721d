import * as z from 'zod';
import { environmentSchema } from './environment.js';
import { integrationSchema } from './integration.js';

/** The part of JSON Schema (2020-12) that our schemas use. */
export interface JsonSchema {
  readonly $schema?: string;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly title?: string;
  readonly description?: string;
  readonly defaultNote?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly propertyNames?: JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
}

export type ConfigKind = 'integration' | 'environment';

const SCHEMAS = { integration: integrationSchema, environment: environmentSchema } as const;
const TITLES: Readonly<Record<ConfigKind, string>> = { integration: 'Integration', environment: 'Environment' };
const made = new Map<ConfigKind, JsonSchema>();

/** The JSON Schema of a kind of file, made from the schema that the generator itself checks with. Made once. */
export function jsonSchemaOf(kind: ConfigKind): JsonSchema {
  const known = made.get(kind);
  if (known !== undefined) return known;
  const schema: JsonSchema = { title: TITLES[kind], ...toPlain(z.toJSONSchema(SCHEMAS[kind], { io: 'input' })) };
  made.set(kind, schema);
  return schema;
}

/** Zod's own type allows anything; what we emit is a subset of `JsonSchema`. */
function toPlain(schema: z.core.JSONSchema.BaseSchema): JsonSchema {
  const text = JSON.stringify(schema);
  const plain: JsonSchema = JSON.parse(text);
  return plain;
}

/** Follows a reference to the `$defs` of the root; what stands beside the reference wins. */
export function resolve(root: JsonSchema, schema: JsonSchema): JsonSchema {
  const name = schema.$ref?.replace('#/$defs/', '');
  return name === undefined ? schema : { ...root.$defs?.[name], ...schema };
}

/**
 * The schema of the value at `path`, or undefined. Where a value has several forms, the data decide: a map takes the
 * form whose constants it matches, or else the one that knows most of its keys.
 */
export function schemaAt(root: JsonSchema, path: readonly (string | number)[], data: unknown): JsonSchema | undefined {
  let schema: JsonSchema | undefined = chooseForm(root, root, data);
  let value = data;
  for (const step of path) {
    value = memberOf(value, step);
    const next: JsonSchema | undefined = typeof step === 'number' ? schema?.items : childOf(schema, step);
    if (next === undefined) return undefined;
    schema = chooseForm(root, resolve(root, next), value);
  }
  return schema;
}

/** The keys that a schema knows; those of all its forms when no form is certain. */
export function keysOf(root: JsonSchema, schema: JsonSchema | undefined): readonly string[] {
  const forms = (schema?.oneOf ?? schema?.anyOf ?? []).map((form) => resolve(root, form));
  return [schema, ...forms].flatMap((form) => Object.keys(form?.properties ?? {}));
}

function childOf(schema: JsonSchema | undefined, key: string): JsonSchema | undefined {
  const own = schema?.properties?.[key];
  if (own !== undefined) return own;
  return typeof schema?.additionalProperties === 'object' ? schema.additionalProperties : undefined;
}

function chooseForm(root: JsonSchema, schema: JsonSchema, data: unknown): JsonSchema {
  const forms = (schema.oneOf ?? schema.anyOf)?.map((form) => resolve(root, form));
  if (forms === undefined || typeof data !== 'object' || data === null) return schema;
  const maps = forms.filter((form) => form.properties !== undefined || form.additionalProperties !== undefined);
  const exact = maps.find((form) => constantsMatch(form, data));
  if (exact !== undefined) return exact;
  const known = (form: JsonSchema): number => Object.keys(form.properties ?? {}).filter((key) => key in data).length;
  const best = maps.toSorted((left, right) => known(right) - known(left))[0];
  return best !== undefined && (maps.length === 1 || known(best) > 0) ? best : schema;
}

function constantsMatch(form: JsonSchema, data: object): boolean {
  const constants = Object.entries(form.properties ?? {}).filter(([, property]) => property.const !== undefined);
  return constants.length > 0 && constants.every(([key, property]) => memberOf(data, key) === property.const);
}

/** The member of a map or list, undefined when there is none. */
export function memberOf(data: unknown, step: string | number): unknown {
  if (Array.isArray(data) && typeof step === 'number') return data[step];
  if (typeof data !== 'object' || data === null || !Object.hasOwn(data, step)) return undefined;
  const member: unknown = Reflect.get(data, step);
  return member;
}
