import { createHash, randomBytes } from 'node:crypto';
import { CalloutFailure } from '../../../apex/runtime/index.js';
import type { HttpClient } from '../callout/http.js';
import type { Routes } from '../../network/index.js';
import type { OAuthProvider } from '../metadata/model.js';
import { requestToken } from '../oauth/token-endpoint.js';
import { scopeOf, toStored, type TokenSource } from '../oauth/token-source.js';
import type { SecretStore } from '../../secrets/index.js';
import { ConnectError, invalidInput, noAccess } from './connect-error.js';
import type { CredentialService, FoundPrincipal } from './credential-service.js';
import type { AuthUrlInput } from './inputs.js';

/** Connect REST API: OAuth Credential Auth URL. */
export interface AuthUrlOutput {
  readonly authenticationUrl: string;
  readonly externalCredential: string;
  readonly principalName: string | null;
  readonly principalType: string;
}

/** Where the provider sends browsers back to, by its name. */
export const CALLBACK_PATH = '/services/authcallback';

/** A login that somebody has begun. */
interface Login {
  readonly found: FoundPrincipal;
  readonly provider: OAuthProvider;
  readonly redirectUri: string;
  readonly verifier: string | undefined;
  readonly returnUrl: string | undefined;
  readonly expiresAt: number;
}

export interface BrowserLoginParts {
  readonly service: CredentialService;
  readonly secrets: SecretStore;
  readonly tokens: TokenSource;
  readonly http: HttpClient;
  readonly routes: Routes;
  readonly now: () => number;
}

const LIFETIME_MILLISECONDS = 600_000;
const TIMEOUT_MILLISECONDS = 10_000;
const MOST_LOGINS = 1_000;

/** Logins by browser: the URL where they begin, and the callback where they end (RFC 6749 section 4.1). */
export class BrowserLogins {
  readonly #parts: BrowserLoginParts;
  readonly #logins = new Map<string, Login>();

  public constructor(parts: BrowserLoginParts) {
    this.#parts = parts;
  }

  /** @param orgUrl where the browser reaches this org. Throws ConnectError. */
  public begin(input: AuthUrlInput, userId: string, orgUrl: string): AuthUrlOutput {
    const { service, routes, now } = this.#parts;
    const found = service.find(input, userId);
    const { external, principal } = found;
    if (external.protocol.kind !== 'browser')
      throw invalidInput(`The external credential "${external.name}" has no OAuth browser flow.`);
    if (!service.mayWrite(found, userId)) throw noAccess();
    const { provider, client } = this.#clientFor(external.protocol.provider);
    const state = randomBytes(32).toString('base64url');
    const verifier = provider.pkce ? randomBytes(32).toString('base64url') : undefined;
    const redirectUri = `${orgUrl}${CALLBACK_PATH}/${provider.name}`;
    this.#forgetOld();
    this.#logins.set(state, {
      found,
      provider,
      redirectUri,
      verifier,
      returnUrl: input.returnUrl === undefined ? undefined : localPath(input.returnUrl),
      expiresAt: now() + LIFETIME_MILLISECONDS,
    });
    const scope = scopeOf(found).scope ?? provider.scope;
    const url = new URL(provider.authorizeUrl);
    for (const { name, value } of provider.authorizeParameters) url.searchParams.set(name, value);
    for (const [name, value] of Object.entries({
      response_type: 'code',
      client_id: client.id,
      redirect_uri: redirectUri,
      state,
      ...(scope === undefined ? {} : { scope }),
      ...(verifier === undefined ? {} : { code_challenge: challengeOf(verifier), code_challenge_method: 'S256' }),
    }))
      url.searchParams.set(name, value);
    return {
      // The browser knows no routes of this org.
      authenticationUrl: routes.resolve(url).href,
      externalCredential: external.name,
      principalName: principal.name === '' ? null : principal.name,
      principalType: principal.type,
    };
  }

  /** Ends a login with what the provider sent back. @returns where the browser goes on, if anybody said. Throws ConnectError. */
  public async end(providerName: string, query: Readonly<Record<string, string>>): Promise<string | undefined> {
    const login = this.#take(query.state ?? '');
    if (login === undefined || login.provider.name.toLowerCase() !== providerName.toLowerCase())
      throw invalidInput('This login was not begun here, or it has expired.');
    if (query.code === undefined)
      throw new ConnectError(400, 'OAUTH_ERROR', `The login failed: ${oauthCode(query.error)}.`);
    try {
      const issued = await requestToken(this.#parts.http, {
        tokenUrl: login.provider.tokenUrl,
        parameters: {
          grant_type: 'authorization_code',
          code: query.code,
          redirect_uri: login.redirectUri,
          ...(login.verifier === undefined ? {} : { code_verifier: login.verifier }),
        },
        client: this.#clientFor(login.provider).client,
        extra: login.provider.tokenParameters,
        timeoutMs: TIMEOUT_MILLISECONDS,
      });
      this.#parts.secrets.putToken(login.found.key, toStored(issued));
      return login.returnUrl;
    } catch (error) {
      if (error instanceof CalloutFailure) throw new ConnectError(400, 'OAUTH_ERROR', error.message);
      throw error;
    }
  }

  #clientFor(reference: Pick<OAuthProvider, 'kind' | 'name'>): {
    readonly provider: OAuthProvider;
    readonly client: ReturnType<TokenSource['clientOf']>;
  } {
    const { tokens } = this.#parts;
    try {
      const provider = tokens.providerOf(reference);
      return { provider, client: tokens.clientOf(provider) };
    } catch (error) {
      if (error instanceof CalloutFailure)
        throw invalidInput(`The provider "${reference.name}" has no client id and secret yet.`);
      throw error;
    }
  }

  /** A state is good once. */
  #take(state: string): Login | undefined {
    const login = this.#logins.get(state);
    this.#logins.delete(state);
    return login === undefined || login.expiresAt <= this.#parts.now() ? undefined : login;
  }

  #forgetOld(): void {
    const now = this.#parts.now();
    for (const [state, { expiresAt }] of this.#logins)
      if (expiresAt <= now || this.#logins.size >= MOST_LOGINS) this.#logins.delete(state);
  }
}

function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

/** A path of this org: a login never leads elsewhere. */
function localPath(returnUrl: string): string {
  const path = `/${returnUrl.replace(/^[/\\]+/, '')}`;
  return /^\/[\w\-./?=&%#~]*$/.test(path) && !path.includes('//') ? path : '/';
}

/** Error codes are few and plain (RFC 6749 section 4.1.2.1); anything else is not shown. */
function oauthCode(error: string | undefined): string {
  return error !== undefined && /^[a-z_]{1,40}$/.test(error) ? error : 'no code was sent';
}
