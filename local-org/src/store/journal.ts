import { join } from 'node:path';
import { openNdjson, rewriteNdjson } from './ndjson.js';
import { journalEntry, type JournalEntry } from './records.js';

/** What the org's metadata went through, one entry per line: an entry is either wholly there or not at all. */
export interface Journal {
  /** Returns when the entry is on the disk. */
  append(entry: JournalEntry): void;
  close(): void;
}

export interface OpenedJournal {
  readonly entries: readonly JournalEntry[];
  readonly journal: Journal;
}

const FILE = 'org.ndjson';

/** Opens the journal of a data directory and reads what it holds. Throws DataDirError when it is damaged. */
export function openJournal(directory: string): OpenedJournal {
  const { values, file } = openNdjson(join(directory, FILE), (value) => journalEntry.parse(value));
  const journal: Journal = {
    append: (entry) => {
      file.append(entry);
      file.sync();
    },
    close: () => file.close(),
  };
  return { entries: values, journal };
}

/** Replaces the journal by a shorter one that says the same. */
export function rewriteJournal(directory: string, entries: readonly JournalEntry[]): void {
  rewriteNdjson(join(directory, FILE), entries);
}
