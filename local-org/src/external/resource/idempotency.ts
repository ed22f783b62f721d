import { createHash } from 'node:crypto';
import type { Answer } from '../answer.js';

interface Stored {
  readonly request: string;
  readonly answer: Answer;
}

/** What is known about an idempotency key. */
export type KeyUse =
  { readonly kind: 'new' } | { readonly kind: 'conflict' } | { readonly kind: 'repeated'; readonly answer: Answer };

/** Remembers the answers to requests with an idempotency key (draft-ietf-httpapi-idempotency-key-header). */
export class IdempotencyKeys {
  readonly #answers = new Map<string, Stored>();

  public find(key: string, method: string, url: string, body: string): KeyUse {
    const stored = this.#answers.get(key);
    if (stored === undefined) return { kind: 'new' };
    if (stored.request !== fingerprint(method, url, body)) return { kind: 'conflict' };
    return { kind: 'repeated', answer: stored.answer };
  }

  public remember(key: string, method: string, url: string, body: string, answer: Answer): void {
    this.#answers.set(key, { request: fingerprint(method, url, body), answer });
  }

  public clear(): void {
    this.#answers.clear();
  }
}

function fingerprint(method: string, url: string, body: string): string {
  return createHash('sha256')
    .update(JSON.stringify([method, url, body]))
    .digest('base64');
}
