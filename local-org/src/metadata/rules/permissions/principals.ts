import { notFound } from '../../references/reference.js';
import { child, childrenOf, isTrue, textOf } from '../../xml/document.js';
import { principalNames } from '../credentials/externalCredentials.js';
import type { Rule } from '../rule.js';

const types = ['PermissionSet'];
const USER_EXTERNAL_CREDENTIAL = 'UserExternalCredential';

/** Rules of what lets a user call out. */
export const principalRules: readonly Rule[] = [
  {
    // PLATFORM 1.5.1: access is given to `ExternalCredential-Principal`, and both must exist.
    id: 'principal-access-exists',
    types,
    *check({ root }, { symbols }) {
      for (const row of childrenOf(root, 'externalCredentialPrincipalAccesses')) {
        const name = textOf(row, 'externalCredentialPrincipal');
        const at = child(row, 'externalCredentialPrincipal');
        if (name === undefined || at === undefined) continue;
        const dash = name.indexOf('-');
        const credential = dash < 0 ? undefined : symbols.find('ExternalCredential', name.slice(0, dash).trim());
        const principal = name
          .slice(dash + 1)
          .trim()
          .toLowerCase();
        const known =
          credential !== undefined && principalNames(credential).some((one) => one.toLowerCase() === principal);
        if (!known) yield { at, message: notFound(at, 'ExternalCredentialPrincipal', name) };
      }
    },
  },
  {
    // PLATFORM 1.5.2: without Modify All on UserExternalCredential, callouts work until the token expires.
    id: 'principal-needs-modify-all-to-refresh',
    types,
    *check({ root }) {
      const grants = childrenOf(root, 'externalCredentialPrincipalAccesses').some((row) => isTrue(row, 'enabled'));
      if (!grants) return;
      for (const row of childrenOf(root, 'objectPermissions')) {
        if (textOf(row, 'object') !== USER_EXTERNAL_CREDENTIAL || isTrue(row, 'modifyAllRecords')) continue;
        yield {
          at: row,
          severity: 'Warning',
          message:
            'Without Modify All on UserExternalCredential the platform cannot store a refreshed token for a named principal: ' +
            'callouts of these users fail once the token has expired.',
        };
      }
    },
  },
];
