import { z } from 'zod';
import type { JournalQuery } from '../journal.js';
import { ADMIN } from '../admin/routes.js';
import { OAUTH_PATHS } from '../oauth/paths.js';
import type { AccountRegistration, ClientRegistration } from '../registry.js';

/** The external system refused what its administrator asked for. The message says why. */
export class ExternalAdminError extends Error {
  public override readonly name = 'ExternalAdminError';
}

const refusal = z.object({
  error: z.string(),
  problems: z.array(z.object({ at: z.string(), message: z.string() })).optional(),
});
const expired = z.object({ expired: z.number() });
const entries = z.array(z.record(z.string(), z.json()));
const tree = z.record(z.string(), z.json());

export type JournalEntries = z.infer<typeof entries>;
export type BehaviourTree = z.infer<typeof tree>;

/** The administrator's API of an external system that runs somewhere else. Every method throws ExternalAdminError when it is refused. */
export class ExternalAdmin {
  /** `http://127.0.0.1:<port>` */
  public readonly url: string;
  public readonly authorizeUrl: string;
  public readonly tokenUrl: string;
  public readonly userInfoUrl: string;

  /** @param url `http://127.0.0.1:<port>` */
  public constructor(url: string) {
    this.url = url;
    this.authorizeUrl = url + OAUTH_PATHS.authorize;
    this.tokenUrl = url + OAUTH_PATHS.token;
    this.userInfoUrl = url + OAUTH_PATHS.userInfo;
  }

  public async behaviour(): Promise<BehaviourTree> {
    return tree.parse(await this.#call('GET', '/behaviour'));
  }

  /** Changes the parts that the patch names (RFC 7396). */
  public async configure(patch: unknown): Promise<BehaviourTree> {
    return tree.parse(await this.#call('PATCH', '/behaviour', patch));
  }

  public async requests(query: JournalQuery): Promise<JournalEntries> {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, String(value));
    return entries.parse(await this.#call('GET', `/journal?${parameters.toString()}`));
  }

  public async tokenRequests(): Promise<JournalEntries> {
    return entries.parse(await this.#call('GET', '/journal/tokens'));
  }

  /** Ends live access tokens of a client, or of all. @returns how many */
  public async expireTokens(client: string | undefined): Promise<number> {
    return expired.parse(await this.#call('POST', '/tokens/expire', { client })).expired;
  }

  public async registerClient(registration: ClientRegistration): Promise<void> {
    await this.#call('POST', '/clients', registration);
  }

  public async registerAccount(registration: AccountRegistration): Promise<void> {
    await this.#call('POST', '/accounts', registration);
  }

  async #call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.url}${ADMIN}${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const answer: unknown = response.status === 204 ? undefined : await response.json();
    if (response.ok) return answer;
    const { error, problems = [] } = refusal.parse(answer);
    throw new ExternalAdminError([error, ...problems.map(({ at, message }) => `${at}: ${message}`)].join('\n  '));
  }
}
