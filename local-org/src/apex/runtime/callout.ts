import type { TraceEvent } from './trace.js';

/** A request that Apex sends, as it was built: the endpoint may still name a credential (`callout:Name/path`). */
export interface CalloutRequest {
  readonly endpoint: string;
  readonly method: string;
  /** Names as Apex wrote them, values with merge fields unresolved. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  /** Milliseconds in which the whole exchange has to end. */
  readonly timeoutMs: number;
  /** `setCompressed(true)`: the body is sent with gzip. */
  readonly compressed: boolean;
}

export interface CalloutContext {
  /** The running user, whose credentials and permissions count. */
  readonly userId: string;
  /** Id of the transaction. */
  readonly requestId: string;
  /** Notes an event of the transaction, which is off the thread meanwhile. */
  readonly trace: (event: TraceEvent) => void;
}

export interface CalloutResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/**
 * Sends a request for a transaction that waits.
 * @throws CalloutFailure when there is no response: its message becomes that of a System.CalloutException
 */
export type CalloutPort = (request: CalloutRequest, context: CalloutContext) => Promise<CalloutResponse>;

/** Why there is no response, in the platform's words: `Read timed out`, `Unauthorized endpoint ...`. */
export class CalloutFailure extends Error {
  override readonly name = 'CalloutFailure';
}
