import type { LiveOrg } from '../platform/live/index.js';
import { ApiUsage } from './rest/api-usage.js';
import type { Dispatcher } from './rest/dispatcher.js';

/** The resources of the REST API, which come with the live org: bulk jobs that a restart interrupted go on from then. */
export class LazyResources {
  /** Requests so far. */
  public readonly usage: ApiUsage;
  readonly #live: () => Promise<LiveOrg>;
  #dispatcher: Dispatcher | undefined;

  /**
   * @param live gives the live org; it has to call `attach` when it comes to life
   * @param now milliseconds since 1970
   */
  public constructor(live: () => Promise<LiveOrg>, now: () => number) {
    this.#live = live;
    this.usage = new ApiUsage(now);
  }

  public async attach(live: LiveOrg): Promise<void> {
    const { createDispatcher } = await import('./rest-api.js');
    this.#dispatcher = createDispatcher(live, this.usage);
  }

  public async get(): Promise<Dispatcher> {
    await this.#live();
    if (this.#dispatcher === undefined) throw new Error('The live org came without its REST resources.');
    return this.#dispatcher;
  }
}
