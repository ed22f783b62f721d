import type { Behaviour, ExpiredSession } from '../behaviour/index.js';
import { jsonAnswer, type Answer } from '../answer.js';
import { matchesPath } from '../path-pattern.js';

type Forms = { readonly [Form in ExpiredSession['form']]: (status: number) => Answer };

const MESSAGE = 'Session expired or invalid';

/** How servers say that a session has expired. */
const FORMS: Forms = {
  /** RFC 6750 section 3.1. */
  oauth: (status) =>
    jsonAnswer(
      status,
      { error: 'invalid_token', error_description: 'The access token expired' },
      { 'www-authenticate': 'Bearer error="invalid_token", error_description="The access token expired"' },
    ),
  /** Salesforce REST API. */
  rest: (status) => jsonAnswer(status, [{ message: MESSAGE, errorCode: 'INVALID_SESSION_ID' }]),
  /** Salesforce SOAP API, whose status is 500 (PLATFORM 1.4). */
  soap: (status) => ({
    status,
    headers: { 'content-type': 'text/xml; charset=UTF-8' },
    body:
      '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
      'xmlns:sf="urn:fault.partner.soap.sforce.com"><soapenv:Body><soapenv:Fault><faultcode>sf:INVALID_SESSION_ID</faultcode>' +
      '<faultstring>INVALID_SESSION_ID: Invalid Session ID found in SessionHeader: Illegal Session</faultstring>' +
      '</soapenv:Fault></soapenv:Body></soapenv:Envelope>',
  }),
};

/** @param requested path of the request, without query */
export function expiredSessionAnswer({ status, form, path }: ExpiredSession, requested: string): Answer {
  return matchesPath(path, requested) ? FORMS[form](status) : FORMS.oauth(401);
}

/** No credentials, or wrong ones: always 401, whatever expired sessions get. */
export function unauthorizedAnswer(): Answer {
  return jsonAnswer(401, { error: 'unauthorized' }, { 'www-authenticate': 'Bearer, Basic realm="external"' });
}

/**
 * @param requested path of the request, without query
 * @param until end of the window, milliseconds since 1970
 */
export function throttledAnswer(
  limit: NonNullable<Behaviour['rateLimit']>,
  expiredSession: ExpiredSession,
  requested: string,
  until: number,
  now: number,
): Answer {
  if (limit.answer === 'expiredSession') return expiredSessionAnswer(expiredSession, requested);
  return jsonAnswer(429, { error: 'too_many_requests' }, retryAfter(limit.retryAfter, until, now));
}

/** `Retry-After` (RFC 9110 section 10.2.3) has whole seconds only, so it is rounded up. */
function retryAfter(
  form: NonNullable<Behaviour['rateLimit']>['retryAfter'],
  until: number,
  now: number,
): Readonly<Record<string, string>> {
  switch (form) {
    case 'seconds':
      return { 'retry-after': String(Math.ceil((until - now) / 1000)) };
    case 'httpDate':
      return { 'retry-after': new Date(Math.ceil(until / 1000) * 1000).toUTCString() };
    case 'none':
      return {};
  }
}
