const DAY_MS = 86_400_000;

/** Apex Date: a day without a time zone, as days since 1970-01-01. */
export class ApexDate {
  constructor(readonly days: number) {}

  /** Year, month (1-12) and day; values outside their range roll over as `Date.newInstance` does. */
  static of(year: number, month: number, day: number): ApexDate {
    const date = new Date(0);
    date.setUTCFullYear(year, month - 1, day);
    return new ApexDate(Math.floor(date.getTime() / DAY_MS));
  }

  /** From `YYYY-MM-DD`; undefined when the text is not a date. */
  static parseIso(text: string): ApexDate | undefined {
    const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
    if (match === null) return undefined;
    const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
    const date = ApexDate.of(year, month, day);
    return date.month === month && date.day === day ? date : undefined;
  }

  private get utc(): Date {
    return new Date(this.days * DAY_MS);
  }

  get year(): number {
    return this.utc.getUTCFullYear();
  }

  get month(): number {
    return this.utc.getUTCMonth() + 1;
  }

  get day(): number {
    return this.utc.getUTCDate();
  }

  /** 0 is Sunday. */
  get weekday(): number {
    return (((this.days + 4) % 7) + 7) % 7;
  }

  addDays(days: number): ApexDate {
    return new ApexDate(this.days + days);
  }

  /** Same day `months` later, or the month's last day when it is shorter. */
  addMonths(months: number): ApexDate {
    const index = this.year * 12 + this.month - 1 + months;
    const year = Math.floor(index / 12);
    const month = index - year * 12 + 1;
    return ApexDate.of(year, month, Math.min(this.day, daysInMonth(year, month)));
  }

  compare(other: ApexDate): number {
    return this.days - other.days;
  }

  /** `2026-11-23` */
  toIso(): string {
    return this.utc.toISOString().slice(0, this.year > 9999 || this.year < 0 ? 13 : 10);
  }

  /** As `String.valueOf(Date)`: `2026-11-23 00:00:00`. */
  toString(): string {
    return `${this.toIso()} 00:00:00`;
  }
}

/** Days of a month (1-12). */
export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}
