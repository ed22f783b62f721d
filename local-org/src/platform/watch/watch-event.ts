/** Something that happened in the org, for people who watch it live. Never a secret, a body or a record. */
export type WatchEvent = TransactionEnded | Noted;

/** A transaction committed or failed. */
export interface TransactionEnded {
  readonly kind: 'transaction';
  /** ISO 8601, UTC, by the org's clock. */
  readonly at: string;
  readonly requestId: string;
  /** Why it ran: a name of System.Quiddity. */
  readonly quiddity: string;
  readonly user: string;
  /** Real time from its beginning to its end, waiting included. */
  readonly milliseconds: number;
  /** Callouts that it made. */
  readonly callouts: number;
  /** DML statements and requests. */
  readonly changes: number;
  /** Type and message of the exception that ended it. */
  readonly error: string | undefined;
}

/** An event inside a transaction that is worth to be seen at once: a callout, its answer, the fault of a flow. */
export interface Noted {
  readonly kind: 'note';
  readonly at: string;
  readonly requestId: string;
  /** `CALLOUT_REQUEST`, `CALLOUT_RESPONSE`, `FLOW_ELEMENT_FAULT` ... as debug logs call it (PLATFORM 4). */
  readonly event: string;
  readonly text: string;
}
