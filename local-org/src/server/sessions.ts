import { randomBytes, timingSafeEqual, createHash } from 'node:crypto';
import type { OrgUser } from '../model/index.js';

const TOKEN_BYTES = 64;

interface Session {
  readonly digest: Buffer;
  readonly user: OrgUser;
}

/** Sessions of this start of the org. Tokens look like those of the platform, `<org id>!<secret>`, because clients check that. */
export class Sessions {
  readonly #orgId: string;
  readonly #sessions: Session[] = [];

  public constructor(orgId: string) {
    this.#orgId = orgId;
  }

  /** Opens a session and returns its token; only a digest of it is kept. */
  public open(user: OrgUser): string {
    const token = `${this.#orgId}!${randomBytes(TOKEN_BYTES).toString('base64url').replaceAll('-', '.')}`;
    this.#sessions.push({ digest: digestOf(token), user });
    return token;
  }

  /** The user whose token it is. Takes the same time for every wrong token. */
  public find(token: string): OrgUser | undefined {
    const digest = digestOf(token);
    return this.#sessions.find((session) => timingSafeEqual(session.digest, digest))?.user;
  }
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
