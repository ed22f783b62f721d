/** Key prefix of the Ids of bulk jobs. */
export const JOB_PREFIX = '750';

/** A time as the API shows it: `2026-11-23T12:00:00.000+0000`. */
export function timeText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/Z$/, '+0000');
}
