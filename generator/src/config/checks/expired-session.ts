import { finding } from '../../diagnostics/index.js';
import type { Finding, Rule } from '../../diagnostics/index.js';
import type { AuthConfig } from '../schema/index.js';
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
  refreshProbeMissing: {
    code: 'refresh-probe-missing',
    severity: 'warning',
    summary: 'An expired session that is signalled by another status than 401 has a refresh probe.',
    reason:
      'The platform refreshes the token on 401 only. After another status every attempt carries the same expired token again, and the delivery stays pending until its deadline.',
    fix: 'Add `refreshProbe` below `auth` with a path whose GET answers 401 for an expired session: `/limits` for the REST API of a Salesforce org.',
  },
  refreshProbeUnused: {
    code: 'refresh-probe-unused',
    severity: 'warning',
    summary: 'A refresh probe belongs to a credential with a token.',
    reason: 'The platform has no token to refresh, so the call costs time and changes nothing.',
    fix: 'Remove `refreshProbe`.',
  },
  tooManySignatures: {
    code: 'signatures-too-long',
    severity: 'error',
    summary: 'All signatures together fit into 4,096 characters.',
    reason: 'They are stored in one field of the policy record.',
    fix: 'Shorten the texts, or remove some.',
  },
} as const satisfies Record<string, Rule>;

/** Ways to authenticate whose token the platform gets anew. */
const TOKEN_TYPES: ReadonlySet<AuthConfig['type']> = new Set(['clientCredentials', 'browser', 'jwtBearer']);

const LONGEST_STORED = 4096;

/** Checks the answers that mean an expired session. */
export const expiredSessionCheck: Check = {
  rules,
  needs: ['auth'],
  *run({ config: { auth } }) {
    yield* probeFindings(auth);
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

function* probeFindings(auth: AuthConfig): Iterable<Finding> {
  if (!TOKEN_TYPES.has(auth.type)) {
    if (auth.refreshProbe !== undefined)
      yield finding(['auth', 'refreshProbe'], rules.refreshProbeUnused, `With ${auth.type} there is no token.`);
    return;
  }
  if (auth.refreshProbe !== undefined) return;
  for (const [index, { status, bodyContains }] of auth.expiredSession.entries()) {
    if (status === 401 || (status === undefined && bodyContains === undefined)) continue;
    const answer = status === undefined ? 'an answer with any status' : `HTTP ${status}`;
    yield finding(
      ['auth', 'expiredSession', index],
      rules.refreshProbeMissing,
      `No token is refreshed when ${answer} signals an expired session.`,
    );
  }
}
