import { gzipSync } from 'node:zlib';
import type { CalloutRequest } from '../../../apex/runtime/index.js';
import { API_VERSION } from '../../../package/index.js';
import { evaluateTemplate, type FormulaContext } from '../formulas/formula-scope.js';
import { hasFormula } from '../formulas/template.js';
import type { ExternalCredential, HeaderDefinition, NamedCredential } from '../metadata/model.js';
import { CalloutFailure } from '../../../apex/runtime/index.js';
import type { CredentialSettings } from '../../settings/index.js';
import type { HttpHeaders } from './http.js';
import { resolveMergeFields } from './merge-fields.js';

/** What every callout of the platform sends unless Apex says otherwise; seen by many servers. */
const DEFAULT_HEADERS: HttpHeaders = [
  ['User-Agent', `SFDC-Callout/${API_VERSION}`],
  ['SFDC_STACK_DEPTH', '1'],
  ['Cache-Control', 'no-cache'],
  ['Pragma', 'no-cache'],
  ['Accept', 'text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2'],
];

/** Headers and body as they go over the wire. */
export interface Message {
  readonly headers: HttpHeaders;
  readonly body: Buffer;
}

/** A message to an address, without a credential. */
export function plainMessage(request: CalloutRequest): Message {
  const headers = new HeaderList(DEFAULT_HEADERS);
  for (const [name, value] of request.headers) headers.set(name, value);
  return finished(headers, request.body, request.compressed);
}

export interface CredentialParts {
  readonly named: NamedCredential;
  readonly external: ExternalCredential;
  readonly authorization: string | undefined;
  readonly formulas: FormulaContext;
  readonly settings: CredentialSettings;
}

/** A message through a named credential: what Apex wrote, with merge fields where they are allowed, and the credential's headers in order. */
export function credentialMessage(request: CalloutRequest, parts: CredentialParts): Message {
  const { named, external, authorization, formulas } = parts;
  const headers = new HeaderList(DEFAULT_HEADERS);
  const apex = new Set(request.headers.map(([name]) => name.toLowerCase()));
  for (const [name, value] of request.headers)
    headers.set(name, named.allowMergeFieldsInHeader ? resolveMergeFields(value, 'header', formulas) : value);
  const own: HeaderDefinition[] = [...named.headers, ...external.headers];
  const add = (name: string, value: string): void => {
    if (parts.settings.headerConflict === 'credential' || !apex.has(name.toLowerCase())) headers.set(name, value);
  };
  for (const { name, value } of own) add(name, headerValue(value, parts));
  if (authorization !== undefined) add('Authorization', authorization);
  return finished(headers, bodyOf(request, named, formulas), request.compressed);
}

function headerValue(value: string, { named, formulas, settings }: CredentialParts): string {
  if (named.allowMergeFieldsInHeader) return evaluateTemplate(value, formulas);
  if (settings.formulaNotAllowed === 'exception' && hasFormula(value))
    throw new CalloutFailure(`The named credential ${named.name} doesn't allow formulas in HTTP headers.`);
  return value;
}

function bodyOf(request: CalloutRequest, named: NamedCredential, formulas: FormulaContext): Buffer {
  if (!named.allowMergeFieldsInBody) return request.body;
  const text = request.body.toString('utf8');
  // What is no text, or names no merge field, goes out byte for byte.
  if (!hasFormula(text) || !Buffer.from(text, 'utf8').equals(request.body)) return request.body;
  return Buffer.from(resolveMergeFields(text, 'body', formulas), 'utf8');
}

/** Apex Reference, HttpRequest.setCompressed: the body is delivered in gzip. */
function finished(headers: HeaderList, body: Buffer, compressed: boolean): Message {
  if (body.length > 0 && !headers.has('Content-Type')) headers.set('Content-Type', 'application/x-www-form-urlencoded');
  if (!compressed) return { headers: headers.entries(), body };
  headers.set('Content-Encoding', 'gzip');
  return { headers: headers.entries(), body: gzipSync(body) };
}

/** Headers whose names ignore case; the last value counts. */
class HeaderList {
  readonly #fields = new Map<string, readonly [name: string, value: string]>();

  public constructor(fields: HttpHeaders) {
    for (const [name, value] of fields) this.set(name, value);
  }

  public set(name: string, value: string): void {
    this.#fields.set(name.toLowerCase(), [name, value]);
  }

  public has(name: string): boolean {
    return this.#fields.has(name.toLowerCase());
  }

  public entries(): HttpHeaders {
    return [...this.#fields.values()];
  }
}
