import { jsonSchemaOf, resolve } from '../schema/index.js';
import type { ConfigKind, JsonSchema } from '../schema/index.js';
import { referenceIntroduction, referenceMergeFields } from './reference-text.js';
import { allRules } from './rules.js';

/** The configuration reference in Markdown, made from the schema and the rules. */
export function renderReference(): string {
  const lines = [
    referenceIntroduction,
    '## Integrations',
    '',
    'One file in `config/integrations` is one integration. Its name is the name of the file.',
    '',
    ...renderKind('integration'),
    referenceMergeFields,
    '## Environments',
    '',
    'One file in `config/environments` is one org that the project is deployed to.',
    '',
    ...renderKind('environment'),
    '## Checks',
    '',
    'Every problem of every file is reported in one run, with its place, the reason and the fix. Errors stop the generation, warnings do not.',
    '',
    '| code | severity | what is checked | why |',
    '|---|---|---|---|',
    ...allRules().map(
      ({ code, severity, summary, reason }) => `| \`${code}\` | ${severity} | ${cell(summary)} | ${cell(reason)} |`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function renderKind(kind: ConfigKind): readonly string[] {
  const root = jsonSchemaOf(kind);
  return renderMap(root, root, []);
}

interface Property {
  readonly key: string;
  readonly schema: JsonSchema;
  readonly required: boolean;
}

/** A table of the keys of a map, then a section for each key that holds maps of its own. */
function renderMap(root: JsonSchema, schema: JsonSchema, path: readonly string[]): readonly string[] {
  const properties = propertiesOf(root, schema);
  return [...table(root, properties), ...properties.flatMap((property) => renderNested(root, property, path))];
}

function propertiesOf(root: JsonSchema, schema: JsonSchema): readonly Property[] {
  const required = new Set(schema.required);
  return Object.entries(schema.properties ?? {}).map(([key, member]) => ({
    key,
    schema: resolve(root, member),
    required: required.has(key),
  }));
}

function table(root: JsonSchema, properties: readonly Property[]): readonly string[] {
  const rows = properties.map(({ key, schema, required }) => {
    const example = schema.examples?.[0];
    const shown = example === undefined ? '' : ` Example: ${code(example)}.`;
    return `| \`${key}\` | ${cell(typeName(root, schema))} | ${cell(required ? '**required**' : defaultOf(schema))} | ${cell(`${schema.description ?? ''}${shown}`)} |`;
  });
  return ['| key | value | default | meaning |', '|---|---|---|---|', ...rows, ''];
}

function renderNested(root: JsonSchema, { key, schema }: Property, path: readonly string[]): readonly string[] {
  const list = schema.type === 'array' && schema.items !== undefined;
  const named = typeof schema.additionalProperties === 'object';
  const inner = list ? resolve(root, schema.items ?? {}) : named ? resolve(root, schema.additionalProperties) : schema;
  const place = [...path, list ? `${key}[]` : named ? `${key}.<name>` : key];
  const forms = (inner.oneOf ?? inner.anyOf ?? [])
    .map((form) => resolve(root, form))
    .filter(({ properties }) => properties !== undefined);
  if (inner.properties === undefined && forms.length === 0) return [];
  const heading = ['#'.repeat(Math.min(6, place.length + 2)), ` \`${place.join('.')}\``].join('');
  const introduction = [heading, '', inner.description ?? schema.description ?? '', ''];
  if (inner.properties !== undefined) return [...introduction, ...renderMap(root, inner, place)];
  return [...introduction, ...renderForms(root, forms, place)];
}

/** A value with several forms: the keys that all forms share, then each form with its own. */
function renderForms(root: JsonSchema, forms: readonly JsonSchema[], path: readonly string[]): readonly string[] {
  const [first, ...others] = forms.map((form) => propertiesOf(root, form));
  const same = (left: Property, right: Property): boolean =>
    left.key === right.key && JSON.stringify(left.schema) === JSON.stringify(right.schema);
  const shared = (first ?? []).filter(
    (property) => others.length > 0 && others.every((form) => form.some((other) => same(property, other))),
  );
  const sharedKeys = new Set(shared.map(({ key }) => key));
  const level = '#'.repeat(Math.min(6, path.length + 3));
  return [
    ...(shared.length === 0
      ? []
      : [
          'Keys of every kind:',
          '',
          ...table(root, shared),
          ...shared.flatMap((property) => renderNested(root, property, path)),
        ]),
    ...forms.flatMap((form) => {
      const own = propertiesOf(root, form).filter(({ key }) => !sharedKeys.has(key));
      const constant = own.find(({ schema }) => schema.const !== undefined);
      const title =
        constant === undefined
          ? own.map(({ key }) => key).join(', ')
          : `${constant.key}: ${String(constant.schema.const)}`;
      const keys = own.filter((property) => property !== constant);
      return [
        `${level} \`${title}\``,
        '',
        ...(form.description === undefined ? [] : [form.description, '']),
        ...(keys.length === 0 ? [] : table(root, keys)),
        ...keys.flatMap((property) => renderNested(root, property, path)),
      ];
    }),
  ];
}

function typeName(root: JsonSchema, schema: JsonSchema): string {
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  const forms = (schema.oneOf ?? schema.anyOf)?.map((form) => resolve(root, form));
  if (forms !== undefined) {
    const isDuration = forms.some(({ pattern }) => pattern?.includes('(s|m|h|d)') === true);
    return isDuration ? 'duration' : [...new Set(forms.map((form) => typeName(root, form)))].join(' or ');
  }
  switch (schema.type) {
    case 'string':
      return 'text';
    case 'boolean':
      return '`true`, `false`';
    case 'integer':
    case 'number':
      return schema.minimum === undefined || schema.maximum === undefined
        ? 'number'
        : `${schema.minimum} to ${schema.maximum}`;
    case 'array':
      return `list of ${plural(typeName(root, resolve(root, schema.items ?? {})))}`;
    case 'null':
      return '`null`';
    default:
      return 'map';
  }
}

function plural(type: string): string {
  return type === 'map' ? 'maps' : type === 'text' ? 'texts' : type;
}

function defaultOf(schema: JsonSchema): string {
  if (schema.defaultNote !== undefined) return schema.defaultNote;
  if (schema.default === undefined) return '';
  const text = JSON.stringify(schema.default);
  if (text === '{}' && schema.properties !== undefined) return 'see below';
  return text === '""' ? 'empty' : text === '[]' || text === '{}' ? 'none' : code(schema.default);
}

function code(value: unknown): string {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
