import { createHash, timingSafeEqual } from 'node:crypto';

/** What is kept of a secret: enough to recognise it. */
export type SecretDigest = Buffer;

export function digestOf(secret: string): SecretDigest {
  return createHash('sha256').update(secret, 'utf8').digest();
}

/** Takes the same time whatever is wrong. */
export function isSecret(given: string, digest: SecretDigest): boolean {
  return timingSafeEqual(digestOf(given), digest);
}
