import OAuth2Server from '@node-oauth/oauth2-server';
import { decodeJwt, errors, jwtVerify } from 'jose';
import type { Registry } from '../registry.js';
import { principal } from './model.js';

const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'ES256'];
const CLOCK_TOLERANCE_SECONDS = 30;

/** The issuer of an assertion, before anything about it was proven; undefined when it is no JWT. */
export function issuerOf(assertion: string): string | undefined {
  try {
    return decodeJwt(assertion).iss;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

export interface JwtBearerOptions {
  readonly registry: Registry;
  /** What an assertion's `aud` may name: the token endpoint or the server. */
  readonly audiences: () => readonly string[];
  readonly now: () => number;
}

/** The JWT bearer grant (RFC 7523): a token for whom a signed assertion names as its subject. It gives no refresh token. */
export function jwtBearerGrant(options: JwtBearerOptions): typeof OAuth2Server.AbstractGrantType {
  return class JwtBearerGrant extends OAuth2Server.AbstractGrantType {
    readonly #model: OAuth2Server.BaseModel;

    public constructor(settings: OAuth2Server.TokenOptions & { readonly model: OAuth2Server.BaseModel }) {
      super(settings);
      this.#model = settings.model;
    }

    public override async handle(
      request: OAuth2Server.Request,
      client: OAuth2Server.Client,
    ): Promise<OAuth2Server.Token> {
      const user = principal(await subjectOf(assertionOf(request), client.id, options));
      const scope = await this.validateScope(user, client, this.getScope(request));
      if (!Array.isArray(scope)) throw new OAuth2Server.InvalidScopeError('Invalid scope: Requested scope is invalid');
      const accessToken = await this.generateAccessToken(client, user, scope);
      const token = await this.#model.saveToken({ accessToken, scope, client, user }, client, user);
      if (!token) throw new OAuth2Server.ServerError('Server error: the token was not saved');
      return token;
    }
  };
}

function assertionOf({ body }: OAuth2Server.Request): string {
  const assertion: unknown = body?.assertion;
  if (typeof assertion !== 'string' || assertion === '')
    throw new OAuth2Server.InvalidRequestError('Missing parameter: `assertion`');
  return assertion;
}

/** Verifies an assertion with each key of the client in turn. Throws InvalidGrantError. */
async function subjectOf(assertion: string, clientId: string, options: JwtBearerOptions): Promise<string> {
  let why = 'the client has no public key';
  for (const key of options.registry.client(clientId)?.publicKeys ?? []) {
    try {
      const { payload } = await jwtVerify(assertion, key, {
        issuer: clientId,
        audience: [...options.audiences()],
        algorithms: ALGORITHMS,
        requiredClaims: ['exp', 'sub'],
        currentDate: new Date(options.now()),
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
      });
      if (payload.sub !== undefined) return payload.sub;
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      why = error.message;
    }
  }
  throw new OAuth2Server.InvalidGrantError(`Invalid grant: invalid assertion: ${why}`);
}
