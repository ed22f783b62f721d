import { finding } from '../../diagnostics/index.js';
import type { Rule } from '../../diagnostics/index.js';
import type { Check } from './check.js';

const rules = {
  emptySignature: {
    code: 'empty-signature',
    severity: 'error',
    summary: 'A signature of an expired session has a status, a body text, or both.',
    reason: 'Without either, every answer would count as an expired session.',
    fix: 'Add `status`, `bodyContains` or both.',
  },
  successSignature: {
    code: 'success-signature',
    severity: 'error',
    summary: 'A status of success alone is no signature of an expired session.',
    reason: 'Every successful call would be repeated until its attempts are used up.',
    fix: 'Add `bodyContains` with the text that tells an expired session from a success.',
  },
  broadSignature: {
    code: 'broad-signature',
    severity: 'warning',
    summary: 'A signature of an expired session names a text of the body.',
    reason:
      'Every answer with this status counts as an expired session. A real failure with it never opens the circuit and is repeated with ever new sessions.',
    fix: 'Add `bodyContains` with the text that tells an expired session from other failures.',
  },
  redundantSignature: {
    code: 'redundant-signature',
    severity: 'warning',
    summary: 'HTTP 401 needs no signature.',
    reason: 'The platform refreshes the token on 401 by itself, and the runtime counts it as an expired session.',
    fix: 'Remove the item.',
  },
  tooManySignatures: {
    code: 'signatures-too-long',
    severity: 'error',
    summary: 'All signatures together fit into 4,096 characters.',
    reason: 'They are stored in one field of the policy record.',
    fix: 'Shorten the texts, or remove some.',
  },
} as const satisfies Record<string, Rule>;

const LONGEST_STORED = 4096;

/** Checks the answers that mean an expired session. */
export const expiredSessionCheck: Check = {
  rules,
  needs: ['auth'],
  *run({ config: { auth } }) {
    for (const [index, { status, bodyContains }] of auth.expiredSession.entries()) {
      const at = ['auth', 'expiredSession', index];
      if (status === undefined) {
        if (bodyContains === undefined)
          yield finding(at, rules.emptySignature, 'The signature has neither a status nor a text.');
      } else if (status === 401) {
        yield finding([...at, 'status'], rules.redundantSignature, 'HTTP 401 means an expired session anyway.');
      } else if (bodyContains === undefined) {
        const rule = status < 300 ? rules.successSignature : rules.broadSignature;
        yield finding([...at, 'status'], rule, `Every answer with HTTP ${status} counts as an expired session.`);
      }
    }
    const stored = JSON.stringify(
      auth.expiredSession.map(({ status, bodyContains }) => ({ status, body: bodyContains })),
    ).length;
    if (stored > LONGEST_STORED) {
      yield finding(['auth', 'expiredSession'], rules.tooManySignatures, `The signatures take ${stored} characters.`, {
        atKey: true,
      });
    }
  },
};
