import { nodeKinds, supportedActionTypes, supportedProcessTypes, supportedTriggerTypes } from '../../flow/elements.js';
import { flowModel, partTitle } from '../../flow/model.js';
import { child, childrenOf, textOf } from '../../xml/document.js';
import type { Rule } from '../rule.js';

const types = ['Flow'];
const refused = (what: string): string => `${what} is not supported by the local org`;

/** What the local org cannot run is refused by name, never skipped. */
export const supportRules: readonly Rule[] = [
  {
    // PLATFORM 2.5 lists what flows are made of; the local org runs the part in flow/elements.
    id: 'flow-elements-supported',
    types,
    *check({ root }) {
      for (const element of root.children) {
        const kind = nodeKinds.get(element.local);
        if (kind?.supported === false)
          yield { at: element, message: refused(`The flow element ${kind.label} (${element.local})`) };
      }
    },
  },
  {
    // PLATFORM 2.5: apex actions are the only ones that call out with a status to act on; some standard ones run too.
    id: 'flow-action-types-supported',
    types,
    *check({ root }) {
      for (const part of flowModel(root).nodes.values()) {
        const type = textOf(part.element, 'actionType');
        if (part.kind !== 'actionCalls' || type === undefined || supportedActionTypes.has(type)) continue;
        const at = child(part.element, 'actionType') ?? part.element;
        yield { at, message: `${partTitle(part)} - ${refused(`The action type ${type}`)}` };
      }
    },
  },
  {
    // PLATFORM 2.5: autolaunched and screen flows, started by records, schedules, events or callers.
    id: 'flow-kinds-supported',
    types,
    *check({ root }) {
      const process = textOf(root, 'processType');
      if (process !== undefined && !supportedProcessTypes.has(process)) {
        yield { at: child(root, 'processType') ?? root, message: refused(`The process type ${process}`) };
      }
      const start = child(root, 'start');
      const trigger = start === undefined ? undefined : textOf(start, 'triggerType');
      if (start !== undefined && trigger !== undefined && !supportedTriggerTypes.has(trigger)) {
        yield { at: child(start, 'triggerType') ?? start, message: refused(`The trigger type ${trigger}`) };
      }
    },
  },
  {
    // PLATFORM 2.5: screens show something only in a flow that a person runs.
    id: 'flow-screens-need-screen-flow',
    types,
    *check({ root }) {
      if (textOf(root, 'processType') === 'Flow') return;
      for (const at of childrenOf(root, 'screens')) {
        yield {
          at,
          message: `Flows of type ${textOf(root, 'processType') ?? 'AutoLaunchedFlow'} can't contain the element Screen.`,
        };
      }
    },
  },
];
