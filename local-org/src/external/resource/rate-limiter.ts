import type { Behaviour } from '../behaviour/index.js';

/** Counts requests in windows that follow each other without a gap. */
export class RateLimiter {
  readonly #behaviour: () => Behaviour;
  readonly #now: () => number;
  #window: { readonly limit: Behaviour['rateLimit']; readonly end: number } | undefined;
  #count = 0;

  public constructor(behaviour: () => Behaviour, now: () => number) {
    this.#behaviour = behaviour;
    this.#now = now;
  }

  /** Counts a request. @returns the end of the window (milliseconds since 1970) when it is one too many */
  public count(): number | undefined {
    const limit = this.#behaviour().rateLimit;
    if (limit === null) return undefined;
    const now = this.#now();
    if (this.#window === undefined || this.#window.limit !== limit || now >= this.#window.end) {
      this.#window = { limit, end: now + limit.windowSeconds * 1000 };
      this.#count = 0;
    }
    return ++this.#count > limit.requests ? this.#window.end : undefined;
  }

  public clear(): void {
    this.#window = undefined;
  }
}
