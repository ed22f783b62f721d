import type { NamedTemplate, Template, TemplatePart, ValueSource } from '../../model/index.js';
import type { Doc } from '../../apex-layout/index.js';
import { apexNumber, apexString } from './literal.js';
import { call, concatenation, type Expression } from './syntax.js';

/** A template part that names a value, or a value source that does. */
export type ValueReference = Exclude<TemplatePart, { kind: 'text' }>;

/** The key under which the callout context knows a value: the text between `{!` and `}` of the configuration. */
export function contextKey(reference: ValueReference): string {
  switch (reference.kind) {
    case 'field':
      return reference.path;
    case 'output':
      return `requests.${reference.request}.${reference.output}`;
    case 'input':
      return `input.${reference.name}`;
  }
}

/** `context.<getter>('<key>')` */
export function read(getter: string, reference: ValueReference): Doc {
  return call(`context.${getter}`, apexString(contextKey(reference)));
}

/** A literal of the configuration. */
export function literal(value: string | number | boolean | null): Doc {
  switch (typeof value) {
    case 'string':
      return apexString(value);
    case 'number':
      return apexNumber(value);
    default:
      return String(value);
  }
}

/** Operands of the text that a template stands for; empty values become empty texts. */
export function textOperands(template: Template): readonly Doc[] {
  return template.map((part) => (part.kind === 'text' ? apexString(part.text) : read('textOrBlank', part)));
}

/** The text that a template stands for. A template that is one value and nothing else keeps its null. */
export function textOf(template: Template): Expression {
  const [only, ...others] = template;
  if (only === undefined) return "''";
  if (others.length === 0 && only.kind !== 'text') return read('text', only);
  return concatenation(textOperands(template));
}

/** The URL of a request: the named credential and the path, each value in it encoded as one segment. */
export function endpointOf(namedCredential: string, path: Template): Expression {
  const prefix = `callout:${namedCredential}`;
  const [first, ...others] = path;
  const parts: readonly TemplatePart[] =
    first?.kind === 'text'
      ? [{ kind: 'text', text: prefix + first.text }, ...others]
      : [{ kind: 'text', text: prefix }, ...path];
  return concatenation(parts.map((part) => (part.kind === 'text' ? apexString(part.text) : read('segment', part))));
}

/** A value of a JSON body that nothing is known about but its source. */
export function jsonValue(source: ValueSource): Expression {
  switch (source.kind) {
    case 'template':
      return textOf(source.template);
    case 'literal':
      return literal(source.value);
    default:
      return read('value', source);
  }
}

/** Every value that a template reads. */
export function templateReferences(template: Template): readonly ValueReference[] {
  return template.filter((part) => part.kind !== 'text');
}

/** Every value that a body value reads. */
export function sourceReferences(source: ValueSource): readonly ValueReference[] {
  switch (source.kind) {
    case 'template':
      return templateReferences(source.template);
    case 'literal':
      return [];
    default:
      return [source];
  }
}

/** Every value that headers or query parameters read. */
export function namedReferences(values: readonly NamedTemplate[]): readonly ValueReference[] {
  return values.flatMap(({ value }) => templateReferences(value));
}
