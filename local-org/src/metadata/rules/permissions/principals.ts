import { notFound } from '../../references/reference.js';
import type { Subject } from '../../subject.js';
import type { SymbolTable } from '../../symbols/symbolTable.js';
import { child, childrenOf, isTrue, textOf, type XmlElement } from '../../xml/document.js';
import { principals } from '../credentials/externalCredentials.js';
import type { Rule } from '../rule.js';

const types = ['PermissionSet'];
const USER_EXTERNAL_CREDENTIAL = 'UserExternalCredential';

interface GrantedPrincipal {
  readonly credential: Subject;
  readonly type: string;
}

/** The principal that `ExternalCredential-Principal` names. */
function principalOf(name: string, symbols: SymbolTable): GrantedPrincipal | undefined {
  const dash = name.indexOf('-');
  const credential = dash < 0 ? undefined : symbols.find('ExternalCredential', name.slice(0, dash).trim());
  if (credential === undefined) return undefined;
  const principal = name
    .slice(dash + 1)
    .trim()
    .toLowerCase();
  const found = principals(credential).find((candidate) => candidate.name.toLowerCase() === principal);
  return found === undefined ? undefined : { credential, type: found.type };
}

/** Whether a row grants a shared identity whose token the platform refreshes. */
function hasNamedOauthPrincipal(row: XmlElement, symbols: SymbolTable): boolean {
  const principal = principalOf(textOf(row, 'externalCredentialPrincipal') ?? '', symbols);
  if (principal?.type !== 'NamedPrincipal') return false;
  return textOf(principal.credential.root, 'authenticationProtocol') === 'Oauth';
}

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
        const known = principalOf(name, symbols) !== undefined;
        if (!known) yield { at, message: notFound(at, 'ExternalCredentialPrincipal', name) };
      }
    },
  },
  {
    // PLATFORM 1.5.2: without Modify All on UserExternalCredential, OAuth callouts work until the token expires.
    id: 'principal-needs-modify-all-to-refresh',
    types,
    *check({ root }, { symbols }) {
      const refreshes = childrenOf(root, 'externalCredentialPrincipalAccesses').some(
        (row) => isTrue(row, 'enabled') && hasNamedOauthPrincipal(row, symbols),
      );
      if (!refreshes) return;
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
