import type { Behaviour } from '../behaviour/index.js';
import type { Chance } from '../chance.js';

/** An access token that was issued. */
export interface AccessToken {
  /** 1 for the first; names the token where its value must not appear. */
  readonly number: number;
  readonly client: string;
  readonly principal: string;
  readonly scope: readonly string[];
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

interface RefreshToken {
  readonly client: string;
  readonly principal: string;
  readonly scope: readonly string[];
  readonly expiresAt: number;
  /** Everything that descends from one login. */
  readonly family: number;
  used: boolean;
}

export interface AuthorizationCode {
  readonly client: string;
  readonly principal: string;
  readonly scope: readonly string[];
  readonly redirectUri: string;
  readonly expiresAt: number;
  readonly codeChallenge: string | undefined;
  readonly codeChallengeMethod: string | undefined;
}

/** What comes of looking up an access token. */
export type TokenState =
  | { readonly state: 'live'; readonly token: AccessToken }
  /** Expired, revoked, or killed by a newer one. */
  | { readonly state: 'dead'; readonly token: AccessToken }
  | { readonly state: 'unknown' };

const CODE_LIFETIME_MILLISECONDS = 300_000;

/** Tokens and codes that the authorization server issued. */
export class TokenStore {
  readonly #now: () => number;
  readonly #chance: Chance;
  readonly #behaviour: () => Behaviour;
  readonly #access = new Map<string, AccessToken>();
  readonly #dead = new Set<number>();
  readonly #families = new Map<number, number[]>();
  readonly #refresh = new Map<string, RefreshToken>();
  readonly #codes = new Map<string, AuthorizationCode>();
  #number = 0;
  #secret = 0;

  public constructor(now: () => number, chance: Chance, behaviour: () => Behaviour) {
    this.#now = now;
    this.#chance = chance;
    this.#behaviour = behaviour;
  }

  /** A new value for a token or code. */
  public newSecret(kind: 'access' | 'refresh' | 'code'): string {
    return this.#chance.secret(`${kind}:${++this.#secret}`);
  }

  /** Milliseconds that a new access token lives. */
  public lifetime(): number {
    return this.#behaviour().token.lifetimeSeconds * 1000;
  }

  public addAccess(
    value: string,
    grant: Pick<AccessToken, 'client' | 'principal' | 'scope'>,
    family: number | undefined,
  ): AccessToken {
    const token: AccessToken = { ...grant, number: ++this.#number, expiresAt: this.#now() + this.lifetime() };
    if (this.#behaviour().token.live === 'onePerClient') this.#kill((older) => older.client === token.client);
    this.#access.set(value, token);
    if (family !== undefined) this.#families.get(family)?.push(token.number);
    return token;
  }

  /** @param family undefined: the token begins one, as at a login */
  public addRefresh(
    value: string,
    grant: Pick<RefreshToken, 'client' | 'principal' | 'scope'>,
    family: number | undefined,
  ): number {
    const number = family ?? this.#families.size + 1;
    if (family === undefined) this.#families.set(number, []);
    const expiresAt = this.#now() + this.#behaviour().token.refreshLifetimeSeconds * 1000;
    this.#refresh.set(value, { ...grant, expiresAt, family: number, used: false });
    return number;
  }

  public access(value: string): TokenState {
    const token = this.#access.get(value);
    if (token === undefined) return { state: 'unknown' };
    const live = !this.#dead.has(token.number) && token.expiresAt > this.#now();
    return { state: live ? 'live' : 'dead', token };
  }

  /** A refresh token that may be used. One that was rotated away already takes its whole family with it where reuse is detected. */
  public refresh(value: string): Readonly<RefreshToken> | undefined {
    const token = this.#refresh.get(value);
    if (token === undefined || token.expiresAt <= this.#now()) return undefined;
    const { rotateRefreshTokens, detectReuse } = this.#behaviour().token;
    if (!token.used) return token;
    if (rotateRefreshTokens && detectReuse) this.#revokeFamily(token.family);
    return undefined;
  }

  /** Marks a refresh token as used. False when it was: of two requests at the same time one wins. */
  public useRefresh(value: string): boolean {
    const token = this.#refresh.get(value);
    if (token === undefined || token.used) return false;
    token.used = true;
    return true;
  }

  public addCode(value: string, code: Omit<AuthorizationCode, 'expiresAt'>): void {
    this.#codes.set(value, { ...code, expiresAt: this.#now() + CODE_LIFETIME_MILLISECONDS });
  }

  public code(value: string): AuthorizationCode | undefined {
    const code = this.#codes.get(value);
    return code !== undefined && code.expiresAt > this.#now() ? code : undefined;
  }

  public useCode(value: string): boolean {
    return this.#codes.delete(value);
  }

  /** Revokes an access or refresh token of a client (RFC 7009); a refresh token takes its family with it. */
  public revoke(value: string, client: string): void {
    const access = this.#access.get(value);
    if (access?.client === client) this.#dead.add(access.number);
    const refresh = this.#refresh.get(value);
    if (refresh?.client === client) this.#revokeFamily(refresh.family);
  }

  /** Ends live access tokens before their time. @returns how many */
  public expire(client: string | undefined): number {
    return this.#kill((token) => client === undefined || token.client === client);
  }

  public clear(): void {
    for (const entries of [this.#access, this.#refresh, this.#codes, this.#families, this.#dead]) entries.clear();
  }

  #kill(which: (token: AccessToken) => boolean): number {
    const now = this.#now();
    let killed = 0;
    for (const [value, token] of this.#access) {
      if (this.#dead.has(token.number) || token.expiresAt <= now) {
        // Long dead tokens are only kept so that their number can be told.
        if (token.expiresAt + this.lifetime() < now) this.#access.delete(value);
      } else if (which(token)) {
        this.#dead.add(token.number);
        killed++;
      }
    }
    return killed;
  }

  #revokeFamily(family: number): void {
    for (const number of this.#families.get(family) ?? []) this.#dead.add(number);
    for (const token of this.#refresh.values()) if (token.family === family) token.used = true;
  }
}
