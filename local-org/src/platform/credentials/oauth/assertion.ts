import type { KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';

/** Claims that are numbers in a token, although a credential holds texts (RFC 7519 section 2: NumericDate). */
const NUMERIC: ReadonlySet<string> = new Set(['exp', 'iat', 'nbf']);
const LIFETIME_SECONDS = 300;

/** A JSON Web Token signed with RS256; it expires after five minutes when the claims do not say when. */
export function signedAssertion(
  header: Readonly<Record<string, string>>,
  claims: Readonly<Record<string, string>>,
  key: KeyObject,
  now: number,
): Promise<string> {
  const seconds = Math.floor(now / 1000);
  const payload = Object.entries(claims).map(([name, value]) => [name, NUMERIC.has(name) ? Number(value) : value]);
  return new SignJWT({ iat: seconds, exp: seconds + LIFETIME_SECONDS, ...Object.fromEntries(payload) })
    .setProtectedHeader({ typ: 'JWT', ...header, alg: 'RS256' })
    .sign(key);
}
