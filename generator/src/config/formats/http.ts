import { Problem, quote } from '../../diagnostics/index.js';
import type { Rule } from '../../diagnostics/index.js';
import type { TextFormat } from './format.js';
import { notLongerThan, oneLine } from './line.js';
import { templateProblems, textPartsOf } from './template.js';

export const httpRules = {
  badHeaderName: {
    code: 'bad-header-name',
    severity: 'error',
    summary: 'A header name is a token as RFC 9110 defines it.',
    reason: 'Servers refuse a request with another character in a header name.',
    fix: 'Use letters, digits and hyphens: `X-Request-Source`.',
  },
  forbiddenHeader: {
    code: 'forbidden-header',
    severity: 'error',
    summary: 'Headers that the platform sets itself are not set here.',
    reason:
      'They describe the connection or the length of the body. A second value lets servers and proxies disagree about where a request ends.',
    fix: 'Remove the header.',
  },
  headerNotAscii: {
    code: 'header-not-ascii',
    severity: 'error',
    summary: 'A header value is ASCII text.',
    reason: 'HTTP defines no encoding for other letters in headers: the receiver would read different ones.',
    fix: 'Use ASCII characters only, or send the value in the body.',
  },
  badPath: {
    code: 'bad-path',
    severity: 'error',
    summary: "A request's path starts with / and holds only characters that a path may hold.",
    reason: 'It is appended to the endpoint URL. Anything else would call another address than the one that was meant.',
    fix: 'Write a path below the endpoint URL, such as `/orders/{!Id}`. Encode other characters as %XX.',
  },
  pathQuery: {
    code: 'path-query',
    severity: 'error',
    summary: 'A path holds no query and no fragment.',
    reason: 'Values in the path are encoded for a path, not for a query.',
    fix: "Move the parameters to the request's `query`.",
  },
  pathDots: {
    code: 'path-dots',
    severity: 'error',
    summary: 'A path has no . or .. segments.',
    reason: 'It would leave the base path of the endpoint, to which the credential belongs.',
    fix: 'Write the path that is meant.',
  },
  badQueryName: {
    code: 'bad-query-name',
    severity: 'error',
    summary: 'The name of a query parameter has at least one character and no blanks.',
    reason: 'Servers disagree about how a blank in a name is encoded, + or %20, and would not find the parameter.',
    fix: 'Write the name as the other system documents it, such as `page_size`.',
  },
} as const satisfies Record<string, Rule>;

const TOKEN = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;
const LONGEST_HEADER_NAME = 80;
const LONGEST_HEADER_VALUE = 1024;
const LONGEST_PATH = 1024;
/** Length of Refresh_Probe_Path__c. */
const LONGEST_FIXED_PATH = 255;
const LONGEST_QUERY_NAME = 255;
// Format characters and halves of surrogate pairs, which nobody sees, count as blanks.
const BLANK = /[\s\p{C}]/u;
// eslint-disable-next-line no-control-regex
const NOT_ASCII = /[^\u0000-\u007f]/u;
const PATH_TEXT = /^[A-Za-z0-9\-._~:/@!$&()*+,;=%]*$/;
const BAD_ESCAPE = /%(?![0-9A-Fa-f]{2})/;
const DOTS = /\/(?:\.|%2e){1,2}(?:\/|$)/i;
const FORBIDDEN = new Set([
  'connection',
  'content-length',
  'date',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
]);

/** Name of a header that may be set. */
export const headerNameFormat: TextFormat = {
  pattern: TOKEN.source,
  check: (value) => {
    if (!TOKEN.test(value) || value.length > LONGEST_HEADER_NAME) {
      return [new Problem(httpRules.badHeaderName, `${quote(value)} is not a name of an HTTP header.`)];
    }
    if (!FORBIDDEN.has(value.toLowerCase())) return [];
    return [new Problem(httpRules.forbiddenHeader, `The header ${quote(value)} is set by the platform.`)];
  },
};

/** Value of a header as it is sent. */
export const headerValueFormat: TextFormat = {
  pattern: undefined,
  check: (value) => [...oneLine(value), ...asciiProblems(value), ...notLongerThan(LONGEST_HEADER_VALUE, value)],
};

/** Value of a header with merge fields. */
export const headerTemplateFormat: TextFormat = {
  pattern: undefined,
  check: (value) => [...headerValueFormat.check(value), ...templateProblems(value)],
};

/** Name of a query parameter; it is encoded when it is sent. */
export const queryNameFormat: TextFormat = {
  pattern: undefined,
  check: (value) => {
    const unsafe = [...oneLine(value), ...notLongerThan(LONGEST_QUERY_NAME, value)];
    if (unsafe.length > 0) return unsafe;
    if (value !== '' && !BLANK.test(value)) return [];
    const flaw = value === '' ? 'is empty' : 'holds a blank';
    return [new Problem(httpRules.badQueryName, `The name ${quote(value)} of a query parameter ${flaw}.`)];
  },
};

/** Path of a request, with merge fields. */
export const requestPathFormat: TextFormat = { pattern: '^/', check: pathProblems };

/** Path that is the same in every call; as long as a text field of the policy record. */
export const fixedPathFormat: TextFormat = {
  pattern: '^/',
  check: (value) => {
    const problems = [...pathProblems(value), ...notLongerThan(LONGEST_FIXED_PATH, value)];
    if (problems.length > 0 || textPartsOf(value).length === 1) return problems;
    return [
      new Problem(httpRules.badPath, `The path ${quote(value)} holds a merge field.`, {
        fix: 'Write a path that needs no record: `/limits`.',
      }),
    ];
  },
};

function asciiProblems(value: string): readonly Problem[] {
  const found = NOT_ASCII.exec(value)?.[0];
  return found === undefined
    ? []
    : [new Problem(httpRules.headerNotAscii, `The header value holds ${quote(found)}.`, { token: found })];
}

function pathProblems(value: string): readonly Problem[] {
  const unsafe = [...oneLine(value), ...notLongerThan(LONGEST_PATH, value)];
  if (unsafe.length > 0) return unsafe;
  const syntax = templateProblems(value);
  if (syntax.length > 0) return syntax;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(value) || value.startsWith('//')) {
    return [
      new Problem(httpRules.badPath, `The path ${quote(value)} names a server of its own.`, {
        fix: 'Write only the part after the endpoint URL: `/orders`.',
      }),
    ];
  }
  if (!value.startsWith('/')) {
    const suggestion = /^[A-Za-z0-9]/.test(value) && PATH_TEXT.test(value) ? `/${value}` : undefined;
    return [new Problem(httpRules.badPath, `The path ${quote(value)} does not start with /.`, { suggestion })];
  }
  const problems: Problem[] = [];
  const text = textPartsOf(value);
  const plain = text.join('x');
  if (plain.includes('?')) problems.push(new Problem(httpRules.pathQuery, 'The path holds a query.', { token: '?' }));
  if (plain.includes('#'))
    problems.push(new Problem(httpRules.pathQuery, 'The path holds a fragment.', { token: '#' }));
  if (DOTS.test(plain))
    problems.push(new Problem(httpRules.pathDots, `The path ${quote(value)} has a . or .. segment.`));
  if (problems.length === 0 && (!PATH_TEXT.test(plain) || BAD_ESCAPE.test(plain))) {
    problems.push(
      new Problem(httpRules.badPath, `The path ${quote(value)} holds a character that a path cannot hold.`),
    );
  }
  return problems;
}
