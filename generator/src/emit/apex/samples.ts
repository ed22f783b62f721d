import { contractTarget } from '../../contracts/index.js';
import type { Contract, Integration, RequestStep, ScalarType, Template } from '../../model/index.js';
import { stepReferences } from './references.js';
import { contextKey, sourceReferences, templateReferences, type ValueReference } from './values.js';

/** A value for the generated test, as the text that travels. */
export type Samples = ReadonlyMap<string, string>;

const TEXT = 'Sample 1';

/** Texts that convert to the type, and that its JSON shows as they are. */
const SCALARS: { readonly [Scalar in ScalarType]: string } = {
  String: TEXT,
  Integer: '42',
  Long: '42',
  Decimal: '4.5',
  Double: '4.5',
  Boolean: 'true',
  Date: '2026-01-31',
  Datetime: '2026-01-31T10:20:30.000Z',
  Id: '001000000000001AAA',
  Blob: 'U2FtcGxl',
  Object: TEXT,
};

const INPUTS = {
  text: TEXT,
  number: '4.5',
  boolean: 'true',
  date: '2026-01-31',
  datetime: '2026-01-31T10:20:30.000Z',
} as const;

/** A sample for each value that the requests read, by its context key, of a type that each use of it can take. */
export function samplesOf(integration: Integration, contracts: readonly Contract[]): Samples {
  const samples = new Map<string, string>();
  for (const step of integration.requests) {
    for (const [reference, text] of contractSamples(step, contracts)) samples.set(contextKey(reference), text);
  }
  const references = [
    ...integration.requests.flatMap(stepReferences),
    ...templateReferences(integration.queue.orderBy),
  ];
  for (const reference of references) {
    const key = contextKey(reference);
    if (!samples.has(key)) samples.set(key, plainSample(integration, reference));
  }
  return samples;
}

function plainSample({ inputs }: Integration, reference: ValueReference): string {
  if (reference.kind !== 'input') return TEXT;
  const input = inputs.find(({ name }) => name === reference.name);
  return input === undefined ? TEXT : INPUTS[input.type];
}

function contractSamples(
  { body }: RequestStep,
  contracts: readonly Contract[],
): readonly (readonly [ValueReference, string])[] {
  if (body.kind !== 'contract') return [];
  const { file, interfaceName } = body.contract;
  const contract = contracts.find(({ ref }) => ref.file === file && ref.interfaceName === interfaceName);
  if (contract === undefined) return [];
  return body.fields.flatMap(({ target, source }) => {
    const found = contractTarget(contract, target);
    if (found.kind !== 'found') return [];
    const { value, member } = found.leaf;
    const type = member.type;
    const text =
      value.kind === 'scalar'
        ? SCALARS[value.scalar]
        : (contract.enums.find(({ name }) => type.kind === 'enum' && name === type.name)?.values[0]?.jsonValue ?? TEXT);
    return sourceReferences(source).map((reference) => [reference, text] as const);
  });
}

/** The text that a template stands for, with each value encoded by `encode`. */
export function sampleText(
  template: Template,
  samples: Samples,
  encode: (value: string) => string = (value) => value,
): string {
  return template
    .map((part) => (part.kind === 'text' ? part.text : encode(samples.get(contextKey(part)) ?? '')))
    .join('');
}

/** Encodes as Apex does for a path or a query: EncodingUtil.urlEncode, with %20 for a blank. */
export function urlEncoded(value: string): string {
  return new URLSearchParams({ value }).toString().slice('value='.length).replace(/\+/g, '%20');
}
