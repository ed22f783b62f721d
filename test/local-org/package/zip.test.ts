import { expect } from 'chai';
import { zipSync } from 'fflate';
import {
  PackageError,
  readPackage,
  type PackageErrorCode,
  type PackageLimits,
} from '../../../local-org/src/package/index.js';
import { apexClass, packageXml, zipOf } from '../support/packages.js';

const LIMITS: PackageLimits = { compressedBytes: 20_000, uncompressedBytes: 100_000, files: 20 };
const UNIX = 3;
const CENTRAL_HEADER = Buffer.from('504b0102', 'hex');

async function refusal(
  zip: Buffer,
  limits?: PackageLimits,
): Promise<{ readonly code: PackageErrorCode; readonly message: string }> {
  try {
    await readPackage(zip, limits);
  } catch (error) {
    if (error instanceof PackageError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('the zip was accepted');
}

function withText(zip: Buffer, from: string, to: string): Buffer {
  return Buffer.from(zip.toString('latin1').replaceAll(from, to), 'latin1');
}

const valid = (): Buffer => zipOf({ 'package.xml': packageXml({ ApexClass: ['A'] }), ...apexClass('A') });

describe('reading a zip', () => {
  it('accepts a sound zip', async () => {
    expect((await readPackage(valid(), LIMITS)).problems).to.deep.equal([]);
  });

  const hostile: readonly (readonly [name: string, zip: () => Buffer, code: PackageErrorCode, message: RegExp])[] = [
    ['nothing', () => Buffer.alloc(0), 'INVALID_ZIP_FILE', /End of central directory/],
    [
      'text',
      () => Buffer.from('not a zip at all, but long enough to be one'),
      'INVALID_ZIP_FILE',
      /End of central directory/,
    ],
    ['a zip that was cut off', () => valid().subarray(0, 200), 'INVALID_ZIP_FILE', /End of central directory/],
    ['a path that leaves the package', () => zipOf({ '../../evil': 'x' }), 'INVALID_ZIP_FILE', /invalid relative path/],
    ['an absolute path', () => zipOf({ '/etc/passwd': 'x' }), 'INVALID_ZIP_FILE', /absolute path/],
    ['a Windows path', () => zipOf({ 'C:/x': 'x' }), 'INVALID_ZIP_FILE', /absolute path/],
    ['backslashes', () => zipOf({ 'classes\\A.cls': 'x' }), 'INVALID_ZIP_FILE', /invalid characters/],
    ['a NUL in a name', () => zipOf({ 'classes/A\0.cls': 'x' }), 'INVALID_ZIP_FILE', /unusable file name/],
    [
      'one path twice',
      () => withText(zipOf({ 'classes/A.cls': 'x', 'classes/B.cls': 'y' }), 'B.cls', 'A.cls'),
      'INVALID_ZIP_FILE',
      /"classes\/A.cls" twice/,
    ],
    [
      'two paths that differ in case only',
      () => zipOf({ 'classes/A.cls': 'x', 'classes/a.cls': 'y' }),
      'INVALID_ZIP_FILE',
      /twice/,
    ],
    [
      'a symbolic link',
      () =>
        Buffer.from(zipSync({ 'classes/A.cls': [Buffer.from('/etc/passwd'), { os: UNIX, attrs: 0o120777 << 16 }] })),
      'INVALID_ZIP_FILE',
      /symbolic link/,
    ],
    [
      'more files than allowed',
      () => zipOf(Object.fromEntries(Array.from({ length: 21 }, (_, at) => [`classes/C${at}.cls`, 'x']))),
      'LIMIT_EXCEEDED',
      /more than 20 files/,
    ],
    ['a bomb', () => zipOf({ 'classes/A.cls': ' '.repeat(200_000) }), 'LIMIT_EXCEEDED', /uncompressed/],
    [
      'many small bombs',
      () => zipOf(Object.fromEntries(Array.from({ length: 15 }, (_, at) => [`classes/C${at}.cls`, ' '.repeat(9_000)]))),
      'LIMIT_EXCEEDED',
      /uncompressed/,
    ],
    ['too many bytes', () => Buffer.alloc(20_001), 'LIMIT_EXCEEDED', /compressed/],
  ];
  for (const [name, zip, code, message] of hostile) {
    it(`refuses ${name}`, async () => {
      const error = await refusal(zip(), LIMITS);
      expect(error.code).to.equal(code);
      expect(error.message).to.match(message);
    });
  }

  it('refuses a file that inflates to more than it declares', async () => {
    const zip = zipOf({ 'classes/A.cls': ' '.repeat(50_000) });
    const central = zip.indexOf(CENTRAL_HEADER);
    zip.writeUInt32LE(10, central + 24);
    expect((await refusal(zip, LIMITS)).message).to.match(/inflates to more than it declares/);
  });

  it('refuses a file that does not match its checksum', async () => {
    const zip = valid();
    const central = zip.indexOf(CENTRAL_HEADER);
    zip.writeUInt32LE(0xdeadbeef, central + 16);
    expect((await refusal(zip)).message).to.match(/checksum/);
  });

  it('refuses an encrypted file and unknown compression', async () => {
    const encrypted = valid();
    encrypted.writeUInt16LE(1, encrypted.indexOf(CENTRAL_HEADER) + 8);
    expect((await refusal(encrypted)).message).to.match(/encrypted/);
    const strange = valid();
    strange.writeUInt16LE(99, strange.indexOf(CENTRAL_HEADER) + 10);
    expect((await refusal(strange)).message).to.match(/compression method 99/);
  });

  it('refuses several packages in one zip', async () => {
    const error = await refusal(zipOf({ 'a/package.xml': packageXml({}), 'b/package.xml': packageXml({}) }));
    expect(error).to.include({ code: 'UNSUPPORTED_PACKAGE' });
  });
});
