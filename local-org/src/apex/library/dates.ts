import {
  ApexDate,
  ApexDatetime,
  ApexTime,
  daysInMonth,
  instantOf,
  isKnownZone,
  zonedFields,
  zoneOffset,
} from '../../data/index.js';
import { apexError, PlatformObject, type ApexRuntime, type LibraryModule } from '../runtime/index.js';
import { required, text } from './arguments.js';
import { formatDate, zoneName } from './date-format.js';

const isLeap = (year: number): boolean => daysInMonth(year, 2) === 29;
const dayOfYear = (date: ApexDate): number => date.days - ApexDate.of(date.year, 1, 1).days + 1;

function parseDate(value: unknown): ApexDate {
  if (value instanceof ApexDatetime) return value.dateGmt();
  if (value instanceof ApexDate) return value;
  const source = text(typeof value === 'string' ? value : null).trim();
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})/.exec(source);
  if (match === null) throw apexError('TypeException', `Invalid date: ${source}`);
  return ApexDate.of(Number(match[1]), Number(match[2]), Number(match[3]));
}

export const dateModule: LibraryModule = {
  owner: 'System.Date',
  members: (runtime) => ({
    addDays: (self: ApexDate, days: number) => self.addDays(required(days)),
    addMonths: (self: ApexDate, months: number) => self.addMonths(required(months)),
    addYears: (self: ApexDate, years: number) => self.addMonths(12 * required(years)),
    day: (self: ApexDate) => self.day,
    dayOfYear,
    daysBetween: (self: ApexDate, other: ApexDate | null) => required(other).days - self.days,
    format: (self: ApexDate) => `${self.month}/${self.day}/${self.year}`,
    isSameDay: (self: ApexDate, other: ApexDate | null) => required(other).days === self.days,
    month: (self: ApexDate) => self.month,
    monthsBetween: (self: ApexDate, other: ApexDate | null) =>
      (required(other).year - self.year) * 12 + required(other).month - self.month,
    toStartOfMonth: (self: ApexDate) => ApexDate.of(self.year, self.month, 1),
    toStartOfWeek: (self: ApexDate) => self.addDays(-self.weekday),
    year: (self: ApexDate) => self.year,
    daysInMonth: (year: number, month: number) => daysInMonth(required(year), required(month, 2)),
    isLeapYear: (year: number) => isLeap(required(year)),
    newInstance: (year: number, month: number, day: number) =>
      ApexDate.of(required(year), required(month, 2), required(day, 3)),
    parse: (source: string | null) => {
      const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text(source).trim());
      if (match === null) throw apexError('TypeException', `Invalid date: ${String(source)}`);
      return ApexDate.of(Number(match[3]), Number(match[1]), Number(match[2]));
    },
    today: () => dayIn(runtime.now, runtime.timeZone),
    valueOf: parseDate,
  }),
};

function dayIn(ms: number, zone: string): ApexDate {
  const { year, month, day } = zonedFields(zone, ms);
  return ApexDate.of(year, month, day);
}

/** The instant of a wall clock in a time zone; values out of range roll over. */
function instant(
  zone: string,
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): ApexDatetime {
  const wall = ApexDate.of(year, month, day).days * 86_400_000 + ((hour * 60 + minute) * 60 + second) * 1000;
  return new ApexDatetime(instantOf(zone, wall));
}

function construct(zone: string, args: readonly unknown[]): ApexDatetime {
  const [first, second] = args;
  if (typeof first === 'bigint') return new ApexDatetime(Number(first));
  if (first instanceof ApexDate)
    return new ApexDatetime(instantOf(zone, first.days * 86_400_000 + (second instanceof ApexTime ? second.ms : 0)));
  const [year = 1970, month = 1, day = 1, hour = 0, minute = 0, seconds = 0] = args.map((value, index) =>
    Number(required(value, index + 1)),
  );
  return instant(zone, year, month, day, hour, minute, seconds);
}

function parseDatetime(source: string | null, zone: string): ApexDatetime {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})[ T](\d{1,2}):(\d{1,2}):(\d{1,2})/.exec(text(source).trim());
  if (match === null) throw apexError('TypeException', `Invalid date/time: ${String(source)}`);
  const [, year, month, day, hour, minute, second] = match.map(Number);
  return instant(zone, year ?? 1970, month ?? 1, day ?? 1, hour ?? 0, minute ?? 0, second ?? 0);
}

/** Moves by months or years in the user's calendar, keeping the time of day. */
function addMonths(runtime: ApexRuntime, self: ApexDatetime, months: number): ApexDatetime {
  const zone = runtime.timeZone;
  const wall = self.ms + zoneOffset(zone, self.ms);
  const day = new ApexDate(Math.floor(wall / 86_400_000)).addMonths(months);
  return new ApexDatetime(instantOf(zone, day.days * 86_400_000 + (((wall % 86_400_000) + 86_400_000) % 86_400_000)));
}

const FIELDS = ['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond'] as const;

export const datetimeModule: LibraryModule = {
  owner: 'System.Datetime',
  members: (runtime) => {
    const plus = (unit: number) => (self: ApexDatetime, count: number) =>
      new ApexDatetime(self.ms + required(count) * unit);
    const parts = FIELDS.flatMap((field) => [
      [field, (self: ApexDatetime) => zonedFields(runtime.timeZone, self.ms)[field]] as const,
      [`${field}Gmt`, (self: ApexDatetime) => zonedFields('GMT', self.ms)[field]] as const,
    ]);
    return {
      ...Object.fromEntries(parts),
      addDays: plus(86_400_000),
      addHours: plus(3_600_000),
      addMinutes: plus(60_000),
      addSeconds: plus(1000),
      addMonths: (self: ApexDatetime, months: number) => addMonths(runtime, self, required(months)),
      addYears: (self: ApexDatetime, years: number) => addMonths(runtime, self, 12 * required(years)),
      date: (self: ApexDatetime) => dayIn(self.ms, runtime.timeZone),
      dateGmt: (self: ApexDatetime) => self.dateGmt(),
      dayOfYear: (self: ApexDatetime) => dayOfYear(dayIn(self.ms, runtime.timeZone)),
      dayOfYearGmt: (self: ApexDatetime) => dayOfYear(self.dateGmt()),
      'format/0': (self: ApexDatetime) => formatDate(self.ms, runtime.timeZone, 'M/d/yyyy, h:mm a'),
      'format/1': (self: ApexDatetime, pattern: string | null) => formatDate(self.ms, runtime.timeZone, text(pattern)),
      'format/2': (self: ApexDatetime, pattern: string | null, zone: string | null) =>
        formatDate(self.ms, knownZone(text(zone, 2)), text(pattern)),
      formatGmt: (self: ApexDatetime, pattern: string | null) => formatDate(self.ms, 'GMT', text(pattern)),
      formatLong: (self: ApexDatetime) =>
        `${formatDate(self.ms, runtime.timeZone, 'M/d/yyyy, h:mm:ss a')} ${zoneName(self.ms, runtime.timeZone)}`,
      getTime: (self: ApexDatetime) => BigInt(self.ms),
      isSameDay: (self: ApexDatetime, other: ApexDatetime | null) =>
        dayIn(self.ms, runtime.timeZone).days === dayIn(required(other).ms, runtime.timeZone).days,
      time: (self: ApexDatetime) => new ApexTime(self.ms + zoneOffset(runtime.timeZone, self.ms)),
      timeGmt: (self: ApexDatetime) => new ApexTime(self.ms),
      newInstance: (...args: unknown[]) => construct(runtime.timeZone, args),
      newInstanceGmt: (...args: unknown[]) => construct('GMT', args),
      now: () => new ApexDatetime(runtime.now),
      parse: (source: string | null) => {
        const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4}),? (\d{1,2}):(\d{2}) ([AP]M)$/i.exec(text(source).trim());
        if (match === null) throw apexError('TypeException', `Invalid date/time: ${String(source)}`);
        const hour = (Number(match[4]) % 12) + (match[6]?.toUpperCase() === 'PM' ? 12 : 0);
        return instant(
          runtime.timeZone,
          Number(match[3]),
          Number(match[1]),
          Number(match[2]),
          hour,
          Number(match[5]),
          0,
        );
      },
      valueOf: (value: unknown) => {
        if (value instanceof ApexDatetime) return value;
        // A Long is taken as milliseconds (NebulaLogger: LogEntryEventHandler).
        if (typeof value === 'bigint') return new ApexDatetime(Number(value));
        return parseDatetime(typeof value === 'string' ? value : null, runtime.timeZone);
      },
      valueOfGmt: (value: string | null) => parseDatetime(value, 'GMT'),
    };
  },
};

export const timeModule: LibraryModule = {
  owner: 'System.Time',
  members: () => ({
    addHours: (self: ApexTime, count: number) => new ApexTime(self.ms + required(count) * 3_600_000),
    addMinutes: (self: ApexTime, count: number) => new ApexTime(self.ms + required(count) * 60_000),
    addSeconds: (self: ApexTime, count: number) => new ApexTime(self.ms + required(count) * 1000),
    addMilliseconds: (self: ApexTime, count: number) => new ApexTime(self.ms + required(count)),
    hour: (self: ApexTime) => self.hour,
    minute: (self: ApexTime) => self.minute,
    second: (self: ApexTime) => self.second,
    millisecond: (self: ApexTime) => self.millisecond,
    newInstance: (hour: number, minute: number, second: number, ms: number) => ApexTime.of(hour, minute, second, ms),
  }),
};

export class TimeZoneObject extends PlatformObject {
  override readonly typeName = 'System.TimeZone';
  constructor(readonly id: string) {
    super();
  }
  override toString(): string {
    return this.id;
  }
}

function knownZone(id: string): string {
  return isKnownZone(id) ? id : 'GMT';
}

export const timeZoneModule: LibraryModule = {
  owner: 'System.TimeZone',
  members: () => ({
    getTimeZone: (id: string | null) => new TimeZoneObject(knownZone(text(id))),
    getId: (self: TimeZoneObject) => self.id,
    getDisplayName: (self: TimeZoneObject) => self.id,
    getOffset: (self: TimeZoneObject, at: ApexDatetime | null) => zoneOffset(self.id, required(at).ms),
    toString: (self: TimeZoneObject) => self.id,
  }),
};
