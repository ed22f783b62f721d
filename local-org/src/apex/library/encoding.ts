import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  randomBytes,
  randomInt,
  randomUUID,
  sign,
  verify,
} from 'node:crypto';

import { ApexBlob, toId18, type SObject } from '../../data/index.js';
import { apexError, PlatformObject, Unsupported, type ApexRuntime, type LibraryModule } from '../runtime/index.js';
import { objectToken } from './schema-tokens.js';
import { required, text } from './arguments.js';

export const blobModule: LibraryModule = {
  owner: 'System.Blob',
  members: () => ({
    size: (self: ApexBlob) => self.bytes.length,
    toString: (self: ApexBlob) => {
      const decoded = self.toText();
      if (decoded.includes('\ufffd')) throw apexError('StringException', 'BLOB is not a valid UTF-8 string');
      return decoded;
    },
    toPdf: () => {
      throw new Unsupported('Blob.toPdf');
    },
    valueOf: (value: string | null) => ApexBlob.ofText(text(value)),
  }),
};

/** application/x-www-form-urlencoded, as java.net.URLEncoder writes it. */
function urlEncode(value: string): string {
  return encodeURIComponent(value)
    .replace(/[!'()~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

function charset(name: string | null): void {
  if (!/^utf-?8$/i.test(text(name, 2))) throw new Unsupported(`The character set ${String(name)}`);
}

export const encodingModule: LibraryModule = {
  owner: 'System.EncodingUtil',
  members: () => ({
    base64Decode: (value: string | null) => new ApexBlob(Buffer.from(text(value), 'base64')),
    base64Encode: (value: ApexBlob | null) => required(value).bytes.toString('base64'),
    convertFromHex: (value: string | null) => {
      if (!/^([0-9a-f]{2})*$/i.test(text(value)))
        throw apexError('InvalidParameterValueException', 'Invalid hexadecimal string');
      return new ApexBlob(Buffer.from(text(value), 'hex'));
    },
    convertToHex: (value: ApexBlob | null) => required(value).bytes.toString('hex'),
    urlEncode: (value: string | null, set: string | null) => {
      charset(set);
      return urlEncode(text(value));
    },
    urlDecode: (value: string | null, set: string | null) => {
      charset(set);
      try {
        return decodeURIComponent(text(value).replaceAll('+', ' '));
      } catch {
        throw apexError('IllegalArgumentException', `URLDecoder: ${String(value)}`);
      }
    },
  }),
};

const DIGESTS: Readonly<Record<string, string>> = {
  md5: 'md5',
  sha1: 'sha1',
  'sha-1': 'sha1',
  'sha-256': 'sha256',
  sha256: 'sha256',
  sha512: 'sha512',
  'sha-512': 'sha512',
  'sha3-256': 'sha3-256',
  'sha3-384': 'sha3-384',
  'sha3-512': 'sha3-512',
};
const MACS: Readonly<Record<string, string>> = {
  hmacmd5: 'md5',
  hmacsha1: 'sha1',
  hmacsha256: 'sha256',
  hmacsha512: 'sha512',
};
const SIGNATURES: Readonly<Record<string, string>> = {
  rsa: 'sha1',
  'rsa-sha1': 'sha1',
  'rsa-sha256': 'sha256',
  'rsa-sha384': 'sha384',
  'rsa-sha512': 'sha512',
};

function algorithm(table: Readonly<Record<string, string>>, name: string | null): string {
  const found = table[text(name).toLowerCase()];
  if (found === undefined) throw apexError('NoSuchElementException', `Unsupported algorithm: ${String(name)}`);
  return found;
}

const pem = (key: ApexBlob): string =>
  `-----BEGIN PRIVATE KEY-----\n${key.bytes.toString('base64')}\n-----END PRIVATE KEY-----`;

function cipherName(name: string | null): 'aes-128-cbc' | 'aes-192-cbc' | 'aes-256-cbc' {
  const size = /^AES(128|192|256)$/i.exec(text(name))?.[1];
  if (size === '128') return 'aes-128-cbc';
  if (size === '192') return 'aes-192-cbc';
  if (size === '256') return 'aes-256-cbc';
  throw apexError(
    'InvalidParameterValueException',
    `Invalid algorithm ${String(name)}. Must be AES128, AES192, or AES256.`,
  );
}

function encrypt(name: string | null, key: ApexBlob, iv: Buffer, data: ApexBlob): Buffer {
  try {
    const cipher = createCipheriv(cipherName(name), key.bytes, iv);
    return Buffer.concat([cipher.update(data.bytes), cipher.final()]);
  } catch (error) {
    throw error instanceof Error ? apexError('InvalidParameterValueException', error.message) : error;
  }
}

function decrypt(name: string | null, key: ApexBlob, iv: Buffer, data: Buffer): ApexBlob {
  try {
    const cipher = createDecipheriv(cipherName(name), key.bytes, iv);
    return new ApexBlob(Buffer.concat([cipher.update(data), cipher.final()]));
  } catch {
    throw apexError(
      'SecurityException',
      'Given final block not properly padded. Such issues can arise if a bad key is used during decryption.',
    );
  }
}

/** How many bytes are digested while compiled code takes a step, about: two to that power. */
const BYTES_PER_STEP = 3;

function digested(thread: ApexRuntime['thread'], data: ApexBlob | null): Buffer {
  const { bytes } = required(data, 2);
  thread.work(bytes.length >> BYTES_PER_STEP);
  return bytes;
}

export const cryptoModule: LibraryModule = {
  owner: 'System.Crypto',
  members: ({ thread }) => ({
    generateDigest: (name: string | null, data: ApexBlob | null) =>
      new ApexBlob(createHash(algorithm(DIGESTS, name)).update(digested(thread, data)).digest()),
    generateMac: (name: string | null, data: ApexBlob | null, key: ApexBlob | null) =>
      new ApexBlob(createHmac(algorithm(MACS, name), required(key, 3).bytes).update(digested(thread, data)).digest()),
    verifyHMac: (name: string | null, data: ApexBlob | null, key: ApexBlob | null, mac: ApexBlob | null) =>
      createHmac(algorithm(MACS, name), required(key, 3).bytes)
        .update(digested(thread, data))
        .digest()
        .equals(required(mac, 4).bytes),
    generateAesKey: (size: number) => new ApexBlob(randomBytes(required(size) / 8)),
    encrypt: (name: string | null, key: ApexBlob, iv: ApexBlob, data: ApexBlob) =>
      new ApexBlob(encrypt(name, required(key, 2), required(iv, 3).bytes, required(data, 4))),
    decrypt: (name: string | null, key: ApexBlob, iv: ApexBlob, data: ApexBlob) =>
      decrypt(name, required(key, 2), required(iv, 3).bytes, required(data, 4).bytes),
    encryptWithManagedIV: (name: string | null, key: ApexBlob, data: ApexBlob) => {
      const iv = randomBytes(16);
      return new ApexBlob(Buffer.concat([iv, encrypt(name, required(key, 2), iv, required(data, 3))]));
    },
    decryptWithManagedIV: (name: string | null, key: ApexBlob, data: ApexBlob) =>
      decrypt(name, required(key, 2), required(data, 3).bytes.subarray(0, 16), required(data, 3).bytes.subarray(16)),
    getRandomInteger: () => randomInt(-(2 ** 31), 2 ** 31 - 1),
    getRandomLong: () => randomBytes(8).readBigInt64BE(),
    'sign/3': (name: string | null, data: ApexBlob, key: ApexBlob) =>
      new ApexBlob(sign(algorithm(SIGNATURES, name), required(data, 2).bytes, pem(required(key, 3)))),
    'verify/4': (name: string | null, data: ApexBlob, signature: ApexBlob, key: ApexBlob) =>
      verify(algorithm(SIGNATURES, name), data.bytes, { key: key.bytes, format: 'der', type: 'spki' }, signature.bytes),
  }),
};

export class UuidObject extends PlatformObject {
  override readonly typeName = 'System.UUID';
  constructor(readonly value: string) {
    super();
  }
  override toString(): string {
    return this.value;
  }
}

export const uuidModule: LibraryModule = {
  owner: 'System.UUID',
  members: () => ({
    randomUUID: () => new UuidObject(randomUUID()),
    fromString: (value: string | null) => {
      if (!/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text(value)))
        throw apexError('IllegalArgumentException', `Invalid UUID string: ${String(value)}`);
      return new UuidObject(text(value).toLowerCase());
    },
    toString: (self: UuidObject) => self.value,
    equals: (self: UuidObject, other: unknown) => other instanceof UuidObject && other.value === self.value,
    hashCode: (self: UuidObject) => Number.parseInt(self.value.slice(0, 8), 16) | 0,
  }),
};

export const idModule: LibraryModule = {
  owner: 'System.Id',
  members: (runtime) => ({
    getSobjectType: (self: string) => {
      const object = runtime.schema.objectOfId(self);
      if (object === undefined) throw apexError('SObjectException', `Unknown sObject type of Id ${self}`);
      return objectToken(runtime, object.name);
    },
    to15: (self: string) => self.slice(0, 15),
    equals: (self: string, other: string | null) => other !== null && toId18(other) === toId18(self),
    toString: (self: string) => self,
    valueOf: (value: string | null) => {
      const id = toId18(text(value));
      if (id === undefined) throw apexError('StringException', `Invalid id: ${String(value)}`);
      return id;
    },
    addError: (self: SObject) => {
      throw new Unsupported(`addError on a field value (${String(self)})`);
    },
  }),
};

/** System.URL. */
export class UrlObject extends PlatformObject {
  override readonly typeName = 'System.URL';
  constructor(readonly url: URL) {
    super();
  }
  override toString(): string {
    return this.url.href.replace(/\/$/, '');
  }
}

function parseUrl(spec: string): UrlObject {
  if (!URL.canParse(spec)) throw apexError('StringException', `Invalid URL: ${spec}`);
  return new UrlObject(new URL(spec));
}

/** Base URL that a local org shows for itself. */
const ORG_URL = 'https://local-org.my.salesforce.com';

export const urlModule: LibraryModule = {
  owner: 'System.URL',
  members: () => ({
    '<init>/1': (spec: string | null) => parseUrl(text(spec)),
    getOrgDomainUrl: () => parseUrl(ORG_URL),
    getSalesforceBaseUrl: () => parseUrl(ORG_URL),
    getCurrentRequestUrl: () => parseUrl(ORG_URL),
    getHost: (self: UrlObject) => self.url.hostname,
    getPath: (self: UrlObject) => self.url.pathname,
    getPort: (self: UrlObject) => (self.url.port === '' ? -1 : Number(self.url.port)),
    getProtocol: (self: UrlObject) => self.url.protocol.replace(':', ''),
    getQuery: (self: UrlObject) => self.url.search.replace(/^\?/, '') || null,
    getRef: (self: UrlObject) => self.url.hash.replace(/^#/, '') || null,
    getFile: (self: UrlObject) => self.url.pathname + self.url.search,
    toExternalForm: (self: UrlObject) => self.toString(),
    toString: (self: UrlObject) => self.toString(),
  }),
};
