import { watch } from 'node:fs';

/** Editors write a file in several steps. */
const QUIET_MILLISECONDS = 200;

export interface FolderWatch {
  /** Resolves when files have changed and then been left alone for a moment. Changes between two calls count. Rejects when watching fails. */
  next(): Promise<void>;
  close(): void;
}

/** Watches folders with everything below them. Hidden files do not count. */
export function watchFolders(folders: readonly string[]): FolderWatch {
  let changed = false;
  let failure: Error | undefined;
  let timer: NodeJS.Timeout | undefined;
  let wake: () => void = () => undefined;
  const watchers = folders.map((folder) =>
    watch(folder, { recursive: true }, (_event, name) => {
      if (name === null || name.split(/[\\/]/).some((part) => part.startsWith('.') || part === 'node_modules')) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        changed = true;
        wake();
      }, QUIET_MILLISECONDS);
    }).on('error', (error) => {
      failure = error;
      wake();
    }),
  );
  return {
    next: async () => {
      while (!changed && failure === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (failure !== undefined) throw failure;
      changed = false;
    },
    close: () => {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}
