import { readFlow } from '../../flow/definition/index.js';
import { childrenOf, textOf } from '../../xml/document.js';
import type { Rule } from '../rule.js';

const types = ['Flow'];

/** What the local org cannot run is refused by name, never skipped. */
export const supportRules: readonly Rule[] = [
  {
    // PLATFORM 2.5 lists what flows are made of; the local org runs what it can read into a definition.
    id: 'flow-features-supported',
    types,
    check({ component, root }) {
      return readFlow(component.fullName, root).refusals;
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
