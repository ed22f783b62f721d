import { z } from 'zod';

/** What the kernel has to keep, by key: jobs, events, subscriptions, cron triggers, timers. Values are JSON. */
export type KernelEntries = Readonly<Record<string, unknown>>;

/** Told of each change, in the moment in which it happens: after the commit of the transaction that caused it. */
export interface KernelJournal {
  put(key: string, value: unknown): void;
  remove(key: string): void;
}

export const kernelEntries = z.record(z.string(), z.unknown());

/** The part of the kernel that outlives a process. */
export class KernelState {
  private readonly entries: Map<string, unknown>;

  constructor(
    entries: KernelEntries = {},
    private readonly journal?: KernelJournal,
  ) {
    this.entries = new Map(Object.entries(entries));
  }

  put(key: string, value: unknown): void {
    this.entries.set(key, value);
    this.journal?.put(key, value);
  }

  remove(key: string): void {
    if (this.entries.delete(key)) this.journal?.remove(key);
  }

  get(key: string): unknown {
    return this.entries.get(key);
  }

  /** Entries whose key begins with the prefix, in the order of the keys; keys without the prefix. */
  under(prefix: string): readonly (readonly [key: string, value: unknown])[] {
    return [...this.entries]
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]): [string, unknown] => [key.slice(prefix.length), value])
      .toSorted(([left], [right]) => (left < right ? -1 : 1));
  }

  export(): KernelEntries {
    return Object.fromEntries(this.entries);
  }
}
