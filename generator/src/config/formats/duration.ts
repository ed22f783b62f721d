import type { Seconds } from '../../model/index.js';
import { Problem, quote } from '../../diagnostics/index.js';
import type { Rule } from '../../diagnostics/index.js';

export const durationRules = {
  badDuration: {
    code: 'bad-duration',
    severity: 'error',
    summary: 'A duration is a whole number with a unit: 30s, 5m, 2h or 7d. A number alone is seconds.',
    reason: 'A wrong unit makes a retry come a thousand times too early or too late.',
    fix: 'Write `30s`, `5m`, `2h` or `7d`.',
  },
  durationRange: {
    code: 'duration-out-of-range',
    severity: 'error',
    summary: 'A duration lies in the range that the platform and the runtime allow.',
    reason: 'Outside the range the setting has no effect, or stops the integration.',
    fix: 'Choose a duration in the range.',
  },
} as const satisfies Record<string, Rule>;

const UNITS: ReadonlyMap<string, number> = new Map([
  ['s', 1],
  ['m', 60],
  ['h', 3600],
  ['d', 86400],
]);

/** What editors check. */
export const DURATION_PATTERN = '^[0-9]+(s|m|h|d)$';

/** Seconds of `30s`, `5m`, `2h`, `7d` or of a whole number; undefined for anything else. */
export function parseDuration(value: string | number): Seconds | undefined {
  const seconds = typeof value === 'number' ? value : secondsOf(value);
  return seconds !== undefined && isSeconds(seconds) ? seconds : undefined;
}

function secondsOf(value: string): number | undefined {
  const [, digits, unit = ''] = /^([0-9]{1,9})(s|m|h|d)$/.exec(value) ?? [];
  const factor = UNITS.get(unit);
  return digits === undefined || factor === undefined ? undefined : Number(digits) * factor;
}

export function isSeconds(value: number): value is Seconds {
  return Number.isSafeInteger(value) && value >= 0;
}

/** `90` to `90s`, `300` to `5m`: the largest unit that keeps the number whole. */
export function printDuration(seconds: number): string {
  if (seconds === 0) return '0s';
  const fits = [...UNITS].filter(([, factor]) => seconds % factor === 0).at(-1);
  return fits === undefined ? `${seconds}s` : `${seconds / fits[1]}${fits[0]}`;
}

/** The problems of a duration between `least` and `most` seconds. */
export function durationProblems(value: string | number, least: number, most: number): readonly Problem[] {
  const seconds = parseDuration(value);
  if (seconds === undefined) {
    return [
      new Problem(durationRules.badDuration, `${quote(String(value))} is not a duration.`, {
        suggestion: likely(String(value)),
      }),
    ];
  }
  if (seconds >= least && seconds <= most) return [];
  const range = `${printDuration(least)} to ${printDuration(most)}`;
  return [
    new Problem(durationRules.durationRange, `The duration ${quote(String(value))} is outside ${range}.`, {
      fix: `Choose a duration from ${range}.`,
    }),
  ];
}

/** `30 seconds`, `5 min`, `1.5h` as they were probably meant. */
function likely(value: string): string | undefined {
  const [, digits, word = ''] = /^\s*([0-9]{1,6})\s*([A-Za-z]+)\s*$/.exec(value) ?? [];
  const unit = word.charAt(0).toLowerCase();
  if (digits === undefined || !UNITS.has(unit) || /^(?:ms|mil|mon)/i.test(word)) return undefined;
  return `${digits}${unit}`;
}
