import type { DeployResult } from '../store/index.js';

/** A deployment that is waiting or running: its latest state, and ways to wait for the end or ask for it. */
export class DeploymentJob {
  readonly #abort = new AbortController();
  readonly #finished: Promise<void>;
  #resolve: () => void = () => undefined;
  #result: DeployResult;

  public constructor(result: DeployResult) {
    this.#result = result;
    this.#finished = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  public get result(): DeployResult {
    return this.#result;
  }

  public get signal(): AbortSignal {
    return this.#abort.signal;
  }

  public update(result: DeployResult): void {
    this.#result = result;
    if (result.done) this.#resolve();
  }

  /** Asks the deployment to stop; it does at its next step. */
  public cancel(): void {
    this.#abort.abort(new DeploymentCanceled());
  }

  /** Resolves when the deployment is done, or after that many milliseconds. */
  public async wait(milliseconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, milliseconds);
    });
    await Promise.race([this.#finished, timeout]);
    clearTimeout(timer);
  }
}

/** Thrown inside a deployment that was cancelled. */
export class DeploymentCanceled extends Error {
  public override readonly name = 'DeploymentCanceled';
}
