import { promisify } from 'node:util';
import { crc32, inflateRaw, inflateRawSync } from 'node:zlib';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { PACKAGE_LIMITS, type PackageLimits } from './limits.js';
import { PackageError } from './package-error.js';

/** One file of a zip, fully read. */
export interface ZippedFile {
  /** Relative path with forward slashes; never absolute, never with `..`. */
  readonly path: string;
  readonly bytes: Buffer;
}

const STORED = 0;
const DEFLATED = 8;
const UNIX_TYPE_MASK = 0o170000;
const UNIX_SYMLINK = 0o120000;
/** Smaller files are inflated at once: handing them to another thread costs more than the work itself. */
const INFLATE_INLINE_BYTES = 256 * 1024;

const inflateRawAsync = promisify(inflateRaw);

/**
 * Reads every file of a zip that a client sent. The declared sizes are added up before anything is inflated, and no file
 * may inflate to more than it declares, so that a small zip cannot grow in memory.
 * Throws PackageError for a broken or encrypted zip, paths that leave the package, links, duplicates and exceeded limits.
 */
export async function readZip(zip: Buffer, limits: PackageLimits = PACKAGE_LIMITS): Promise<readonly ZippedFile[]> {
  if (zip.length > limits.compressedBytes) {
    throw new PackageError(
      'LIMIT_EXCEEDED',
      `The zip file is larger than ${megabytes(limits.compressedBytes)} compressed.`,
    );
  }
  try {
    const file = await fromBufferPromise(zip, { strictFileNames: true, validateEntrySizes: true });
    const entries = await listEntries(file, limits);
    const files: ZippedFile[] = [];
    for (const entry of entries) files.push({ path: entry.fileName, bytes: await readEntry(file, zip, entry) });
    return files;
  } catch (error) {
    if (error instanceof PackageError) throw error;
    throw new PackageError(
      'INVALID_ZIP_FILE',
      `The zip file cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

async function listEntries(file: ZipFile, limits: PackageLimits): Promise<readonly Entry[]> {
  if (file.entryCount > limits.files * 2) tooManyFiles(limits);
  const entries: Entry[] = [];
  const seen = new Set<string>();
  let total = 0;
  for await (const entry of file.eachEntry()) {
    refuseUnsafe(entry);
    if (entry.fileName.endsWith('/')) continue;
    if (seen.has(entry.fileName.toLowerCase())) invalid(`it holds "${entry.fileName}" twice`);
    seen.add(entry.fileName.toLowerCase());
    entries.push(entry);
    if (entries.length > limits.files) tooManyFiles(limits);
    total += entry.uncompressedSize;
    if (total > limits.uncompressedBytes) {
      throw new PackageError(
        'LIMIT_EXCEEDED',
        `The zip file is larger than ${megabytes(limits.uncompressedBytes)} uncompressed.`,
      );
    }
  }
  return entries;
}

function refuseUnsafe(entry: Entry): void {
  const unixMode = entry.externalFileAttributes >>> 16;
  if ((unixMode & UNIX_TYPE_MASK) === UNIX_SYMLINK) invalid(`"${entry.fileName}" is a symbolic link`);
  if (entry.isEncrypted()) invalid(`"${entry.fileName}" is encrypted`);
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) {
    invalid(`"${entry.fileName}" uses compression method ${entry.compressionMethod}`);
  }
  if (entry.fileName.split('/').some((part) => part === '.' || /\p{Cc}/u.test(part)))
    invalid('it holds an unusable file name');
}

async function readEntry(file: ZipFile, zip: Buffer, entry: Entry): Promise<Buffer> {
  const { fileDataStart } = await file.readLocalFileHeaderPromise(entry, { minimal: true });
  const data = zip.subarray(fileDataStart, fileDataStart + entry.compressedSize);
  const bytes = entry.compressionMethod === STORED ? data : await inflate(data, entry);
  if (bytes.length !== entry.uncompressedSize) invalid(`"${entry.fileName}" does not have the size that it declares`);
  if (crc32(bytes) !== entry.crc32) invalid(`"${entry.fileName}" does not match its checksum`);
  return bytes;
}

async function inflate(data: Buffer, entry: Entry): Promise<Buffer> {
  const options = { maxOutputLength: Math.max(entry.uncompressedSize, 1) };
  try {
    return entry.uncompressedSize <= INFLATE_INLINE_BYTES
      ? inflateRawSync(data, options)
      : await inflateRawAsync(data, options);
  } catch (error) {
    if (error instanceof RangeError) return invalid(`"${entry.fileName}" inflates to more than it declares`);
    throw error;
  }
}

function invalid(why: string): never {
  throw new PackageError('INVALID_ZIP_FILE', `The zip file cannot be read: ${why}.`);
}

function tooManyFiles(limits: PackageLimits): never {
  throw new PackageError('LIMIT_EXCEEDED', `The zip file holds more than ${limits.files} files.`);
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000)} MB`;
}
