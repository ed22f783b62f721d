import { ApexDatetime, ApexTime, zonedFields, type Row } from '../../data/index.js';
import { apexError, type ApexRuntime, type LibraryModule } from '../runtime/index.js';
import { required } from './arguments.js';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const DAY_MS = 86_400_000;
/** A search for open hours ends after so many days without any. */
const MAX_IDLE_DAYS = 370;

/** An open time of one day, milliseconds since 1970. */
interface Shift {
  readonly start: number;
  readonly end: number;
}

/** System.BusinessHours over one record of BusinessHours. Holidays are not known. */
class Hours {
  constructor(
    private readonly row: Row,
    private readonly zone: string,
  ) {}

  /** Midnight of the day of an instant, in the zone of the hours. */
  private midnight(instant: number): number {
    const { hour, minute, second } = zonedFields(this.zone, instant);
    return instant - ((hour * 60 + minute) * 60 + second) * 1000 - (instant % 1000);
  }

  private shift(midnight: number): Shift | undefined {
    // Noon tells the day whatever daylight saving did.
    const { year, month, day } = zonedFields(this.zone, midnight + DAY_MS / 2);
    const name = DAYS[new Date(Date.UTC(year, month - 1, day)).getUTCDay()] ?? '';
    const start = this.row.values[`${name}StartTime`];
    const end = this.row.values[`${name}EndTime`];
    if (!(start instanceof ApexTime) || !(end instanceof ApexTime)) return undefined;
    // From midnight to midnight is the whole day.
    return { start: midnight + start.ms, end: midnight + (end.ms <= start.ms ? DAY_MS : end.ms) };
  }

  /** Open times from an instant on, day by day; ends when none comes any more. */
  *shiftsFrom(instant: number): Generator<Shift> {
    let midnight = this.midnight(instant);
    let idle = 0;
    while (idle < MAX_IDLE_DAYS) {
      const shift = this.shift(midnight);
      if (shift === undefined) idle++;
      else {
        idle = 0;
        if (shift.end > instant) yield { start: Math.max(shift.start, instant), end: shift.end };
      }
      midnight = this.midnight(midnight + DAY_MS * 1.5);
    }
  }

  add(instant: number, milliseconds: number): number {
    let left = milliseconds;
    for (const { start, end } of this.shiftsFrom(instant)) {
      if (left <= end - start) return start + left;
      left -= end - start;
    }
    return instant + milliseconds;
  }

  diff(from: number, to: number): number {
    if (from > to) return -this.diff(to, from);
    let total = 0;
    for (const { start, end } of this.shiftsFrom(from)) {
      if (start >= to) break;
      total += Math.min(end, to) - start;
    }
    return total;
  }

  isWithin(instant: number): boolean {
    const [first] = this.shiftsFrom(instant);
    return first !== undefined && first.start <= instant && instant < first.end;
  }

  next(instant: number): number {
    const [first] = this.shiftsFrom(instant);
    return first?.start ?? instant;
  }
}

function hoursOf(runtime: ApexRuntime, id: string | null): Hours {
  const found = runtime.data.store.rowOfId(required(id));
  if (found?.object.name !== 'BusinessHours')
    throw apexError('InvalidParameterValueException', `Invalid business hours id: ${String(id)}`);
  const zone = found.row.values['TimeZoneSidKey'];
  return new Hours(found.row, typeof zone === 'string' ? zone : 'GMT');
}

/** System.BusinessHours (Apex Reference Guide: BusinessHours Class). Intervals are in milliseconds. */
export const businessHoursModule: LibraryModule = {
  owner: 'System.BusinessHours',
  members: (runtime) => {
    const add = (id: string | null, start: ApexDatetime | null, milliseconds: bigint | null) =>
      new ApexDatetime(hoursOf(runtime, id).add(required(start, 2).ms, Number(required(milliseconds, 3))));
    return {
      add,
      addGmt: add,
      diff: (id: string | null, start: ApexDatetime | null, end: ApexDatetime | null) =>
        BigInt(hoursOf(runtime, id).diff(required(start, 2).ms, required(end, 3).ms)),
      isWithin: (id: string | null, at: ApexDatetime | null) => hoursOf(runtime, id).isWithin(required(at, 2).ms),
      nextStartDate: (id: string | null, at: ApexDatetime | null) =>
        new ApexDatetime(hoursOf(runtime, id).next(required(at, 2).ms)),
    };
  },
};
