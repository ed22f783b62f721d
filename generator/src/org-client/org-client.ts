import * as z from 'zod';

/** Where an org is and who asks. `token` is a secret. */
export interface OrgAddress {
  readonly url: string;
  readonly token: string;
}

/** An org's answer that is no success. */
export class OrgRequestError extends Error {
  public override readonly name = 'OrgRequestError';
  public constructor(
    what: string,
    readonly status: number,
    answer: string,
  ) {
    super(`${what}: HTTP ${status} ${answer.slice(0, 1000)}`);
  }
}

const VERSION = '66.0';

const identity = z.object({ preferred_username: z.string() });

const page = z.object({
  records: z.array(z.record(z.string(), z.unknown())),
  nextRecordsUrl: z.string().optional(),
});

const session = z.object({ accessToken: z.string() });

/** One record of an answer: field names in their own case. */
export type OrgRecord = Readonly<Record<string, unknown>>;

/** Asks an org through its REST API. */
export class OrgClient {
  public constructor(private readonly org: OrgAddress) {}

  /** The same local org as another user asks it; only its administrator may do that. Throws OrgRequestError. */
  public async as(username: string): Promise<OrgClient> {
    const { accessToken } = session.parse(await this.request('POST', '/callout/sessions', { username }));
    return new OrgClient({ url: this.org.url, token: accessToken });
  }

  /** Who asks. Throws OrgRequestError. */
  public async username(): Promise<string> {
    return identity.parse(await this.request('GET', '/services/oauth2/userinfo')).preferred_username;
  }

  /** All records of a query. Throws OrgRequestError. */
  public async query(soql: string): Promise<readonly OrgRecord[]> {
    const records: OrgRecord[] = [];
    let path: string | undefined = `/services/data/v${VERSION}/query?q=${encodeURIComponent(soql)}`;
    while (path !== undefined) {
      const answer = page.parse(await this.request('GET', path));
      records.push(...answer.records);
      path = answer.nextRecordsUrl;
    }
    return records;
  }

  /** Sends one request to a resource below `/services/data/v66.0`; undefined for an answer without a body. Throws OrgRequestError. */
  public data(method: string, resource: string, body?: unknown): Promise<unknown> {
    return this.request(method, `/services/data/v${VERSION}${resource}`, body);
  }

  /** The same for any path of the org. */
  public async request(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(new URL(path, this.org.url), {
      method,
      headers: { authorization: `Bearer ${this.org.token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new OrgRequestError(`${method} ${path.split('?')[0] ?? ''}`, response.status, text);
    return text === '' ? undefined : JSON.parse(text);
  }
}
