import type { LiveOrg } from '../platform/live/index.js';
import { CHANNELS, type Streaming } from './streaming/index.js';
import type { Tooling } from './tooling/index.js';

/** The Tooling API of a server, which comes with the live org: from then on users with a trace flag get debug logs. */
export class LazyTooling {
  readonly #live: () => Promise<LiveOrg>;
  readonly #streaming: Streaming;
  readonly #onInternalError: (error: unknown) => void;
  #tooling: Tooling | undefined;

  /**
   * @param live gives the live org; it has to call `attach` when it comes to life
   * @param onInternalError told of errors that no client is told of
   */
  public constructor(live: () => Promise<LiveOrg>, streaming: Streaming, onInternalError: (error: unknown) => void) {
    this.#live = live;
    this.#streaming = streaming;
    this.#onInternalError = onInternalError;
  }

  public async attach(live: LiveOrg): Promise<void> {
    const { Tooling: Part } = await import('./tooling/index.js');
    const announce = (channel: string, id: string): void =>
      this.#streaming.publish(channel, {
        event: { createdDate: new Date(live.clock.now()).toISOString(), type: 'created' },
        sobject: { Id: id },
      });
    this.#tooling = new Part({
      live,
      onLog: (id) => announce(CHANNELS.logging, id),
      onInternalError: this.#onInternalError,
      onTestRun: (id) => announce(CHANNELS.testResult, id),
    });
  }

  public async get(): Promise<Tooling> {
    await this.#live();
    if (this.#tooling === undefined) throw new Error('The live org came without its Tooling API.');
    return this.#tooling;
  }

  public async close(): Promise<void> {
    await this.#tooling?.close();
  }
}
