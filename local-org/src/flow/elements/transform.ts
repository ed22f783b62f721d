import { ApexDecimal, SObject } from '../../data/index.js';
import type { FlowOperand, FlowTransform, FlowTransformValue } from '../../metadata/index.js';
import { FlowFault } from '../fault.js';
import { memberOf, operandValue, pathValue, setMember, type Interview } from '../interview/index.js';
import { FlowStructure, isCollection, type FlowValue } from '../values/index.js';

const EACH = '[$EachItem]';

/** Where a value comes from: a whole operand, or a member of each item of a collection. */
interface Source {
  readonly items: readonly FlowValue[] | undefined;
  readonly valueOf: (item: FlowValue) => FlowValue;
}

function sourceOf(interview: Interview, operand: FlowOperand): Source {
  const at = operand.kind === 'reference' ? operand.path.findIndex((name) => name.endsWith(EACH)) : -1;
  if (operand.kind !== 'reference' || at < 0)
    return { items: undefined, valueOf: () => operandValue(interview, operand) };
  const [first, ...others] = operand.path.slice(0, at + 1).map((name) => name.replace(EACH, ''));
  const collection = pathValue(interview, [first ?? '', ...others]);
  if (collection !== null && !isCollection(collection))
    throw new FlowFault(`${operand.path.join('.')} doesn't run over a collection.`);
  const rest = operand.path.slice(at + 1);
  return {
    items: collection ?? [],
    valueOf: (item) => rest.reduce<FlowValue>((value, name) => memberOf(interview.org.runtime, value, name), item),
  };
}

/** Builds records, structures or single values from other ones, under the element's own name (Salesforce Help: Flow Element: Transform). */
export function runTransform(interview: Interview, element: FlowTransform): string | undefined {
  const sources = element.values.map((value) => ({ value, source: sourceOf(interview, value.value) }));
  const single = sources.find(({ value }) => value.field === undefined);
  if (single !== undefined) {
    interview.store(element.name, aggregate(single.value, single.source, element.type.isCollection));
    return element.next;
  }
  if (!element.type.isCollection) {
    const built = newItem(interview, element);
    for (const { value, source } of sources)
      setMember(built, value.field ?? '', aggregate(value, source, false), interview.zone);
    interview.store(element.name, built);
    return element.next;
  }
  const length = Math.max(0, ...sources.map(({ source }) => source.items?.length ?? 0));
  const items = Array.from({ length }, (_, index) => {
    const built = newItem(interview, element);
    for (const { value, source } of sources)
      setMember(built, value.field ?? '', source.valueOf(source.items?.[index] ?? null), interview.zone);
    return built;
  });
  interview.store(element.name, items);
  return element.next;
}

function newItem({ org: { runtime } }: Interview, { type }: FlowTransform): FlowValue {
  return type.dataType === 'SObject' ? new SObject(runtime.object(type.objectType ?? '')) : new FlowStructure();
}

function aggregate({ type }: FlowTransformValue, source: Source, isCollectionTarget: boolean): FlowValue {
  const values = (source.items ?? [null]).map(source.valueOf);
  switch (type) {
    case 'Map':
      return isCollectionTarget ? values : (values[0] ?? null);
    case 'Count':
      return ApexDecimal.of(countOf(source, values));
    case 'Sum':
      return values.reduce<ApexDecimal>(
        (sum, value) => (value instanceof ApexDecimal ? sum.add(value) : sum),
        ApexDecimal.ZERO,
      );
  }
}

/** `Count` of a whole collection counts its items. */
function countOf(source: Source, values: readonly FlowValue[]): number {
  const [first] = values;
  return source.items === undefined && first !== undefined && isCollection(first) ? first.length : values.length;
}
