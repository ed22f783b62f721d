import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** The files below a data directory cannot be used. */
export class DataDirError extends Error {
  public override readonly name = 'DataDirError';
}

/** Append-only file of one JSON value per line. A value is either wholly there or not at all. */
export interface NdjsonFile {
  /** Bytes in the file. */
  readonly size: number;
  /** Hands a value to the system: it outlives this process, whatever ends it. */
  append(value: unknown): void;
  /** Waits until what was appended is on the disk: it outlives a power failure. */
  sync(): void;
  close(): void;
}

const OWNER_ONLY = 0o600;
const NEWLINE = 10;

/**
 * Opens a file and reads what it holds. A last line without its end is what a crash while writing leaves: it is cut off. Any other damage
 * throws DataDirError, so that nothing is overwritten.
 * @param parse reads one value; what it throws counts as damage
 */
export function openNdjson<T>(
  path: string,
  parse: (value: unknown) => T,
): { readonly values: readonly T[]; readonly file: NdjsonFile } {
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  const size = bytes.lastIndexOf(NEWLINE) + 1;
  const values: T[] = [];
  for (let at = 0; at < size;) {
    const end = bytes.indexOf(NEWLINE, at);
    values.push(readValue(path, bytes.toString('utf8', at, end), values.length + 1, parse));
    at = end + 1;
  }
  const descriptor = openSync(path, 'a', OWNER_ONLY);
  if (size !== bytes.length) ftruncateSync(descriptor, size);
  return { values, file: fileOf(descriptor, size) };
}

/** Opens a file that is known to be whole, such as one that was just written. */
export function appendNdjson(path: string): NdjsonFile {
  return fileOf(openSync(path, 'a', OWNER_ONLY), statSync(path).size);
}

/** Replaces a file by one that holds these values: written beside it, flushed, then renamed over it. */
export function rewriteNdjson(path: string, values: Iterable<unknown>): void {
  const temporary = `${path}.new`;
  rmSync(temporary, { force: true });
  const descriptor = openSync(temporary, 'wx', OWNER_ONLY);
  try {
    for (const value of values) writeAll(descriptor, line(value));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(temporary, path);
  syncDirectory(dirname(path));
}

function fileOf(descriptor: number, start: number): NdjsonFile {
  let size = start;
  return {
    get size() {
      return size;
    },
    append: (value) => {
      const bytes = line(value);
      writeAll(descriptor, bytes);
      size += bytes.length;
    },
    sync: () => fdatasyncSync(descriptor),
    close: () => closeSync(descriptor),
  };
}

function readValue<T>(path: string, text: string, number: number, parse: (value: unknown) => T): T {
  try {
    return parse(JSON.parse(text));
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new DataDirError(`${path}:${number} cannot be read, so the org was not started: ${why ?? 'unknown reason'}`, {
      cause: error,
    });
  }
}

function line(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`, 'utf8');
}

function writeAll(descriptor: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
}

/** Makes the rename itself durable. Windows cannot open folders, and needs no such call. */
function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(directory, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
