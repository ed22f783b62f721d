/**
 * A point at which a transaction waits and lets others run. A transaction that waits has no uncommitted changes, because the platform refuses
 * a callout while there are any (PLATFORM 2.4, 3.1).
 */
export interface Suspension {
  readonly kind: 'callout';
  /** Does the waiting. What it resolves to is what the suspended code goes on with; what it rejects with is thrown there. */
  readonly perform: () => Promise<unknown>;
}

/** Code that may wait: driven to its end by a caller that can wait, refused at its first suspension by one that cannot. */
export type Suspendable<T> = Generator<Suspension, T, unknown>;

/** Takes what a function of the second colour returned for what it is. @throws Error for anything but a generator */
export function asSuspendable(value: unknown): Suspendable<unknown> {
  if (isGenerator(value)) return value;
  throw new Error('A function of the second colour gave no generator.');
}

export function isGenerator(value: unknown): value is Suspendable<unknown> {
  return typeof value === 'object' && value !== null && 'next' in value && 'throw' in value && Symbol.iterator in value;
}
