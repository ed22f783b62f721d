import { brokenReference } from '../references/reference.js';
import { referenceReaders } from '../references/index.js';
import type { Rule } from './rule.js';

/** What a component names must be in the package or in the org. */
export const referenceRules: readonly Rule[] = [
  {
    // PLATFORM 5: one deployment is resolved as a whole; what is neither in it nor in the org fails by name.
    id: 'references-exist',
    types: [...referenceReaders.keys()],
    *check(subject, { symbols }) {
      const reader = referenceReaders.get(subject.component.type);
      if (reader === undefined) return;
      for (const reference of reader(subject, symbols)) {
        const message = brokenReference(reference, symbols);
        if (message !== undefined) yield { at: reference.at, message };
      }
    },
  },
];
