import { ApexDate, ApexDatetime, ApexDecimal } from '../../data/index.js';
import type { FlowAssignment, FlowAssignmentOperator, FlowOperand } from '../../metadata/index.js';
import { FlowFault } from '../fault.js';
import { assign, operandValue, pathValue, type Interview } from '../interview/index.js';
import { traceFlow } from '../trace.js';
import { detached, isCollection, sameValue, textOfValue, type FlowValue } from '../values/index.js';

type Operation = (current: FlowValue, value: FlowValue, isCollectionTarget: boolean) => FlowValue;

const items = (value: FlowValue): readonly FlowValue[] => (value === null ? [] : isCollection(value) ? value : [value]);

const owned = (value: FlowValue): readonly FlowValue[] => items(value).map(detached);

/** What stands for one value: `$Record__Prior`, which is null when a record is created, or a variable that is no collection. */
function isSingle({ definition }: Interview, operand: FlowOperand): boolean {
  if (operand.kind !== 'reference' || operand.path.length > 1) return false;
  const [name] = operand.path;
  if (/^\$Record(__Prior)?$/i.test(name)) return true;
  const resource = definition.resources.get(name.toLowerCase());
  return resource?.kind === 'variable' && !resource.type.isCollection;
}

const MS_PER_DAY = 86_400_000;

/** Numbers are added, days are added to dates, text is appended; nothing counts as 0 or as empty text. */
function sum(current: FlowValue, value: FlowValue, sign: 1 | -1): FlowValue {
  if (value === null) return current;
  if (value instanceof ApexDecimal) {
    const amount = sign === 1 ? value : value.negate();
    if (current instanceof ApexDate) return current.addDays(Math.trunc(amount.toNumber()));
    if (current instanceof ApexDatetime) return new ApexDatetime(current.ms + amount.toNumber() * MS_PER_DAY);
    if (current === null) return amount;
    if (current instanceof ApexDecimal) return current.add(amount);
  }
  if (sign === 1 && typeof value === 'string' && (current === null || typeof current === 'string'))
    return `${current ?? ''}${value}`;
  throw new FlowFault('The flow failed to assign a value: the operator does not fit the values.');
}

const matchIndex = (list: readonly FlowValue[], value: FlowValue): number =>
  list.findIndex((item) => sameValue(item, value));

/** What assignment operators make of the current value of their target (Salesforce Help: Flow Operators in Assignment Elements). */
const OPERATIONS: Readonly<Record<FlowAssignmentOperator, Operation>> = {
  Assign: (_current, value) => value,
  Add: (current, value, isList) => (isList ? [...items(current), ...owned(value)] : sum(current, value, 1)),
  AddItem: (current, value, isList) =>
    isList ? [...items(current), ...owned(value)] : multiPicklistWith(current, value),
  AddAtStart: (current, value) => [...owned(value), ...items(current)],
  Subtract: (current, value) => sum(current, value, -1),
  AssignCount: (_current, value) => ApexDecimal.of(items(value).length),
  RemoveAll: (current, value) => {
    const gone = items(value);
    return items(current).filter((item) => matchIndex(gone, item) < 0);
  },
  RemoveFirst: (current, value) => {
    const at = matchIndex(items(current), value);
    return at < 0 ? current : items(current).toSpliced(at, 1);
  },
  RemoveBeforeFirst: (current, value) => {
    const at = matchIndex(items(current), value);
    return at < 0 ? current : items(current).slice(at);
  },
  RemoveAfterFirst: (current, value) => {
    const at = matchIndex(items(current), value);
    return at < 0 ? current : items(current).slice(0, at + 1);
  },
  RemovePosition: (current, value) => {
    const position = value instanceof ApexDecimal ? value.toNumber() : Number.NaN;
    return items(current).filter((_item, index) => index !== position - 1);
  },
  RemoveUncommon: (current, value) => {
    const kept = items(value);
    return items(current).filter((item) => matchIndex(kept, item) >= 0);
  },
};

function multiPicklistWith(current: FlowValue, value: FlowValue): FlowValue {
  const chosen = typeof current === 'string' && current !== '' ? current.split(';') : [];
  return [...chosen, ...items(value).map((item) => textOfValue(item, 'GMT'))].join(';');
}

/** Sets variables and fields, one after the other. */
export function runAssignment(interview: Interview, element: FlowAssignment): string | undefined {
  for (const { target, operator, value } of element.items) {
    const resource = target.length === 1 ? interview.definition.resources.get(target[0].toLowerCase()) : undefined;
    const isList = resource?.kind === 'variable' && resource.type.isCollection;
    const single = operandValue(interview, value);
    // A collection takes a null item for a single value that is null.
    const given = isList && operator !== 'Assign' && single === null && isSingle(interview, value) ? [null] : single;
    const current = operator === 'Assign' ? null : pathValue(interview, target);
    const result = OPERATIONS[operator](current, given, isList);
    assign(interview, target, isList && operator === 'Assign' ? items(result) : result);
    traceFlow(interview, 'FLOW_ASSIGNMENT_DETAIL', 'FINER', () => [
      interview.guid,
      target.join('.'),
      operator.toUpperCase(),
      textOfValue(result, interview.zone),
    ]);
  }
  return element.next;
}
