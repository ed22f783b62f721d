import type {
  FlowCollectionFilter,
  FlowCollectionSort,
  FlowCustomError,
  FlowDecision,
  FlowLoop,
} from '../../metadata/index.js';
import { FlowFault } from '../fault.js';
import {
  assign,
  conditionsHold,
  formulaHolds,
  memberOf,
  pathValue,
  textValue,
  type Interview,
} from '../interview/index.js';
import { traceFlow } from '../trace.js';
import { isBlankValue, isCollection, orderOf, textOfValue, type FlowValue } from '../values/index.js';

/** Takes the first outcome whose conditions hold, else the default one. */
export function runDecision(interview: Interview, element: FlowDecision): string | undefined {
  for (const { name, conditions, next } of element.rules) {
    const holds = conditionsHold(interview, conditions);
    traceFlow(interview, 'FLOW_RULE_DETAIL', 'FINER', () => [interview.guid, name, String(holds)]);
    if (!holds) continue;
    interview.visited.add(name.toLowerCase());
    return next;
  }
  return element.next;
}

/** Goes on to the next item, or behind the loop. The item is the one in the collection: what happens to it happens there. */
export function runLoop(interview: Interview, element: FlowLoop): string | undefined {
  const state = interview.loop(element.name) ?? enter(interview, element);
  const item = state.items[state.next];
  if (state.next >= state.items.length || item === undefined) {
    interview.leaveLoop(element.name);
    return element.next;
  }
  state.next++;
  if (element.itemTarget === undefined) interview.store(element.name, item);
  else assign(interview, element.itemTarget, item);
  traceFlow(interview, 'FLOW_LOOP_DETAIL', 'FINER', () => [
    interview.guid,
    String(state.next - 1),
    textOfValue(item, interview.zone),
  ]);
  return element.each;
}

function enter(interview: Interview, element: FlowLoop): ReturnType<Interview['enterLoop']> {
  const items = collectionOf(interview, element.collection);
  return interview.enterLoop(element.name, element.descending ? items.toReversed() : items);
}

/** Items of a collection; nothing is an empty one. @throws FlowFault for a single value */
function collectionOf(interview: Interview, path: FlowLoop['collection']): readonly FlowValue[] {
  const value = pathValue(interview, path);
  if (value === null) return [];
  if (!isCollection(value)) throw new FlowFault(`${path.join('.')} isn't a collection.`);
  return value;
}

/** Sorts the collection itself (Salesforce Help: Flow Element: Collection Sort). */
export function runCollectionSort(interview: Interview, element: FlowCollectionSort): string | undefined {
  const { runtime } = interview.org;
  const key = (item: FlowValue, field: string | undefined): FlowValue =>
    field === undefined ? item : memberOf(runtime, item, field);
  const sorted = collectionOf(interview, element.collection).toSorted((left, right) => {
    for (const { field, descending, nullsFirst } of element.options) {
      const [a, b] = [key(left, field), key(right, field)];
      const blanks = Number(isBlankValue(b)) - Number(isBlankValue(a));
      if (blanks !== 0) return nullsFirst ? blanks : -blanks;
      const order = orderOf(a, b) ?? 0;
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  });
  replace(interview, element.collection, element.limit === undefined ? sorted : sorted.slice(0, element.limit));
  return element.next;
}

/** The name of an element that yields a collection stands for it too. */
function replace(interview: Interview, path: FlowCollectionSort['collection'], items: readonly FlowValue[]): void {
  if (path.length === 1 && interview.definition.resources.get(path[0].toLowerCase()) === undefined) {
    interview.store(path[0], items);
  } else assign(interview, path, items);
}

/** Keeps the items for which the criteria hold, under the element's own name. */
export function runCollectionFilter(interview: Interview, element: FlowCollectionFilter): string | undefined {
  const { criteria, item: variable } = element;
  const kept = collectionOf(interview, element.collection).filter((item) => {
    interview.store(variable?.[0] ?? element.name, item);
    return criteria.kind === 'formula'
      ? formulaHolds(interview, criteria.expression)
      : conditionsHold(interview, criteria.conditions);
  });
  interview.store(element.name, kept);
  return element.next;
}

/** Notes the messages that refuse the change; the interview ends here. */
export function runCustomError(interview: Interview, element: FlowCustomError): string | undefined {
  for (const { text, field } of element.messages) interview.errors.push({ message: textValue(interview, text), field });
  return element.next;
}
