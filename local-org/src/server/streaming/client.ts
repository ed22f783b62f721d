import type { BayeuxReply } from './messages.js';

/** Events that wait for a client; when there are more the oldest are dropped, because the client does not come back for them. */
const MAX_WAITING = 1000;

/** One client of the streaming API between its handshake and its disconnect. */
export class StreamingClient {
  readonly channels = new Set<string>();
  lastSeen: number;
  private readonly waiting: BayeuxReply[] = [];
  private wake: (() => void) | undefined;

  constructor(
    readonly id: string,
    readonly userId: string,
    now: number,
  ) {
    this.lastSeen = now;
  }

  get isConnected(): boolean {
    return this.wake !== undefined;
  }

  push(event: BayeuxReply): void {
    this.waiting.push(event);
    if (this.waiting.length > MAX_WAITING) this.waiting.shift();
    this.wake?.();
  }

  /** The events that wait; they wait no more. */
  take(): readonly BayeuxReply[] {
    return this.waiting.splice(0);
  }

  /** Resolves when an event is there, when `release` is called, or after so many milliseconds. */
  async wait(milliseconds: number): Promise<void> {
    if (this.waiting.length > 0) return;
    this.release();
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = undefined;
  }

  release(): void {
    this.wake?.();
  }
}
