import type { LocalOrg } from '../../../local-org/src/index.js';
import { zipOf, type PackageFiles } from '../support/packages.js';

/** An answer of the REST API; `body` is undefined when there is none. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly text: string;
  readonly headers: Headers;
}

/** A client of the REST API as some user, by default the administrator. */
export class Client {
  constructor(
    private readonly org: Pick<LocalOrg, 'url' | 'token'>,
    private readonly token = org.token,
  ) {}

  /** @param path below `/services/data/v66.0`, or a whole one that starts with `/services` */
  async call(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Reply> {
    const url =
      this.org.url +
      (path.startsWith('/services') || path.startsWith('/callout') ? path : `/services/data/v66.0${path}`);
    const isText = typeof body === 'string';
    const response = await fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(isText ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
    return { status: response.status, text, body: isJson ? JSON.parse(text) : undefined, headers: response.headers };
  }

  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Reply> {
    return this.call('GET', path, undefined, headers);
  }

  post(path: string, body: unknown): Promise<Reply> {
    return this.call('POST', path, body);
  }

  patch(path: string, body: unknown): Promise<Reply> {
    return this.call('PATCH', path, body);
  }

  delete(path: string): Promise<Reply> {
    return this.call('DELETE', path);
  }

  /** Inserts one record, and fails the test when that fails. */
  async insert(object: string, values: Readonly<Record<string, unknown>>): Promise<string> {
    const { status, body, text } = await this.post(`/sobjects/${object}`, values);
    if (status !== 201) throw new Error(text);
    return (body as { id: string }).id;
  }

  query(soql: string, resource = 'query'): Promise<Reply> {
    return this.get(`/${resource}?q=${encodeURIComponent(soql)}`);
  }

  /** Rows of a query without their attributes. */
  async rows(soql: string): Promise<readonly unknown[]> {
    const { status, body, text } = await this.query(soql);
    if (status !== 200) throw new Error(text);
    return (body as { records: Record<string, unknown>[] }).records.map(plain);
  }

  /** Deploys files, and fails the test when that fails. */
  async deploy(files: PackageFiles, options: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const form = new FormData();
    form.append('entity_content', JSON.stringify({ deployOptions: { testLevel: 'NoTestRun', ...options } }));
    form.append('file', new Blob([new Uint8Array(zipOf(files))], { type: 'application/zip' }), 'package.zip');
    const path = `${this.org.url}/services/data/v66.0/metadata/deployRequest`;
    const headers = { authorization: `Bearer ${this.token}` };
    const { id } = (await (await fetch(path, { method: 'POST', headers, body: form })).json()) as { id: string };
    for (;;) {
      const answer = await fetch(`${path}/${id}?includeDetails=true`, { headers });
      const { deployResult } = (await answer.json()) as {
        deployResult: { done: boolean; status: string; details: { componentFailures: unknown } };
      };
      if (!deployResult.done) continue;
      if (deployResult.status !== 'Succeeded') throw new Error(JSON.stringify(deployResult.details.componentFailures));
      return;
    }
  }
}

function plain(record: Record<string, unknown>): unknown {
  return Object.fromEntries(
    Object.entries(record)
      .filter(([name]) => name !== 'attributes')
      .map(([name, value]) => [name, isRecord(value) && 'attributes' in value ? plain(value) : value]),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
