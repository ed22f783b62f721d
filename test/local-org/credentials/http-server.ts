import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  type Server,
} from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly rawNames: readonly string[];
  readonly body: Buffer;
}

/** A server that does what a test says. */
export interface Served {
  readonly url: string;
  readonly requests: Seen[];
  close(): Promise<void>;
}

const ok: RequestListener = (_request, response) => response.end('ok');

/** Test certificate for 127.0.0.1, localhost and erp.example.com; nobody trusts it. */
export const CERTIFICATE = read('server.crt');

export async function listen(answer: RequestListener = ok, secure = false): Promise<Served> {
  const requests: Seen[] = [];
  const listener = (request: IncomingMessage, response: Parameters<RequestListener>[1]): void => {
    void buffer(request).then((body) => {
      const rawNames = request.rawHeaders.filter((_text, at) => at % 2 === 0);
      requests.push({ method: request.method, url: request.url, headers: request.headers, rawNames, body });
      answer(request, response);
    });
  };
  const server: Server = secure
    ? createSecureServer({ key: read('server.key'), cert: CERTIFICATE }, listener)
    : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `${secure ? 'https' : 'http'}://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function read(name: string): string {
  return readFileSync(fileURLToPath(new URL(`fixtures/tls/${name}`, import.meta.url)), 'utf8');
}
