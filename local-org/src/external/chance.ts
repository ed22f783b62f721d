import { createHmac, randomBytes } from 'node:crypto';

/** Source of everything that looks random. With a seed the same questions get the same answers on every machine. */
export class Chance {
  readonly #key: Buffer;

  /** @param seed undefined: unpredictable */
  public constructor(seed: number | undefined) {
    this.#key = seed === undefined ? randomBytes(32) : Buffer.from(`seed:${seed}`, 'utf8');
  }

  /** A number from 0 to below 1. It depends on the question alone, not on what was asked before. */
  public share(question: string): number {
    return this.#digest(question).readUIntBE(0, 6) / 2 ** 48;
  }

  /** 43 characters that fit into a URL. */
  public secret(question: string): string {
    return this.#digest(question).toString('base64url');
  }

  #digest(question: string): Buffer {
    return createHmac('sha256', this.#key).update(question).digest();
  }
}
