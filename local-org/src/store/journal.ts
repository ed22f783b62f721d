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
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { journalEntry, type JournalEntry } from './records.js';

/** The files below a data directory cannot be used. */
export class DataDirError extends Error {
  public override readonly name = 'DataDirError';
}

/** Append-only file of one JSON entry per line. An entry is either wholly there or not at all. */
export interface Journal {
  append(entry: JournalEntry): void;
  close(): void;
}

export interface OpenedJournal {
  readonly entries: readonly JournalEntry[];
  readonly journal: Journal;
}

const FILE = 'org.ndjson';
const OWNER_ONLY = 0o600;

/**
 * Opens the journal of a data directory and reads what it holds. A last line without its end is what a crash while
 * writing leaves: it is cut off. Any other damage throws DataDirError, so that nothing is overwritten.
 */
export function openJournal(directory: string): OpenedJournal {
  const path = join(directory, FILE);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const complete = text.slice(0, text.lastIndexOf('\n') + 1);
  const entries = complete
    .split('\n')
    .slice(0, -1)
    .map((line, at) => readEntry(path, line, at + 1));
  const file = openSync(path, 'a', OWNER_ONLY);
  if (complete.length !== text.length) ftruncateSync(file, Buffer.byteLength(complete, 'utf8'));
  return { entries, journal: fileJournal(file) };
}

/** Replaces the journal by a shorter one that says the same: written beside it, flushed, then renamed over it. */
export function rewriteJournal(directory: string, entries: readonly JournalEntry[]): void {
  const path = join(directory, FILE);
  const temporary = `${path}.new`;
  rmSync(temporary, { force: true });
  const file = openSync(temporary, 'wx', OWNER_ONLY);
  try {
    for (const entry of entries) writeAll(file, line(entry));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
  syncDirectory(dirname(path));
}

function fileJournal(file: number): Journal {
  return {
    append: (entry) => {
      writeAll(file, line(entry));
      fdatasyncSync(file);
    },
    close: () => closeSync(file),
  };
}

function readEntry(path: string, text: string, number: number): JournalEntry {
  try {
    return journalEntry.parse(JSON.parse(text));
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new DataDirError(`${path}:${number} cannot be read, so the org was not started: ${why ?? 'unknown reason'}`, {
      cause: error,
    });
  }
}

function line(entry: JournalEntry): Buffer {
  return Buffer.from(`${JSON.stringify(entry)}\n`, 'utf8');
}

function writeAll(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
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
