import { zoneOffset, type Store } from '../../data/index.js';

/** The user that a log is about. */
export interface LogUser {
  readonly id: string;
  readonly username: string;
  /** `America/Los_Angeles`. */
  readonly timeZone: string;
}

/** The user of a row of User; undefined when there is none. */
export function logUser(store: Store, userId: string): LogUser | undefined {
  const values = store.rowOfId(userId)?.row.values;
  if (values === undefined) return undefined;
  const { Username: username, TimeZoneSidKey: zone } = values;
  return {
    id: userId,
    username: typeof username === 'string' ? username : '',
    timeZone: typeof zone === 'string' ? zone : 'GMT',
  };
}

const two = (value: number): string => String(value).padStart(2, '0');

/** `-08:00`. */
function offsetText(offset: number): string {
  const minutes = Math.abs(Math.round(offset / 60_000));
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function zoneName(zone: string, now: number): string {
  // The platform's own name of this zone; the calendar data of JavaScript calls it Coordinated Universal Time.
  if (zone === 'GMT') return 'Greenwich Mean Time';
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'long' }).formatToParts(now);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}

/** Parts of `USER_INFO`: `005D0000001bYPN|devuser@example.org|(GMT-08:00) Pacific Standard Time (America/Los_Angeles)|GMT-08:00`. */
export function userInfoParts({ id, username, timeZone }: LogUser, now: number): readonly string[] {
  const offset = `GMT${offsetText(zoneOffset(timeZone, now))}`;
  return [id.slice(0, 15), username, `(${offset}) ${zoneName(timeZone, now)} (${timeZone})`, offset];
}
