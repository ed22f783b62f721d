/** Who the stored token belongs to. `named`: one for the org (the default). `perUser`: one for each user. */
export type PrincipalScope = 'named' | 'perUser';

/** The principal of the external credential: its developer name is stable, because renaming it deletes the stored secret (PLATFORM 1.6). */
export interface Principal {
  readonly scope: PrincipalScope;
  readonly name: string;
}

/** OAuth 2.0 client credentials with a client secret; `body` and `basicHeader` say where the secret travels (PLATFORM 1.2). */
export interface ClientCredentialsAuth {
  readonly type: 'clientCredentials';
  readonly tokenUrl: string;
  readonly clientAuthentication: 'body' | 'basicHeader';
  readonly scopes: readonly string[];
}

/** OAuth 2.0 authorization code; a person logs in once. Provider `authProvider` or `identityProvider` is the metadata that holds the URLs (PLATFORM 1.2). */
export interface BrowserAuth {
  readonly type: 'browser';
  readonly provider: 'authProvider' | 'identityProvider';
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly userInfoUrl: string | undefined;
  /** Client id that the provider knows this org by. Only an auth provider has it in its metadata, and cannot be deployed without it. */
  readonly clientId: string | undefined;
  readonly clientAuthentication: 'body' | 'basicHeader';
  readonly pkce: boolean;
  readonly scopes: readonly string[];
}

/** OAuth 2.0 JWT bearer, signed with a certificate that exists in the org. */
export interface JwtBearerAuth {
  readonly type: 'jwtBearer';
  readonly tokenUrl: string;
  readonly certificate: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
  readonly scopes: readonly string[];
}

/** A secret sent in a header: an API key. `value` may hold `{!$Credential.<ExternalCredential>.<parameter>}` around which text stands. */
export interface CustomHeaderAuth {
  readonly type: 'customHeader';
  /** Header that carries the secret, such as `X-API-Key`. */
  readonly header: string;
  /** Text before the secret, such as `Bearer `; usually empty. */
  readonly prefix: string;
  /** Name of the credential parameter that holds the secret, such as `ApiKey`. */
  readonly parameter: string;
}

/** HTTP Basic with a user name and password stored on the principal. */
export interface BasicAuth {
  readonly type: 'basic';
}

export type AuthMethod = ClientCredentialsAuth | BrowserAuth | JwtBearerAuth | CustomHeaderAuth | BasicAuth;

/** An answer that means "the session has expired", in addition to HTTP 401. At least one of the two members is set; both must match. */
export interface ExpiredSessionSignature {
  readonly status: number | undefined;
  readonly bodyContains: string | undefined;
}

/** How calls authenticate. */
export interface Auth {
  readonly method: AuthMethod;
  readonly principal: Principal;
  readonly generateAuthorizationHeader: boolean;
  /** `secured`: NamedCredential + ExternalCredential. `legacy`: a NamedCredential of type Legacy (deprecated in API 56, PLATFORM 1.1). */
  readonly credentialStyle: 'secured' | 'legacy';
  readonly expiredSession: readonly ExpiredSessionSignature[];
  /**
   * Path from the endpoint on whose GET answers 401 for an expired session. The platform refreshes on 401 only (PLATFORM 1.4), so the
   * runtime sends it before the fresh attempt when an expired session was signalled by another status.
   */
  readonly refreshProbe: string | undefined;
}
