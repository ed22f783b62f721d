import { ApexDate, ApexDatetime, instantOf, zonedFields } from '../../data/index.js';
import type { FlowOffsetUnit, FlowScheduledPath } from '../../metadata/index.js';
import type { FlowValue } from '../values/index.js';

const MINUTE = 60_000;
const LENGTHS: Readonly<Record<Exclude<FlowOffsetUnit, 'Months'>, number>> = {
  Minutes: MINUTE,
  Hours: 60 * MINUTE,
  Days: 24 * 60 * MINUTE,
  Weeks: 7 * 24 * 60 * MINUTE,
};

/**
 * When a scheduled path is due; undefined when the field that it counts from is empty.
 * @param anchor value of the field, or the time of the save
 * @param zone the org's time zone, in which days begin
 */
export function dueTime({ offset, unit }: FlowScheduledPath, anchor: FlowValue, zone: string): number | undefined {
  const start = instantAt(anchor, zone);
  if (start === undefined) return undefined;
  return unit === 'Months' ? addMonths(start, offset, zone) : start + offset * LENGTHS[unit];
}

/** The time without what its minute holds beyond it: paths of one minute run together (Salesforce Help: Scheduled Paths). */
export function minuteOf(ms: number): number {
  return Math.floor(ms / MINUTE) * MINUTE;
}

function instantAt(anchor: FlowValue, zone: string): number | undefined {
  if (anchor instanceof ApexDatetime) return anchor.ms;
  return anchor instanceof ApexDate ? instantOf(zone, anchor.days * 24 * 60 * MINUTE) : undefined;
}

function addMonths(ms: number, months: number, zone: string): number {
  const at = zonedFields(zone, ms);
  const day = ApexDate.of(at.year, at.month, at.day).addMonths(months);
  const clock = ((at.hour * 60 + at.minute) * 60 + at.second) * 1000 + at.millisecond;
  return instantOf(zone, day.days * 24 * 60 * MINUTE + clock);
}
