/** What Windows says while a virus scanner or an indexer has a file open that was just written. */
const BUSY_CODES: ReadonlySet<unknown> = new Set(['EPERM', 'EACCES', 'EBUSY']);
const TRIES = 8;
const MILLISECONDS = 50;

/**
 * Repeats a renaming that fails because another program looks at the files, for a second and a half in all. Only Windows minds that:
 * elsewhere the first failure is the last.
 */
export function persistently(action: () => void, platform: NodeJS.Platform = process.platform): void {
  for (let attempt = 1; ; attempt += 1) {
    try {
      action();
      return;
    } catch (error) {
      const isBusy = error instanceof Error && 'code' in error && BUSY_CODES.has(error.code);
      if (platform !== 'win32' || !isBusy || attempt === TRIES) throw error;
      pause(attempt * MILLISECONDS);
    }
  }
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)), 0, 0, milliseconds);
}
