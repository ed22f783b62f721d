import { Problem, quote } from '../../diagnostics/index.js';
import type { Rule } from '../../diagnostics/index.js';
import type { TextFormat } from './format.js';

export const addressRules = {
  badUsername: {
    code: 'bad-username',
    severity: 'error',
    summary: 'A user is written as its username, which has the form of an e-mail address.',
    reason: 'Salesforce finds the user by it at deployment and refuses the deployment when there is none.',
    fix: 'Write the username as Setup > Users shows it: `integration@example.com`.',
  },
  badEmail: {
    code: 'bad-email',
    severity: 'error',
    summary: 'An e-mail address is complete.',
    reason: 'An alert to this address would be lost.',
    fix: 'Write one complete address per list item: `admin@example.com`.',
  },
} as const satisfies Record<string, Rule>;

const DOMAIN = String.raw`(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9-]*[A-Za-z0-9]`;
const USERNAME = new RegExp(`^[A-Za-z0-9](?:[A-Za-z0-9._+-]*[A-Za-z0-9_+-])?@${DOMAIN}$`);
/** Before the @ a dot-atom (RFC 5322, 3.2.3): none of its characters separates addresses. Those that XML escapes are escaped there. */
const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const EMAIL = new RegExp(`^${ATOM}(?:\\.${ATOM})*@${DOMAIN}$`);
const LONGEST = 80;

/** Username of a user of the org. */
export const usernameFormat = addressFormat(USERNAME, addressRules.badUsername, 'a username');
/** E-mail address. */
export const emailFormat = addressFormat(EMAIL, addressRules.badEmail, 'an e-mail address');

function addressFormat(form: RegExp, rule: Rule, kind: string): TextFormat {
  return {
    pattern: '^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$',
    check: (value) =>
      value.length <= LONGEST && form.test(value) ? [] : [new Problem(rule, `${quote(value)} is not ${kind}.`)],
  };
}
