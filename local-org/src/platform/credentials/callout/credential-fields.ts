import { basicAuthorization } from '../oauth/token-endpoint.js';
import type { ExternalCredential } from '../metadata/model.js';
import type { PrincipalRecord, StoredToken } from '../../secrets/index.js';

/** What a principal proves itself with. */
export interface Proof {
  readonly external: ExternalCredential;
  readonly record: PrincipalRecord | undefined;
  readonly token: StoredToken | undefined;
  /** Client id at the authorization server. */
  readonly clientId: string | undefined;
}

/** A value that a principal was given, or that stands in a legacy credential; names ignore case. */
export function givenValue({ external, record }: Pick<Proof, 'external' | 'record'>, name: string): string | undefined {
  const wanted = name.toLowerCase();
  const given = Object.entries(record?.values ?? {}).find(([key]) => key.toLowerCase() === wanted)?.[1].value;
  return given ?? Object.entries(external.values).find(([key]) => key.toLowerCase() === wanted)?.[1];
}

type Field = (proof: Proof) => string | null | undefined;

const isOAuth = ({ external }: Proof): boolean => OAUTH.has(external.protocol.kind);
const OAUTH: ReadonlySet<string> = new Set(['clientCredentials', 'browser', 'jwtBearer']);
const oauthToken: Field = (proof) => (isOAuth(proof) ? (proof.token?.accessToken ?? null) : undefined);

/** Merge fields that every credential of a protocol has (Apex Developer Guide: Merge Fields for Apex Callouts That Use Named Credentials). */
const FIELDS: Readonly<Record<string, Field>> = {
  username: (proof) => (proof.external.protocol.kind === 'basic' ? (givenValue(proof, 'username') ?? null) : undefined),
  password: (proof) => (proof.external.protocol.kind === 'basic' ? (givenValue(proof, 'password') ?? null) : undefined),
  oauthtoken: oauthToken,
  accesstoken: oauthToken,
  oauthconsumerkey: (proof) => (isOAuth(proof) ? (proof.clientId ?? null) : undefined),
  authorizationmethod: (proof) => authorizationOf(proof)?.split(' ')[0] ?? null,
  authorizationheadervalue: (proof) => authorizationOf(proof)?.split(' ')[1] ?? null,
};

/** The merge field `$Credential.<path>`: of the credential itself, or behind its name. Undefined when it has no such field. */
export function credentialField(proof: Proof, path: readonly string[]): string | null | undefined {
  const [first = '', second, ...rest] = path;
  if (rest.length > 0) return undefined;
  if (second !== undefined && first.toLowerCase() !== proof.external.name.toLowerCase()) return undefined;
  const name = second ?? first;
  if (proof.external.protocol.kind === 'custom') return givenValue(proof, name);
  return FIELDS[name.toLowerCase()]?.(proof);
}

/** The standard Authorization header; undefined where the protocol has none, or the secret is missing. */
export function authorizationOf(proof: Proof): string | undefined {
  switch (proof.external.protocol.kind) {
    case 'basic': {
      const [name, password] = [givenValue(proof, 'username'), givenValue(proof, 'password')];
      return name === undefined || password === undefined ? undefined : basicAuthorization(name, password);
    }
    case 'clientCredentials':
    case 'browser':
    case 'jwtBearer':
      return proof.token === undefined ? undefined : `Bearer ${proof.token.accessToken}`;
    case 'custom':
    case 'none':
    case 'unsupported':
      return undefined;
  }
}
