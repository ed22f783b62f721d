import { ApexDate } from './date.js';

/** Apex Datetime: an instant, as milliseconds since 1970-01-01T00:00:00Z. */
export class ApexDatetime {
  constructor(readonly ms: number) {}

  /** From an ISO 8601 text with `Z` or an offset; undefined when it is not one. */
  static parseIso(text: string): ApexDatetime | undefined {
    const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:?\d{2})$/.exec(text);
    if (match === null) return undefined;
    const offset = match[3] === undefined || match[3] === 'Z' ? 'Z' : `${match[3].slice(0, 3)}:${match[3].slice(-2)}`;
    const ms = Date.parse(`${match[1]}T${match[2]}${offset}`);
    return Number.isNaN(ms) ? undefined : new ApexDatetime(ms);
  }

  /** The day in UTC. */
  dateGmt(): ApexDate {
    return new ApexDate(Math.floor(this.ms / 86_400_000));
  }

  compare(other: ApexDatetime): number {
    return this.ms - other.ms;
  }

  /** `2026-11-23T10:30:00.000Z` */
  toIso(): string {
    return new Date(this.ms).toISOString();
  }

  /** Text in UTC; the running user's time zone is applied by the library, which knows the user. */
  toString(): string {
    return this.toIso().slice(0, 19).replace('T', ' ');
  }
}
