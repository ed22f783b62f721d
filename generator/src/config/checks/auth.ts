import { finding } from '../../diagnostics/index.js';
import type { Finding, Rule } from '../../diagnostics/index.js';
import type { AuthConfig } from '../schema/index.js';
import type { Check, Subject } from './check.js';

const rules = {
  perUserInAutomation: {
    code: 'per-user-in-automation',
    severity: 'error',
    summary: 'A record trigger does not use a per-user credential.',
    reason:
      'Automation runs as whoever changed the record, or as the integration user, and almost none of them has logged in. Their calls fail with INVALID_SESSION_ID or HTTP 401, while it works for the person who set it up.',
    fix: 'Write `principal: named`, or remove the trigger and call the action from a screen flow.',
  },
  perUserRetries: {
    code: 'per-user-retries',
    severity: 'warning',
    summary: 'An action with a per-user credential cannot be retried later.',
    reason:
      'A failed call is retried by the integration user, who has no credential of the person who started it. Only the first attempt can work.',
    fix: 'Write `principal: named` if the other system does not need to know the person, or `attempts: 1` below `retry`.',
  },
  browserLogin: {
    code: 'browser-login',
    severity: 'warning',
    summary: 'Browser authentication needs a person to log in once in each org.',
    reason: 'Until then every call fails. When the other system revokes the refresh token, a person must log in again.',
    fix: 'Log in after the deployment (Setup > Named Credentials > External Credentials), or use clientCredentials if the other system offers it.',
  },
  noRefreshToken: {
    code: 'no-refresh-token',
    severity: 'warning',
    summary: 'The scopes of browser authentication ask for a refresh token.',
    reason:
      'Without a refresh token the session cannot be renewed: calls fail from the moment it expires until a person logs in again.',
    fix: 'Add the scope `refresh_token` (Salesforce) or `offline_access` (most others).',
  },
  clientIdMissing: {
    code: 'client-id-missing',
    severity: 'error',
    summary: 'An auth provider has a client id.',
    reason: 'Salesforce refuses to deploy an auth provider without its consumer key, which is the client id.',
    fix: 'Write `clientId` with the client id that the other system gave out for this org. The secret stays in Setup.',
  },
  clientIdUnused: {
    code: 'client-id-unused',
    severity: 'error',
    summary: 'Only an auth provider has its client id here.',
    reason:
      'The metadata of an external auth identity provider has no place for the client id, so the login would use another one.',
    fix: 'Remove `clientId` and enter it in Setup together with the secret, or write `provider: authProvider`.',
  },
  scopeRefused: {
    code: 'scope-refused',
    severity: 'warning',
    summary: "Salesforce's token URL takes no scopes for client credentials.",
    reason: 'Salesforce answers "scope parameter not supported" and issues no token.',
    fix: 'Remove `scopes`. The connected app or external client app of the other org decides them.',
  },
  sharedLoginHost: {
    code: 'shared-login-host',
    severity: 'warning',
    summary: "Client credentials use the token URL of an org's own domain.",
    reason: 'login.salesforce.com and test.salesforce.com refuse the client credentials flow.',
    fix: 'Write the My Domain URL of the other org: https://<domain>.my.salesforce.com/services/oauth2/token.',
  },
  legacyCredential: {
    code: 'legacy-credential',
    severity: 'warning',
    summary: 'Legacy named credentials are deprecated.',
    reason:
      'Salesforce has deprecated them since API 56 and will drop them. Users cannot be given access to them by permission set.',
    fix: 'Remove `credentialStyle`, unless the org still needs the old form.',
  },
  legacyUnsupported: {
    code: 'legacy-unsupported',
    severity: 'error',
    summary:
      'A legacy named credential has no headers, and supports jwtBearer, browser with an auth provider, and basic for each user.',
    reason: 'The metadata of a legacy named credential has no place for it, or the place would have to hold a secret.',
    fix: 'Remove `credentialStyle: legacy`.',
  },
  noCredentialSent: {
    code: 'no-credential-sent',
    severity: 'error',
    summary: 'Every call carries the credential.',
    reason: 'No header carries the token, so the other system answers every call with HTTP 401.',
    fix: 'Remove `generateAuthorizationHeader: false`, or add a header to the endpoint whose formula uses `$Credential`.',
  },
  twoAuthorizations: {
    code: 'two-authorizations',
    severity: 'error',
    summary: 'The Authorization header has one source.',
    reason:
      'The platform adds an Authorization header of its own. The other system would get two and refuse the call, or take the wrong one.',
    fix: 'Remove the header, or write `generateAuthorizationHeader: false`.',
  },
  mergeFieldsOff: {
    code: 'merge-fields-off',
    severity: 'error',
    summary: 'A header with a formula is evaluated.',
    reason: 'With merge fields in headers off, the platform sends the text of the formula instead of its value.',
    fix: 'Remove `allowMergeFieldsInHeader: false`.',
  },
  mergeFieldsInBody: {
    code: 'merge-fields-in-body',
    severity: 'warning',
    summary: 'Merge fields in the body stay off.',
    reason:
      'The platform would evaluate any formula in the body. Whoever can edit a text field of a record could write {!$Credential...} into it and have the secret sent.',
    fix: 'Remove `allowMergeFieldsInBody: true`. Bodies are built without it.',
  },
} as const satisfies Record<string, Rule>;

/** Whether the platform adds the Authorization header. */
export function generatesAuthorization(auth: AuthConfig): boolean {
  return auth.generateAuthorizationHeader ?? auth.type !== 'customHeader';
}

/** Checks that every call carries a credential that works in the context where it runs; each part needs little else. */
export const authChecks: readonly Check[] = [
  { rules, needs: ['auth', 'trigger', 'retry'], run: principalFindings },
  { rules, needs: ['auth'], run: oauthFindings },
  { rules, needs: ['auth', 'endpoint'], run: styleFindings },
  { rules, needs: ['auth', 'endpoint', 'requests'], run: headerFindings },
];

function* principalFindings({ config: { auth, trigger, retry } }: Subject): Iterable<Finding> {
  if (auth.principal !== 'perUser') return;
  const at = ['auth', 'principal'];
  if (trigger !== undefined)
    yield finding(
      at,
      rules.perUserInAutomation,
      `Saves of ${trigger.object} would be sent with a credential of each user.`,
    );
  else if (retry.attempts > 1)
    yield finding(at, rules.perUserRetries, "A retry cannot use the credential of the action's user.");
}

function* oauthFindings({ config: { auth } }: Subject): Iterable<Finding> {
  if (auth.type === 'browser') {
    yield finding(['auth', 'type'], rules.browserLogin, 'A person must log in once before the first call.');
    yield* clientIdFindings(auth);
    if (
      auth.scopes.length > 0 &&
      !auth.scopes.some((scope) => scope === 'refresh_token' || scope === 'offline_access')
    ) {
      yield finding(['auth', 'scopes'], rules.noRefreshToken, 'No scope asks for a refresh token.');
    }
  }
  if (auth.type !== 'clientCredentials') return;
  const { hostname } = new URL(auth.tokenUrl);
  if (hostname === 'login.salesforce.com' || hostname === 'test.salesforce.com') {
    yield finding(['auth', 'tokenUrl'], rules.sharedLoginHost, `The token URL is on ${hostname}.`);
  }
  if (hostname.endsWith('.salesforce.com') && auth.scopes.length > 0) {
    yield finding(['auth', 'scopes'], rules.scopeRefused, 'Salesforce is asked for scopes.');
  }
}

function* clientIdFindings({ provider, clientId }: Extract<AuthConfig, { type: 'browser' }>): Iterable<Finding> {
  if (provider === 'authProvider' && clientId === undefined)
    yield finding(['auth', 'provider'], rules.clientIdMissing, 'The auth provider has no client id.');
  if (provider === 'identityProvider' && clientId !== undefined)
    yield finding(['auth', 'clientId'], rules.clientIdUnused, 'An identity provider takes no client id from here.', {
      atKey: true,
    });
}

function* styleFindings({ config: { auth, endpoint } }: Subject): Iterable<Finding> {
  if (auth.credentialStyle !== 'legacy') return;
  const at = ['auth', 'credentialStyle'];
  const flaw = legacyFlaw(auth);
  if (flaw === undefined) yield finding(at, rules.legacyCredential, 'The credential is of the old form.');
  else yield finding(at, rules.legacyUnsupported, flaw.message, flaw.fix === undefined ? {} : { fix: flaw.fix });
  if (Object.keys(endpoint.headers).length > 0) {
    yield finding(['endpoint', 'headers'], rules.legacyUnsupported, 'A legacy named credential adds no headers.', {
      atKey: true,
      fix: 'Move the headers to the requests, or remove `credentialStyle: legacy`.',
    });
  }
}

function legacyFlaw(auth: AuthConfig): { readonly message: string; readonly fix?: string } | undefined {
  switch (auth.type) {
    case 'clientCredentials':
    case 'customHeader':
      return { message: `A legacy named credential cannot do ${auth.type}.` };
    case 'browser':
      if (auth.provider === 'authProvider') return undefined;
      return {
        message: 'A legacy named credential cannot use an external auth identity provider.',
        fix: 'Remove `credentialStyle: legacy`, or write `provider: authProvider` and a `clientId`.',
      };
    case 'basic':
      return auth.principal === 'perUser'
        ? undefined
        : { message: 'The user name of a legacy named credential would have to stand in the project.' };
    case 'jwtBearer':
      return undefined;
  }
}

function* headerFindings(subject: Subject): Iterable<Finding> {
  const { auth, endpoint } = subject.config;
  const headers = Object.entries(endpoint.headers);
  const isAuthorization = (name: string): boolean => name.toLowerCase() === 'authorization';
  const places = [
    ...headers.map(([name]) => ({ name, path: ['endpoint', 'headers', name] })),
    ...subject.requests.flatMap(({ index, config }) =>
      Object.keys(config.headers).map((name) => ({ name, path: ['requests', index, 'headers', name] })),
    ),
  ].filter(({ name }) => isAuthorization(name));
  const carriesItself = auth.type === 'customHeader';
  if (generatesAuthorization(auth)) {
    for (const { path } of places)
      yield finding(path, rules.twoAuthorizations, 'The header stands beside the one of the platform.', {
        atKey: true,
      });
    if (carriesItself && isAuthorization(auth.header)) {
      yield finding(
        ['auth', 'generateAuthorizationHeader'],
        rules.twoAuthorizations,
        'The header stands beside the one of the platform.',
      );
    }
  }
  const usesCredential = headers.some(
    ([, value]) => typeof value !== 'string' && value.formula.includes('$Credential'),
  );
  if (!generatesAuthorization(auth) && !carriesItself && places.length === 0 && !usesCredential) {
    yield finding(['auth', 'generateAuthorizationHeader'], rules.noCredentialSent, 'No header carries the credential.');
  }
  const formula = headers.find(([, value]) => typeof value !== 'string');
  if (endpoint.allowMergeFieldsInHeader === false && (formula !== undefined || carriesItself)) {
    const what = formula === undefined ? 'header of the credential' : `header "${formula[0]}"`;
    yield finding(
      ['endpoint', 'allowMergeFieldsInHeader'],
      rules.mergeFieldsOff,
      `The ${what} has a formula that is not evaluated.`,
    );
  }
  if (endpoint.allowMergeFieldsInBody) {
    yield finding(['endpoint', 'allowMergeFieldsInBody'], rules.mergeFieldsInBody, 'Formulas in bodies are evaluated.');
  }
}
