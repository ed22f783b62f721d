const DAY_MS = 86_400_000;

/** Apex Time: milliseconds since midnight, 0 to 86,399,999. */
export class ApexTime {
  readonly ms: number;

  constructor(ms: number) {
    this.ms = ((ms % DAY_MS) + DAY_MS) % DAY_MS;
  }

  static of(hour: number, minute: number, second: number, millisecond: number): ApexTime {
    return new ApexTime(((hour * 60 + minute) * 60 + second) * 1000 + millisecond);
  }

  /** From `HH:MM[:SS[.mmm]][Z]`; undefined when the text is not a time. */
  static parseIso(text: string): ApexTime | undefined {
    const match = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?Z?$/.exec(text);
    if (match === null) return undefined;
    return ApexTime.of(
      Number(match[1]),
      Number(match[2]),
      Number(match[3] ?? 0),
      Number((match[4] ?? '0').padEnd(3, '0')),
    );
  }

  get hour(): number {
    return Math.floor(this.ms / 3_600_000);
  }

  get minute(): number {
    return Math.floor(this.ms / 60_000) % 60;
  }

  get second(): number {
    return Math.floor(this.ms / 1000) % 60;
  }

  get millisecond(): number {
    return this.ms % 1000;
  }

  compare(other: ApexTime): number {
    return this.ms - other.ms;
  }

  /** `10:30:00.000Z` */
  toString(): string {
    return `${new Date(this.ms).toISOString().slice(11)}`;
  }
}
