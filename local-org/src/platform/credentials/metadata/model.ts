/** How the parties of a credential prove themselves to an authorization server. */
export type ClientAuthentication = 'body' | 'basic';

/** A header that a credential adds to every callout; its value may hold formulas. */
export interface HeaderDefinition {
  readonly name: string;
  readonly value: string;
}

export type PrincipalType = 'NamedPrincipal' | 'PerUserPrincipal';

/** An identity of an external credential. */
export interface Principal {
  readonly name: string;
  readonly type: PrincipalType;
  readonly sequence: number;
}

export interface Claim {
  readonly name: string;
  /** May hold a formula. */
  readonly value: string;
}

/** Where browser logins go. `kind` and `name` say which component it is. */
export interface OAuthProvider {
  readonly kind: 'AuthProvider' | 'ExternalAuthIdentityProvider';
  readonly name: string;
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly clientAuthentication: ClientAuthentication;
  readonly pkce: boolean;
  /** Scopes when the credential names none. */
  readonly scope: string | undefined;
  /** An AuthProvider is deployed with its client id; identity providers have none in metadata. */
  readonly clientId: string | undefined;
  readonly clientSecret: string | undefined;
  readonly authorizeParameters: readonly Claim[];
  readonly tokenParameters: ExtraParameters;
  readonly refreshParameters: ExtraParameters;
}

/** What an identity provider adds to a request. */
export interface ExtraParameters {
  readonly body: readonly Claim[];
  readonly headers: readonly Claim[];
  readonly query: readonly Claim[];
}

/** How an external credential authenticates (PLATFORM 1.2). */
export type Protocol =
  | {
      readonly kind: 'clientCredentials';
      readonly tokenUrl: string;
      readonly clientAuthentication: ClientAuthentication;
    }
  | { readonly kind: 'browser'; readonly provider: Pick<OAuthProvider, 'kind' | 'name'> }
  | {
      readonly kind: 'jwtBearer';
      readonly tokenUrl: string;
      readonly certificate: string;
      readonly headerClaims: readonly Claim[];
      readonly bodyClaims: readonly Claim[];
    }
  | { readonly kind: 'basic' }
  | { readonly kind: 'custom' }
  | { readonly kind: 'none' }
  /** What the local org does not run; `what` names it. */
  | { readonly kind: 'unsupported'; readonly what: string };

export type OAuthProtocol = Extract<Protocol, { readonly kind: 'clientCredentials' | 'browser' | 'jwtBearer' }>;

export interface ExternalCredential {
  readonly name: string;
  readonly label: string;
  readonly protocol: Protocol;
  /** As the metadata and the Connect API name them. */
  readonly protocolName: string;
  readonly variant: string | undefined;
  /** In the order in which they are tried. */
  readonly principals: readonly Principal[];
  readonly headers: readonly HeaderDefinition[];
  /** Scopes by lower-cased principal name; the empty name stands for all others. */
  readonly scopes: ReadonlyMap<string, string>;
  /** Status codes besides 401 that ask for a new token (PLATFORM 1.3). */
  readonly refreshStatusCodes: ReadonlySet<number>;
  /** Part of a legacy named credential: nobody needs access to its principal. */
  readonly legacy: boolean;
  /** Secrets that stand in metadata, as a legacy credential may have. */
  readonly values: Readonly<Record<string, string>>;
}

export interface NamedCredential {
  readonly name: string;
  readonly label: string;
  readonly url: string;
  readonly enabled: boolean;
  readonly generateAuthorizationHeader: boolean;
  readonly allowMergeFieldsInHeader: boolean;
  readonly allowMergeFieldsInBody: boolean;
  readonly headers: readonly HeaderDefinition[];
  /** Name of the external credential; a legacy one brings its own. */
  readonly authentication: { readonly external: string } | { readonly own: ExternalCredential };
  /** What the local org does not do for this credential; named when a callout wants it. */
  readonly unsupported: readonly string[];
}
