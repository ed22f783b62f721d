import { request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import type { LocalOrg } from '../../../local-org/src/index.js';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Call {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
}

/** One HTTP request to a local org, with nothing added. */
export function call(
  org: Pick<LocalOrg, 'port'>,
  path: string,
  { method = 'GET', headers = {}, body }: Call = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const sent = httpRequest(
      { host: '127.0.0.1', port: org.port, path, method, headers: { ...length, ...headers }, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

export function authorized(org: Pick<LocalOrg, 'token'>): OutgoingHttpHeaders {
  return { authorization: `Bearer ${org.token}` };
}

/** A Metadata API operation. `token` undefined leaves the session header out. */
export function soap(
  org: Pick<LocalOrg, 'port'>,
  token: string | undefined,
  operation: string,
  path = '/services/Soap/m/66.0',
): Promise<Answer> {
  const header =
    token === undefined
      ? ''
      : `<soapenv:Header xmlns="http://soap.sforce.com/2006/04/metadata"><SessionHeader><sessionId>${token}</sessionId></SessionHeader></soapenv:Header>`;
  const body = `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">${header}<soapenv:Body xmlns="http://soap.sforce.com/2006/04/metadata">${operation}</soapenv:Body></soapenv:Envelope>`;
  return call(org, path, { method: 'POST', headers: { 'content-type': 'text/xml', soapaction: '""' }, body });
}

export function tag(answer: Answer, name: string): string | undefined {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(answer.text)?.[1];
  return text?.replace(
    /&(lt|gt|quot|apos|amp);/g,
    (_, entity: string) => ({ lt: '<', gt: '>', quot: '"', apos: "'" })[entity] ?? '&',
  );
}

/** Sends bytes as they are and returns what comes back until the server closes the connection. */
export function raw(org: Pick<LocalOrg, 'port'>, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(org.port, '127.0.0.1', () => socket.end(bytes));
    socket.setEncoding('utf8');
    socket.on('data', (part: string) => {
      text += part;
    });
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
  });
}
