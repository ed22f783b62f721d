import { createHash, createHmac } from 'node:crypto';

/**
 * Functions that only headers of credentials have (Named Credentials Developer Guide: Named Credential Formula Functions). The formula library
 * has no binary type, so a BLOB travels through it as a marked text.
 */
const MARK = '\u0000blob:';

/** Digests by the names that the platform uses, in upper case without dashes. */
const ALGORITHMS: Readonly<Record<string, string>> = {
  MD5: 'md5',
  SHA1: 'sha1',
  SHA256: 'sha256',
  SHA512: 'sha512',
  HMACSHA1: 'sha1',
  HMACSHA256: 'sha256',
  HMACSHA512: 'sha512',
};

/** A formula of a credential cannot be calculated; the message holds no secret. */
export class CredentialFormulaError extends Error {
  public override readonly name = 'CredentialFormulaError';
}

export const BLOB_FUNCTIONS: Readonly<
  Record<string, { readonly arity: number; readonly run: (...args: unknown[]) => string }>
> = {
  BLOB: { arity: 1, run: (value) => toBlob(Buffer.from(String(value ?? ''), 'utf8')) },
  BASE64ENCODE: { arity: 1, run: (value) => bytesOf(value).toString('base64') },
  BASE64DECODE: { arity: 1, run: (value) => toBlob(Buffer.from(String(value ?? ''), 'base64')) },
  HEX: { arity: 1, run: (value) => bytesOf(value).toString('hex') },
  HASH: { arity: 2, run: (name, value) => toBlob(createHash(algorithm(name)).update(bytesOf(value)).digest()) },
  HMAC: {
    arity: 3,
    run: (name, value, key) => toBlob(createHmac(algorithm(name), bytesOf(key)).update(bytesOf(value)).digest()),
  },
};

/** A result as the text of a header; binary ones are no text. */
export function plainText(result: unknown): string {
  if (result === null || result === undefined) return '';
  const text = String(result);
  if (text.startsWith(MARK)) throw new CredentialFormulaError('A formula gives a BLOB where a text is needed.');
  return text;
}

function toBlob(bytes: Buffer): string {
  return MARK + bytes.toString('base64');
}

function bytesOf(value: unknown): Buffer {
  const text = String(value ?? '');
  return text.startsWith(MARK) ? Buffer.from(text.slice(MARK.length), 'base64') : Buffer.from(text, 'utf8');
}

function algorithm(name: unknown): string {
  const found = ALGORITHMS[String(name).toUpperCase().replaceAll('-', '')];
  if (found === undefined) throw new CredentialFormulaError(`There is no algorithm "${String(name)}".`);
  return found;
}
