import type { OrgClock } from '../platform/clock/index.js';
import type { Kernel } from '../platform/kernel/index.js';
import type { LiveOrg } from '../platform/live/index.js';
import type { OrgStore } from '../store/index.js';

interface Loaded {
  readonly org: LiveOrg;
  readonly kernel: Kernel;
}

/** The live org of a server. It is much larger than the rest, so it is loaded with the first request that needs records. */
export class LazyLiveOrg {
  /** The org's time, which needs nothing else of it. */
  public readonly clock: OrgClock;
  readonly #store: OrgStore;
  readonly #attach: (org: LiveOrg) => Promise<void>;
  readonly #onError: (error: unknown) => void;
  #loaded: Promise<Loaded> | undefined;

  /**
   * @param attach plugs in what lives as long as the org
   * @param onError told of errors in work that nobody waits for
   */
  public constructor(
    store: OrgStore,
    clock: OrgClock,
    attach: (org: LiveOrg) => Promise<void>,
    onError: (error: unknown) => void,
  ) {
    this.#store = store;
    this.clock = clock;
    this.#attach = attach;
    this.#onError = onError;
  }

  public async get(): Promise<LiveOrg> {
    return (await this.#load()).org;
  }

  /** What runs the jobs, events and timers of the org. */
  public async kernel(): Promise<Kernel> {
    return (await this.#load()).kernel;
  }

  public async close(): Promise<void> {
    // An org that could not be loaded has told so whoever asked for it.
    const loaded = await this.#loaded?.catch(() => undefined);
    await loaded?.org.close();
  }

  #load(): Promise<Loaded> {
    this.#loaded ??= this.#make();
    return this.#loaded;
  }

  async #make(): Promise<Loaded> {
    const [{ LiveOrg: Org }, { kernelPart, ORG_PARTS }] = await Promise.all([
      import('../platform/live/index.js'),
      import('./org-parts.js'),
    ]);
    const part = kernelPart(this.clock, this.#onError);
    const org = new Org({
      store: this.#store,
      clock: this.clock,
      parts: { ...ORG_PARTS, pump: part.make },
      onError: this.#onError,
    });
    await this.#attach(org);
    return { org, kernel: part.of(org) };
  }
}
