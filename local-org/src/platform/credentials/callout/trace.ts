import type { TraceEvent } from '../../../apex/runtime/index.js';
import type { ExternalCredential } from '../metadata/model.js';
import type { CredentialSettings } from '../../settings/index.js';
import type { HttpResponse } from './http.js';

/** The named credential that lines are about. */
export interface TracedCredential {
  readonly id: string | undefined;
  readonly name: string;
  readonly external: ExternalCredential;
}

export interface TracedRequest {
  readonly url: URL;
  readonly method: string;
  /** Whole Authorization header; only its scheme gets into the log. */
  readonly authorization: string | undefined;
  readonly bodySize: number;
  /** Whether a 401 leads to a new token and a second request. */
  readonly retry: boolean;
}

type Fields = readonly (readonly [name: string, value: string | number | boolean])[];

/** Writes the NAMED_CREDENTIAL lines of debug logs (PLATFORM 4). No line holds a secret. */
export class CalloutTrace {
  readonly #note: (event: TraceEvent) => void;
  readonly #settings: CredentialSettings;

  public constructor(note: (event: TraceEvent) => void, settings: CredentialSettings) {
    this.#note = note;
    this.#settings = settings;
  }

  public request({ id, name, external }: TracedCredential, request: TracedRequest): void {
    this.#event('NAMED_CREDENTIAL_REQUEST', 'INFO', [
      ['Named Credential Id', id ?? 'null'],
      ['Named Credential Name', name],
      ['Endpoint', request.url.href],
      ['Method', request.method],
      ['External Credential Type', TYPES[external.protocol.kind]],
      ['HTTP Header Authorization', schemeOf(request.authorization)],
      ['Request Size bytes', request.bodySize],
      ['Retry on 401', request.retry],
    ]);
  }

  public response({ id, name }: TracedCredential, response: HttpResponse): void {
    const body = response.body.toString('utf8').slice(0, this.#settings.loggedBodyLength);
    this.#note({ category: 'Callout', level: 'INFO', event: 'NAMED_CREDENTIAL_RESPONSE', parts: [`Body:${body}`] });
    this.#event('NAMED_CREDENTIAL_RESPONSE_DETAIL', 'FINER', [
      ['Named Credential Id', id ?? 'null'],
      ['Named Credential Name', name],
      ['Status Code', response.status],
      ['Response Size bytes', response.body.length],
      ['Overall Callout Time ms', response.totalMs],
      ['Connect Time ms', response.connectMs],
    ]);
  }

  /** A callout that the credential did not let through: the log shows null (PLATFORM 1.5.3). */
  public refused(): void {
    this.#event('NAMED_CREDENTIAL_RESPONSE', 'INFO', [
      ['Named Credential Id', 'null'],
      ['Named Credential Name', 'null'],
    ]);
  }

  #event(event: string, level: TraceEvent['level'], fields: Fields): void {
    const texts = fields.map(([name, value]) => `${name}=${String(value)}`);
    const parts = this.#settings.logShape === 'bars' ? texts : [`NamedCallout[${texts.join(', ')}]`];
    this.#note({ category: 'Callout', level, event, parts });
  }
}

const TYPES: Readonly<Record<ExternalCredential['protocol']['kind'], string>> = {
  clientCredentials: 'OAuth',
  browser: 'OAuth',
  jwtBearer: 'OAuth',
  basic: 'Basic',
  custom: 'Custom',
  none: 'NoAuthentication',
  unsupported: 'Unsupported',
};

function schemeOf(authorization: string | undefined): string {
  return authorization === undefined ? 'null' : `${authorization.split(' ')[0] ?? ''} ***`;
}
