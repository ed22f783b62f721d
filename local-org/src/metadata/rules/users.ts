import type { SymbolTable } from '../symbols/symbolTable.js';
import { child, childrenOf, walk, type XmlElement } from '../xml/document.js';
import type { Finding, Rule } from './rule.js';

function* userExists(at: XmlElement | undefined, symbols: SymbolTable): Generator<Finding> {
  const username = at?.text.trim();
  if (at === undefined || username === undefined || username === '') return;
  const user = symbols.users.find((candidate) => candidate.username.toLowerCase() === username.toLowerCase());
  if (user === undefined) yield { at, message: `In field: ${at.local} - no User named ${username} found` };
  else if (!user.active) yield { at, message: `In field: ${at.local} - the user ${username} is inactive` };
}

/** Users that metadata names. */
export const userRules: readonly Rule[] = [
  {
    // PLATFORM 5: the user of a subscriber configuration must exist in the org that it is deployed to.
    id: 'subscriber-user-exists',
    types: ['PlatformEventSubscriberConfig'],
    *check({ root }, { symbols }) {
      yield* userExists(child(root, 'user'), symbols);
    },
  },
  {
    // PLATFORM 1.2: the browser flow creates users as the execution user.
    id: 'auth-provider-user-exists',
    types: ['AuthProvider'],
    *check({ root }, { symbols }) {
      yield* userExists(child(root, 'executionUser'), symbols);
    },
  },
  {
    // PLATFORM 5: queue members are users of the org.
    id: 'queue-members-exist',
    types: ['Queue'],
    *check({ root }, { symbols }) {
      for (const element of walk(root)) {
        if (element.local === 'users') for (const user of childrenOf(element, 'user')) yield* userExists(user, symbols);
      }
    },
  },
];
