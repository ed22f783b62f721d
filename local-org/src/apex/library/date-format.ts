import { zonedFields, zoneOffset } from '../../data/index.js';
import { Unsupported } from '../runtime/index.js';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const padded = (value: number, size: number): string => String(value).padStart(size, '0');

function offsetText(ms: number, colon: boolean): string {
  const minutes = Math.abs(Math.round(ms / 60_000));
  return `${ms < 0 ? '-' : '+'}${padded(Math.floor(minutes / 60), 2)}${colon ? ':' : ''}${padded(minutes % 60, 2)}`;
}

/** Formats an instant as java.text.SimpleDateFormat does, in the locale en_US. @throws Unsupported naming a letter that it does not know */
export function formatDate(ms: number, zone: string, pattern: string): string {
  const at = zonedFields(zone, ms);
  const weekday = new Date(Date.UTC(at.year, at.month - 1, at.day)).getUTCDay();
  const dayOfYear = Math.floor((Date.UTC(at.year, at.month - 1, at.day) - Date.UTC(at.year, 0, 1)) / 86_400_000) + 1;
  const letters: Readonly<Record<string, (size: number) => string>> = {
    y: (size) => (size === 2 ? padded(at.year % 100, 2) : padded(at.year, size)),
    Y: (size) => (size === 2 ? padded(at.year % 100, 2) : padded(at.year, size)),
    M: (size) =>
      size >= 4
        ? (MONTHS[at.month - 1] ?? '')
        : size === 3
          ? (MONTHS[at.month - 1] ?? '').slice(0, 3)
          : padded(at.month, size),
    d: (size) => padded(at.day, size),
    D: (size) => padded(dayOfYear, size),
    E: (size) => (size >= 4 ? (DAYS[weekday] ?? '') : (DAYS[weekday] ?? '').slice(0, 3)),
    u: (size) => padded(weekday === 0 ? 7 : weekday, size),
    a: () => (at.hour < 12 ? 'AM' : 'PM'),
    H: (size) => padded(at.hour, size),
    k: (size) => padded(at.hour === 0 ? 24 : at.hour, size),
    K: (size) => padded(at.hour % 12, size),
    h: (size) => padded(at.hour % 12 === 0 ? 12 : at.hour % 12, size),
    m: (size) => padded(at.minute, size),
    s: (size) => padded(at.second, size),
    S: (size) => padded(at.millisecond, size),
    G: () => 'AD',
    Z: () => offsetText(zoneOffset(zone, ms), false),
    X: (size) =>
      zoneOffset(zone, ms) === 0
        ? 'Z'
        : size === 1
          ? offsetText(zoneOffset(zone, ms), false).slice(0, 3)
          : offsetText(zoneOffset(zone, ms), size === 3),
    z: () => zoneName(ms, zone),
  };
  return pattern.replace(
    /'((?:[^']|'')*)'|([A-Za-z])\2*/g,
    (found, literal: string | undefined, letter: string | undefined) => {
      if (letter === undefined) return found === "''" ? "'" : (literal ?? '').replaceAll("''", "'");
      const format = letters[letter];
      if (format === undefined) throw new Unsupported(`The date pattern letter ${letter}`);
      return format(found.length);
    },
  );
}

export function zoneName(ms: number, zone: string): string {
  return (
    new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'short' })
      .formatToParts(ms)
      .find((part) => part.type === 'timeZoneName')?.value ?? zone
  );
}
