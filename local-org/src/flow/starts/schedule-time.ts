import { ApexDate, ApexTime, instantOf, zonedFields } from '../../data/index.js';
import type { FlowSchedule } from '../../metadata/index.js';

const DAY = 86_400_000;
const STEP_DAYS = { Daily: 1, Weekly: 7 } as const;

/**
 * When a schedule-triggered flow runs next, after a time; undefined when it never does. Once in the past never runs (PLATFORM 2.1).
 * @param zone the org's default time zone, in which the schedule is meant
 */
export function nextRun(
  { frequency, startDate, startTime }: FlowSchedule,
  zone: string,
  after: number,
): number | undefined {
  const day = ApexDate.parseIso(startDate);
  const time = ApexTime.parseIso(startTime);
  if (day === undefined || time === undefined) throw new Error(`No schedule: ${startDate} ${startTime}`);
  const run = (days: number): number => instantOf(zone, (day.days + days) * DAY + time.ms);
  if (frequency === 'Once') return run(0) > after ? run(0) : undefined;
  const step = STEP_DAYS[frequency];
  const today = zonedFields(zone, after);
  const passed = ApexDate.of(today.year, today.month, today.day).days - day.days;
  let days = Math.max(0, Math.floor(passed / step) * step);
  while (run(days) <= after) days += step;
  return run(days);
}
