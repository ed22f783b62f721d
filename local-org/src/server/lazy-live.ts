import type { OrgClock } from '../platform/clock/index.js';
import type { Credentials } from '../platform/credentials/index.js';
import type { Kernel } from '../platform/kernel/index.js';
import type { LiveOrg } from '../platform/live/index.js';
import type { OrgState, OrgStore, StateChange } from '../store/index.js';

export interface LazyLiveOrgOptions {
  readonly store: OrgStore;
  readonly clock: OrgClock;
  /** Makes the credentials of the org, whose records they ask for permissions. */
  readonly credentials: (org: () => LiveOrg) => Promise<Credentials>;
  /** Plugs in what lives as long as the org. */
  readonly attach: (org: LiveOrg) => Promise<void>;
  /** Told of errors in work that nobody waits for. */
  readonly onError: (error: unknown) => void;
}

interface Loaded {
  readonly org: LiveOrg;
  readonly kernel: Kernel;
  readonly credentials: Credentials;
}

/** Components whose secrets go when they do: by the beginning of their key. */
const CREDENTIALS = /^(?:ExternalCredential|NamedCredential):/;

/** The live org of a server. It is much larger than the rest, so it is loaded with the first request that needs records. */
export class LazyLiveOrg {
  /** The org's time, which needs nothing else of it. */
  public readonly clock: OrgClock;
  readonly #options: LazyLiveOrgOptions;
  #loaded: Promise<Loaded> | undefined;
  #pruned: Promise<void> = Promise.resolve();
  #kernel: Kernel | undefined;

  public constructor(options: LazyLiveOrgOptions) {
    this.clock = options.clock;
    this.#options = options;
    options.store.onChange((change, state) => this.#followDeployment(change, state));
  }

  public async get(): Promise<LiveOrg> {
    return (await this.#load()).org;
  }

  /** The live org if something has asked for it already. */
  public async ifLoaded(): Promise<LiveOrg | undefined> {
    return (await this.#loaded)?.org;
  }

  /** What runs the jobs, events and timers of the org. */
  public async kernel(): Promise<Kernel> {
    return (await this.#load()).kernel;
  }

  /** The org's credentials, without the secrets that deployments so far have deleted. */
  public async credentials(): Promise<Credentials> {
    await this.#pruned;
    return (await this.#load()).credentials;
  }

  /** The same as `kernel` if the org is loaded; undefined before, when nothing has run yet. */
  public get loadedKernel(): Kernel | undefined {
    return this.#kernel;
  }

  public async close(): Promise<void> {
    await this.#pruned;
    // An org that could not be loaded has told so whoever asked for it.
    const loaded = await this.#loaded?.catch(() => undefined);
    await loaded?.org.close();
    loaded?.credentials.close();
  }

  #load(): Promise<Loaded> {
    this.#loaded ??= this.#make();
    return this.#loaded;
  }

  async #make(): Promise<Loaded> {
    const { store, credentials: makeCredentials, attach, onError } = this.#options;
    const [{ LiveOrg: Org }, { kernelPart, ORG_PARTS }] = await Promise.all([
      import('../platform/live/index.js'),
      import('./org-parts.js'),
    ]);
    const part = kernelPart(this.clock, onError);
    const credentials = await makeCredentials(() => org);
    const parts = { ...ORG_PARTS, pump: part.make, callouts: credentials.callouts, credentials: credentials.apex };
    const org: LiveOrg = new Org({ store, clock: this.clock, parts, onError });
    await attach(org);
    this.#kernel = part.of(org);
    return { org, kernel: this.#kernel, credentials };
  }

  /** One deployment after the other: a principal that goes and comes back has lost its secret (PLATFORM 1.6). */
  #followDeployment({ put, remove }: StateChange, state: OrgState): void {
    if (![...remove, ...put.map(({ type }) => `${type}:`)].some((key) => CREDENTIALS.test(key))) return;
    this.#pruned = this.#pruned
      .then(async () => (await this.#load()).credentials.deployed(state))
      .catch((error: unknown) => this.#options.onError(error));
  }
}
