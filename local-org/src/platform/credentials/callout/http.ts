import { Agent as HttpAgent, request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { Readable } from 'node:stream';
import { createGunzip, createInflate } from 'node:zlib';
import { CalloutFailure } from '../../../apex/runtime/index.js';
import type { Routes } from '../../network/index.js';
import { failureOf, TIMED_OUT } from './network-failures.js';

export type HttpHeaders = readonly (readonly [name: string, value: string])[];

export interface HttpRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: HttpHeaders;
  readonly body: Buffer;
  /** Milliseconds in which the whole response has to be there. */
  readonly timeoutMs: number;
}

export interface HttpResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: HttpHeaders;
  /** Decompressed. */
  readonly body: Buffer;
  readonly connectMs: number;
  readonly totalMs: number;
}

export interface HttpClientOptions {
  readonly routes: Routes;
  /** Further certificate authorities (PEM) that servers may be signed by. */
  readonly certificateAuthorities?: readonly string[] | undefined;
}

/** Largest response of any transaction, bytes (Apex Developer Guide: Execution Governors and Limits). */
const MAX_RESPONSE_BYTES = 12_000_000;

/**
 * Sends HTTP requests as the platform does: redirects are answers like others (the platform does not follow them), compressed bodies are
 * unpacked, certificates of servers are checked.
 */
export class HttpClient {
  readonly #routes: Routes;
  readonly #http = new HttpAgent({ keepAlive: true });
  readonly #https: HttpsAgent;

  public constructor({ routes, certificateAuthorities }: HttpClientOptions) {
    this.#routes = routes;
    this.#https = new HttpsAgent({
      keepAlive: true,
      ...(certificateAuthorities === undefined ? {} : { ca: [...certificateAuthorities] }),
    });
  }

  /** Throws CalloutFailure when there is no whole response in time. */
  public send(request: HttpRequest): Promise<HttpResponse> {
    return new Promise((resolve, reject) => {
      const startedAt = performance.now();
      let connectedAt = startedAt;
      let call: ClientRequest;
      try {
        call = this.#open(request);
      } catch (error) {
        reject(malformed(error));
        return;
      }
      const timer = setTimeout(() => call.destroy(new CalloutFailure(TIMED_OUT)), request.timeoutMs);
      const settle = (action: () => void): void => {
        clearTimeout(timer);
        action();
      };
      const fail = (error: unknown): void => settle(() => reject(failureOf(error, request.url)));
      call.on('socket', (socket) => {
        if (!socket.connecting) return;
        socket.once(request.url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
          connectedAt = performance.now();
        });
      });
      call.on('error', fail);
      call.on('response', (message) => {
        collect(message, call).then(
          (body) =>
            settle(() =>
              resolve({
                status: message.statusCode ?? 0,
                statusText: message.statusMessage ?? '',
                headers: headersOf(message),
                body,
                connectMs: Math.round(connectedAt - startedAt),
                totalMs: Math.round(performance.now() - startedAt),
              }),
            ),
          fail,
        );
      });
      call.end(request.body);
    });
  }

  /** Ends connections that are kept for later requests. */
  public close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }

  #open({ url, method, headers, body }: HttpRequest): ClientRequest {
    const target = this.#routes.resolve(url);
    const fields: Record<string, string> = Object.fromEntries(headers);
    if (body.length > 0 || BODY_METHODS.has(method)) fields['Content-Length'] = String(body.length);
    const options = { method, headers: { ...fields, Host: url.host } };
    return target.protocol === 'https:'
      ? httpsRequest(target, { ...options, agent: this.#https, ...serverName(url) })
      : httpRequest(target, { ...options, agent: this.#http });
  }
}

/** The name that the server's certificate must have; addresses have none (RFC 6066 section 3). */
function serverName({ hostname }: URL): { readonly servername?: string } {
  return isIP(hostname.replace(/^\[|\]$/g, '')) === 0 ? { servername: hostname } : {};
}

/** Node refuses characters that no header may have before it sends anything; its message holds the value. */
function malformed(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ERR_INVALID_CHAR' || code === 'ERR_INVALID_HTTP_TOKEN'
    ? new CalloutFailure('Illegal character(s) in message header')
    : error;
}

const BODY_METHODS: ReadonlySet<string> = new Set(['PATCH', 'POST', 'PUT']);

/** The body, unpacked; the request is given up when it gets too long. */
async function collect(message: IncomingMessage, call: ClientRequest): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of unpacked(message)) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk), 'utf8');
    length += bytes.length;
    if (length > MAX_RESPONSE_BYTES) {
      const failure = new CalloutFailure(`Exceeded max size limit of ${MAX_RESPONSE_BYTES}`);
      call.destroy(failure);
      throw failure;
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function unpacked(message: IncomingMessage): Readable {
  const unpack = UNPACKERS[message.headers['content-encoding']?.trim().toLowerCase() ?? ''];
  if (unpack === undefined) return message;
  const unpacker = unpack();
  message.on('error', (error) => unpacker.destroy(error));
  return message.pipe(unpacker);
}

const UNPACKERS: Readonly<Record<string, () => ReturnType<typeof createGunzip>>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
};

function headersOf({ rawHeaders }: IncomingMessage): HttpHeaders {
  const headers: [string, string][] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) headers.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '']);
  return headers;
}
