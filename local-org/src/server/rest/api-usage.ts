/** Requests per day of a Developer Edition org (Salesforce Developer Limits and Allocations: API Request Limits). Nothing is refused beyond them. */
export const DAILY_REQUESTS = 15_000;
const DAY_MILLISECONDS = 86_400_000;

/** Counts the requests of the day. */
export class ApiUsage {
  readonly #now: () => number;
  #day = 0;
  #count = 0;

  public constructor(now: () => number) {
    this.#now = now;
  }

  public count(): void {
    this.#turn();
    this.#count += 1;
  }

  /** Requests since midnight UTC. */
  public today(): number {
    this.#turn();
    return this.#count;
  }

  #turn(): void {
    const day = Math.floor(this.#now() / DAY_MILLISECONDS);
    if (day === this.#day) return;
    this.#day = day;
    this.#count = 0;
  }
}
