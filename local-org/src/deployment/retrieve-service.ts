import type { Manifest } from '../package/index.js';
import { KEY_PREFIX, type OrgStore } from '../store/index.js';
import { DeploymentError } from './deployment-error.js';
import { retrieve, type Retrieval } from './retrieve.js';

/** Retrievals whose zip is kept until it is fetched; the oldest make room for new ones. */
const KEPT_RETRIEVALS = 20;

/** Answers retrieve requests. The work is quick, so a retrieval is finished when its id is given out. */
export class RetrieveService {
  readonly #store: OrgStore;
  readonly #finished = new Map<string, Retrieval>();

  public constructor(store: OrgStore) {
    this.#store = store;
  }

  /** Starts a retrieval and returns its id. `root` is the folder inside the zip, with its slash. */
  public start(manifest: Manifest, root: string): string {
    const id = this.#store.ids.next(KEY_PREFIX.retrieve);
    this.#finished.set(id, retrieve(this.#store.state, manifest, root));
    for (const old of this.#finished.keys()) {
      if (this.#finished.size <= KEPT_RETRIEVALS) break;
      this.#finished.delete(old);
    }
    return id;
  }

  /** The result of a retrieval. Throws DeploymentError for an unknown id, or one whose zip was given up. */
  public result(id: string): Retrieval {
    const found = this.#finished.get(id);
    if (found === undefined)
      throw new DeploymentError('INVALID_LOCATOR', `Retrieve result has been deleted or never existed: ${id}`);
    return found;
  }
}
