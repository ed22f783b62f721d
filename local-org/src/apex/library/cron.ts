import { Cron } from 'croner';

/**
 * When a cron expression of the platform comes next: `Seconds Minutes Hours DayOfMonth Month DayOfWeek [Year]`, days of the week from 1
 * (Sunday), `?`, `L`, `W` and `#` as in Quartz (PLATFORM 3.4; Apex Developer Guide: System.schedule).
 * @param timeZone the scheduling user's
 * @param after milliseconds since 1970; the result is later
 * @returns undefined when there is no such time
 * @throws TypeError for an expression that cannot be read
 */
export function nextFireTime(expression: string, timeZone: string, after: number): number | undefined {
  // To the library a question mark means the present; here it means any.
  const cron = new Cron(expression.trim().replaceAll('?', '*'), {
    timezone: timeZone,
    mode: '6-or-7-parts',
    alternativeWeekdays: true,
    // Quartz has a `?` in one of the two day fields, so that both never count together.
    domAndDow: true,
    sloppyRanges: true,
  });
  return cron.nextRun(new Date(after))?.getTime();
}
