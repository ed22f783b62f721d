import { Problem, quote } from '../../diagnostics/index.js';
import type { Rule } from '../../diagnostics/index.js';
import type { TextFormat } from './format.js';

export const urlRules = {
  badUrl: {
    code: 'bad-url',
    severity: 'error',
    summary: 'A URL is complete and holds only characters that a URL may hold.',
    reason: 'Salesforce refuses it, or calls another address than the one that was meant.',
    fix: 'Write a complete URL, such as `https://api.example.com/v1`. Encode other characters as %XX.',
  },
  notHttps: {
    code: 'not-https',
    severity: 'error',
    summary: 'A URL starts with https://.',
    reason: 'Without TLS, everyone on the way can read the secret and the data, and change both.',
    fix: 'Use https://. Plain http:// is only accepted for this machine: localhost, 127.0.0.1 and [::1].',
  },
  loopbackHttp: {
    code: 'loopback-http',
    severity: 'warning',
    summary: 'A URL of this machine is meant for tests only.',
    reason: 'A Salesforce org cannot reach this machine. The URL only works in the local org.',
    fix: 'Keep the real URL here and put this one into an environment under config/environments.',
  },
  urlCredentials: {
    code: 'url-credentials',
    severity: 'error',
    summary: 'A URL holds no user name or password.',
    reason: 'The configuration is under version control: whoever can read the repository would know the password.',
    fix: 'Remove the part before the @. Secrets are entered in the org after the deployment.',
  },
  urlQuery: {
    code: 'url-query',
    severity: 'error',
    summary: 'A URL holds no query and no fragment.',
    reason: 'The path of each request is appended to the URL and would become part of the query.',
    fix: "Remove everything from the ? or # on. Parameters belong to the request's `query`.",
  },
  urlDots: {
    code: 'url-dots',
    severity: 'error',
    summary: 'A URL has no . or .. segments.',
    reason: 'They are resolved differently by servers, so that a call may leave the base path.',
    fix: 'Write the path that is meant.',
  },
} as const satisfies Record<string, Rule>;

const LONGEST_URL = 255;
const URL_CHARACTERS = /^[A-Za-z0-9\-._~:/?#[\]@!$&()*+,;=%]+$/;
const BAD_ESCAPE = /%(?![0-9A-Fa-f]{2})/;
const DOTS = /\/(?:\.|%2e){1,2}(?:\/|$)/i;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** An absolute https URL without credentials, query and fragment. */
export const urlFormat: TextFormat = { pattern: '^https?://[^\\s?#]+$', check: urlProblems };

/** The URL without slashes at its end. */
export function withoutTrailingSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

function urlProblems(value: string): readonly Problem[] {
  const parsed = parse(value);
  if (parsed === undefined)
    return [
      new Problem(urlRules.badUrl, `${quote(hideCredentials(value))} is not a URL that can be called.`, {
        suggestion: withScheme(value),
      }),
    ];
  const shown = quote(hideCredentials(value));
  const problems: Problem[] = [];
  if (value.length > LONGEST_URL) {
    problems.push(
      new Problem(urlRules.badUrl, `The URL has ${value.length} characters; at most ${LONGEST_URL} are allowed.`),
    );
  }
  if (parsed.username !== '' || parsed.password !== '' || /^[^/]*\/\/[^/]*@/.test(value)) {
    problems.push(new Problem(urlRules.urlCredentials, 'The URL holds a user name or password.'));
  }
  if (value.includes('?')) problems.push(new Problem(urlRules.urlQuery, 'The URL holds a query.', { token: '?' }));
  if (value.includes('#')) problems.push(new Problem(urlRules.urlQuery, 'The URL holds a fragment.', { token: '#' }));
  if (DOTS.test(value)) problems.push(new Problem(urlRules.urlDots, `The URL ${shown} has a . or .. segment.`));
  if (parsed.protocol === 'http:') {
    const rule = LOOPBACK.has(parsed.hostname) ? urlRules.loopbackHttp : urlRules.notHttps;
    const message =
      rule === urlRules.notHttps ? `The URL ${shown} is not encrypted.` : `The URL ${shown} is on this machine.`;
    problems.push(new Problem(rule, message));
  }
  return problems;
}

function parse(value: string): URL | undefined {
  if (!/^https?:\/\//i.test(value) || !URL_CHARACTERS.test(value) || BAD_ESCAPE.test(value) || !URL.canParse(value))
    return undefined;
  const url = new URL(value);
  return url.hostname === '' ? undefined : url;
}

/** `api.example.com/v1` was meant as a URL if it becomes one with https:// before it. */
function withScheme(value: string): string | undefined {
  const whole = `https://${value}`;
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[:/]|$)/i.test(value) && parse(whole) !== undefined ? whole : undefined;
}

/** An error text must not repeat a password. */
function hideCredentials(value: string): string {
  return value.replace(/\/\/[^/@]*@/, '//…@');
}
