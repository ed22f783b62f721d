import type { PrincipalRecord, StoredToken, SecretStore } from '../../secrets/index.js';
import type { HttpClient } from '../callout/http.js';
import { evaluateTemplate, type FormulaContext } from '../formulas/formula-scope.js';
import { CredentialRefusal, MESSAGES } from '../messages.js';
import type { CredentialCatalog } from '../metadata/catalog.js';
import type { Claim, ExternalCredential, OAuthProtocol, OAuthProvider, Principal } from '../metadata/model.js';
import { signedAssertion } from './assertion.js';
import { requestToken, type IssuedToken, type TokenRequest } from './token-endpoint.js';

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** For whom a token is wanted. */
export interface TokenWish {
  readonly external: ExternalCredential;
  readonly protocol: OAuthProtocol;
  readonly principal: Principal;
  /** What the principal was given, and its token so far. */
  readonly record: PrincipalRecord | undefined;
  readonly formulas: FormulaContext;
  readonly timeoutMs: number;
}

type Client = NonNullable<TokenRequest['client']>;

/** Gets tokens for principals, each protocol in its way. */
export class TokenSource {
  readonly #http: HttpClient;
  readonly #catalog: CredentialCatalog;
  readonly #secrets: SecretStore;

  public constructor(http: HttpClient, catalog: CredentialCatalog, secrets: SecretStore) {
    this.#http = http;
    this.#catalog = catalog;
    this.#secrets = secrets;
  }

  /**
   * A new token, without anybody logging in: client credentials and JWT bearer ask again, a browser login uses its refresh token
   * (PLATFORM 1.4). Undefined when there is no way to one. Throws CalloutFailure.
   */
  public async obtain(wish: TokenWish): Promise<IssuedToken | undefined> {
    const { protocol } = wish;
    switch (protocol.kind) {
      case 'clientCredentials':
        return this.#clientCredentials(wish, protocol);
      case 'jwtBearer':
        return this.#jwtBearer(wish, protocol);
      case 'browser':
        return this.#refresh(wish, protocol.provider);
    }
  }

  /** Client id and secret at a provider. Throws CalloutFailure when they are not set. */
  public clientOf(provider: OAuthProvider): Client {
    const stored = this.#secrets.provider(provider.name);
    const id = stored?.['clientId'] ?? provider.clientId;
    const secret = stored?.['clientSecret'] ?? provider.clientSecret;
    if (id === undefined || secret === undefined) throw new CredentialRefusal(MESSAGES.notConfigured);
    return { id, secret, authentication: provider.clientAuthentication };
  }

  public providerOf(reference: Pick<OAuthProvider, 'kind' | 'name'>): OAuthProvider {
    const provider = this.#catalog.provider(reference);
    if (provider === undefined) throw new CredentialRefusal(MESSAGES.notConfigured);
    return provider;
  }

  #clientCredentials(
    wish: TokenWish,
    protocol: Extract<OAuthProtocol, { kind: 'clientCredentials' }>,
  ): Promise<IssuedToken> {
    const id = wish.record?.values['clientId']?.value;
    const secret = wish.record?.values['clientSecret']?.value;
    if (id === undefined || secret === undefined) throw new CredentialRefusal(MESSAGES.notConfigured);
    return requestToken(this.#http, {
      tokenUrl: protocol.tokenUrl,
      parameters: { grant_type: 'client_credentials', ...scopeOf(wish) },
      client: { id, secret, authentication: protocol.clientAuthentication },
      timeoutMs: wish.timeoutMs,
    });
  }

  async #jwtBearer(wish: TokenWish, protocol: Extract<OAuthProtocol, { kind: 'jwtBearer' }>): Promise<IssuedToken> {
    const claims = (list: readonly Claim[]): Readonly<Record<string, string>> =>
      Object.fromEntries(list.map(({ name, value }) => [name, evaluateTemplate(value, wish.formulas)]));
    const assertion = await signedAssertion(
      claims(protocol.headerClaims),
      claims(protocol.bodyClaims),
      this.#secrets.privateKey(protocol.certificate),
      wish.formulas.now,
    );
    return requestToken(this.#http, {
      tokenUrl: protocol.tokenUrl,
      parameters: { grant_type: JWT_BEARER, assertion, ...scopeOf(wish) },
      client: undefined,
      timeoutMs: wish.timeoutMs,
    });
  }

  async #refresh(wish: TokenWish, reference: Pick<OAuthProvider, 'kind' | 'name'>): Promise<IssuedToken | undefined> {
    const refreshToken = wish.record?.token?.refreshToken;
    if (refreshToken === undefined) return undefined;
    const provider = this.providerOf(reference);
    const issued = await requestToken(this.#http, {
      tokenUrl: provider.tokenUrl,
      parameters: { grant_type: 'refresh_token', refresh_token: refreshToken },
      client: this.clientOf(provider),
      extra: provider.refreshParameters,
      timeoutMs: wish.timeoutMs,
    });
    // Without rotation the server sends none, and the old one stays good (RFC 6749 section 6).
    return { ...issued, refreshToken: issued.refreshToken ?? refreshToken };
  }
}

/** Scopes of the principal, or those of the credential. */
export function scopeOf({ external, principal }: Pick<TokenWish, 'external' | 'principal'>): {
  readonly scope?: string;
} {
  const scope = external.scopes.get(principal.name.toLowerCase()) ?? external.scopes.get('');
  return scope === undefined ? {} : { scope };
}

/** A token as it is stored. */
export function toStored({ accessToken, refreshToken }: IssuedToken): Omit<StoredToken, 'revision'> {
  return { accessToken, ...(refreshToken === undefined ? {} : { refreshToken }) };
}
