import { ApexDate, instantOf, zonedFields } from '../values/index.js';
import { SoqlError } from './context.js';

/** Days from `start` up to, not including, `end`. */
export interface DayRange {
  readonly start: ApexDate;
  readonly end: ApexDate;
}

type Rule = (today: ApexDate, count: number) => DayRange;

const firstOfMonth = (date: ApexDate): ApexDate => ApexDate.of(date.year, date.month, 1);
const firstOfQuarter = (date: ApexDate): ApexDate =>
  ApexDate.of(date.year, Math.floor((date.month - 1) / 3) * 3 + 1, 1);
const firstOfYear = (date: ApexDate): ApexDate => ApexDate.of(date.year, 1, 1);
/** Weeks begin on Sunday, as in the org's default locale en_US. */
const firstOfWeek = (date: ApexDate): ApexDate => date.addDays(-date.weekday);

type Shift = (date: ApexDate, count: number) => ApexDate;

interface Unit {
  readonly first: (date: ApexDate) => ApexDate;
  readonly shift: Shift;
}

const DAY: Unit = { first: (date) => date, shift: (date, count) => date.addDays(count) };
const WEEK: Unit = { first: firstOfWeek, shift: (date, count) => date.addDays(7 * count) };
const MONTH: Unit = { first: firstOfMonth, shift: (date, count) => date.addMonths(count) };
const QUARTER: Unit = { first: firstOfQuarter, shift: (date, count) => date.addMonths(3 * count) };
const YEAR: Unit = { first: firstOfYear, shift: (date, count) => date.addMonths(12 * count) };

/** Whole units, `from` to `to` counted from the current one (0), both included. */
const units =
  (unit: Unit, from: number, to: number) =>
  (today: ApexDate): DayRange => {
    const first = unit.first(today);
    return { start: unit.shift(first, from), end: unit.shift(first, to + 1) };
  };
const lastN =
  (unit: Unit): Rule =>
  (today, count) =>
    units(unit, -count, -1)(today);
const nextN =
  (unit: Unit): Rule =>
  (today, count) =>
    units(unit, 1, count)(today);
const nAgo =
  (unit: Unit): Rule =>
  (today, count) =>
    units(unit, -count, -count)(today);

/** Date literals and what they mean (SOQL and SOSL Reference: Date Formats and Date Literals). The fiscal year is the calendar year. */
const RULES: Readonly<Record<string, Rule>> = {
  YESTERDAY: units(DAY, -1, -1),
  TODAY: units(DAY, 0, 0),
  TOMORROW: units(DAY, 1, 1),
  LAST_WEEK: units(WEEK, -1, -1),
  THIS_WEEK: units(WEEK, 0, 0),
  NEXT_WEEK: units(WEEK, 1, 1),
  LAST_MONTH: units(MONTH, -1, -1),
  THIS_MONTH: units(MONTH, 0, 0),
  NEXT_MONTH: units(MONTH, 1, 1),
  LAST_90_DAYS: (today) => ({ start: today.addDays(-90), end: today.addDays(1) }),
  NEXT_90_DAYS: (today) => ({ start: today.addDays(1), end: today.addDays(91) }),
  THIS_QUARTER: units(QUARTER, 0, 0),
  LAST_QUARTER: units(QUARTER, -1, -1),
  NEXT_QUARTER: units(QUARTER, 1, 1),
  THIS_YEAR: units(YEAR, 0, 0),
  LAST_YEAR: units(YEAR, -1, -1),
  NEXT_YEAR: units(YEAR, 1, 1),
  THIS_FISCAL_QUARTER: units(QUARTER, 0, 0),
  LAST_FISCAL_QUARTER: units(QUARTER, -1, -1),
  NEXT_FISCAL_QUARTER: units(QUARTER, 1, 1),
  THIS_FISCAL_YEAR: units(YEAR, 0, 0),
  LAST_FISCAL_YEAR: units(YEAR, -1, -1),
  NEXT_FISCAL_YEAR: units(YEAR, 1, 1),
  LAST_N_DAYS: (today, count) => ({ start: today.addDays(-count), end: today.addDays(1) }),
  NEXT_N_DAYS: nextN(DAY),
  N_DAYS_AGO: nAgo(DAY),
  LAST_N_WEEKS: lastN(WEEK),
  NEXT_N_WEEKS: nextN(WEEK),
  N_WEEKS_AGO: nAgo(WEEK),
  LAST_N_MONTHS: lastN(MONTH),
  NEXT_N_MONTHS: nextN(MONTH),
  N_MONTHS_AGO: nAgo(MONTH),
  LAST_N_QUARTERS: lastN(QUARTER),
  NEXT_N_QUARTERS: nextN(QUARTER),
  N_QUARTERS_AGO: nAgo(QUARTER),
  LAST_N_YEARS: lastN(YEAR),
  NEXT_N_YEARS: nextN(YEAR),
  N_YEARS_AGO: nAgo(YEAR),
  LAST_N_FISCAL_QUARTERS: lastN(QUARTER),
  NEXT_N_FISCAL_QUARTERS: nextN(QUARTER),
  N_FISCAL_QUARTERS_AGO: nAgo(QUARTER),
  LAST_N_FISCAL_YEARS: lastN(YEAR),
  NEXT_N_FISCAL_YEARS: nextN(YEAR),
  N_FISCAL_YEARS_AGO: nAgo(YEAR),
};

/** The days of a date literal, seen from `now` in the user's time zone. */
export function dayRange(name: string, count: number | undefined, now: number, timeZone: string): DayRange {
  const rule = RULES[name.toUpperCase()];
  if (rule === undefined) throw new SoqlError(`The date literal ${name} is not supported by the local org.`);
  const { year, month, day } = zonedFields(timeZone, now);
  return rule(ApexDate.of(year, month, day), count ?? 0);
}

/** The instant at which a day begins in a time zone. */
export function startOfDay(date: ApexDate, timeZone: string): number {
  return instantOf(timeZone, date.days * 86_400_000);
}
