import { ApexBlob } from '../../data/index.js';
import { apexError, ApexList, PlatformObject, Unsupported, type LibraryModule } from '../runtime/index.js';
import { PRIMITIVES } from '../types/types.js';
import { required, text } from './arguments.js';
import { XmlDocument } from './dom.js';

/** Headers by lower-cased name, with the name as it was set. */
class Headers {
  private readonly values = new Map<string, { readonly name: string; readonly value: string }>();
  get(name: string): string | null {
    return this.values.get(name.toLowerCase())?.value ?? null;
  }
  set(name: string, value: string): void {
    this.values.set(name.toLowerCase(), { name, value });
  }
  names(): readonly string[] {
    return [...this.values.values()].map((header) => header.name);
  }
  entries(): readonly (readonly [string, string])[] {
    return [...this.values.values()].map(({ name, value }) => [name, value] as const);
  }
}

/** Smallest and largest timeout of a callout, milliseconds (PLATFORM 3.1). */
const TIMEOUT = { min: 1, max: 120_000 };

export class HttpRequestObject extends PlatformObject {
  override readonly typeName = 'System.HttpRequest';
  readonly headers = new Headers();
  endpoint: string | null = null;
  method: string | null = null;
  body: ApexBlob = ApexBlob.ofText('');
  timeout = 10_000;
  compressed = false;
  override toString(): string {
    return `System.HttpRequest[Endpoint=${this.endpoint ?? 'null'}, Method=${this.method ?? 'null'}]`;
  }
}

export class HttpResponseObject extends PlatformObject {
  override readonly typeName = 'System.HttpResponse';
  readonly headers = new Headers();
  status: string | null = null;
  statusCode = 0;
  body: ApexBlob = ApexBlob.ofText('');
  override toString(): string {
    return `System.HttpResponse[Status=${this.status ?? 'null'}, StatusCode=${this.statusCode}]`;
  }
}

export const httpRequestModule: LibraryModule = {
  owner: 'System.HttpRequest',
  members: () => ({
    '<init>': () => new HttpRequestObject(),
    getBody: (self: HttpRequestObject) => self.body.toText(),
    getBodyAsBlob: (self: HttpRequestObject) => self.body,
    getBodyDocument: (self: HttpRequestObject) => XmlDocument.of(self.body.toText()),
    setBodyDocument: (self: HttpRequestObject, document: XmlDocument | null) => {
      self.body = ApexBlob.ofText(required(document).toXml());
    },
    getCompressed: (self: HttpRequestObject) => self.compressed,
    getEndpoint: (self: HttpRequestObject) => self.endpoint,
    getHeader: (self: HttpRequestObject, name: string | null) => self.headers.get(text(name)),
    getMethod: (self: HttpRequestObject) => self.method,
    getTimeout: (self: HttpRequestObject) => self.timeout,
    setBody: (self: HttpRequestObject, body: string | null) => {
      self.body = ApexBlob.ofText(text(body));
    },
    setBodyAsBlob: (self: HttpRequestObject, body: ApexBlob | null) => {
      self.body = required(body);
    },
    setCompressed: (self: HttpRequestObject, on: boolean) => {
      self.compressed = on;
    },
    setEndpoint: (self: HttpRequestObject, endpoint: string | null) => {
      self.endpoint = endpoint;
    },
    setHeader: (self: HttpRequestObject, name: string | null, value: string | null) =>
      self.headers.set(text(name), value ?? ''),
    setMethod: (self: HttpRequestObject, method: string | null) => {
      self.method = method;
    },
    setTimeout: (self: HttpRequestObject, timeout: number) => {
      if (timeout < TIMEOUT.min || timeout > TIMEOUT.max)
        throw apexError(
          'CalloutException',
          `Invalid timeout: ${timeout}: must be between ${TIMEOUT.min} and ${TIMEOUT.max}`,
        );
      self.timeout = timeout;
    },
    setClientCertificateName: (_self: HttpRequestObject, name: string) => {
      throw new Unsupported(`HttpRequest.setClientCertificateName(${name})`);
    },
    toString: (self: HttpRequestObject) => self.toString(),
  }),
};

export const httpResponseModule: LibraryModule = {
  owner: 'System.HttpResponse',
  members: () => ({
    '<init>': () => new HttpResponseObject(),
    getBody: (self: HttpResponseObject) => self.body.toText(),
    getBodyAsBlob: (self: HttpResponseObject) => self.body,
    getBodyDocument: (self: HttpResponseObject) => XmlDocument.of(self.body.toText()),
    getHeader: (self: HttpResponseObject, name: string | null) => self.headers.get(text(name)),
    // In the order of their names (NebulaLogger: LogEntryEventBuilder_Tests).
    getHeaderKeys: (self: HttpResponseObject) => new ApexList(PRIMITIVES.String, [...self.headers.names()].toSorted()),
    getStatus: (self: HttpResponseObject) => self.status,
    getStatusCode: (self: HttpResponseObject) => self.statusCode,
    setBody: (self: HttpResponseObject, body: string | null) => {
      self.body = ApexBlob.ofText(text(body));
    },
    setBodyAsBlob: (self: HttpResponseObject, body: ApexBlob | null) => {
      self.body = required(body);
    },
    setHeader: (self: HttpResponseObject, name: string | null, value: string | null) =>
      self.headers.set(text(name), value ?? ''),
    setStatus: (self: HttpResponseObject, status: string | null) => {
      self.status = status;
    },
    setStatusCode: (self: HttpResponseObject, code: number) => {
      self.statusCode = code;
    },
    toString: (self: HttpResponseObject) => self.toString(),
  }),
};
