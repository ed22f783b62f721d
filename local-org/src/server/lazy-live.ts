import type { Clock } from '../apex/runtime/index.js';
import type { LiveOrg } from '../platform/live/index.js';
import type { OrgStore } from '../store/index.js';

/** The live org of a server. It is much larger than the rest, so it is loaded with the first request that needs records. */
export class LazyLiveOrg {
  /** The org's time, which needs nothing else of it. */
  public readonly clock: Clock;
  readonly #store: OrgStore;
  readonly #attach: (org: LiveOrg) => Promise<void>;
  #org: Promise<LiveOrg> | undefined;

  /** @param attach plugs in what lives as long as the org */
  public constructor(store: OrgStore, clock: Clock, attach: (org: LiveOrg) => Promise<void>) {
    this.#store = store;
    this.clock = clock;
    this.#attach = attach;
  }

  public get(): Promise<LiveOrg> {
    this.#org ??= this.#load();
    return this.#org;
  }

  public async close(): Promise<void> {
    await (await this.#org)?.close();
  }

  async #load(): Promise<LiveOrg> {
    const [{ LiveOrg: Org }, { ORG_PARTS }] = await Promise.all([
      import('../platform/live/index.js'),
      import('./org-parts.js'),
    ]);
    const org = new Org({ store: this.#store, clock: this.clock, parts: ORG_PARTS });
    await this.#attach(org);
    return org;
  }
}
