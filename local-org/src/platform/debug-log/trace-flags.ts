import { ApexDatetime, type Row, type RowValues, type Store } from '../../data/index.js';
import { CATEGORIES, logLevel, type LogLevel, type LogLevels } from './levels.js';
import type { TraceCategory } from '../../apex/runtime/index.js';

/** Types of trace flags that make logs of a user's transactions (Tooling API: TraceFlag). */
export const USER_LOG_TYPES: ReadonlySet<string> = new Set(['USER_DEBUG', 'DEVELOPER_LOG']);

function ms(value: RowValues[string] | undefined): number | undefined {
  return value instanceof ApexDatetime ? value.ms : undefined;
}

/** True while the flag makes logs. A flag without a start is active from the beginning. */
function isActive({ values, deleted }: Row, now: number): boolean {
  const expires = ms(values['ExpirationDate']);
  return (
    !deleted &&
    USER_LOG_TYPES.has(String(values['LogType'])) &&
    (ms(values['StartDate']) ?? 0) <= now &&
    expires !== undefined &&
    now < expires
  );
}

/** Levels of a row of DebugLevel. */
function levelsOf(values: RowValues): LogLevels {
  const levels: Partial<Record<TraceCategory, LogLevel>> = {};
  for (const { category, field } of CATEGORIES) levels[category] = logLevel(String(values[field] ?? 'NONE')) ?? 'NONE';
  return levels;
}

/** Levels at which the user's transactions are logged now; undefined when no trace flag of the user is active. */
export function tracedLevels(store: Store, userId: string, now: number): LogLevels | undefined {
  const flags = store.schema.object('TraceFlag');
  const traced = flags?.fields.get('tracedentityid');
  const debugLevels = store.schema.object('DebugLevel');
  if (flags === undefined || traced === undefined || debugLevels === undefined) return undefined;
  const table = store.table(flags);
  for (const id of table.indexOf(traced).find(userId)) {
    const flag = table.get(id);
    const levelId = flag?.values['DebugLevelId'];
    if (flag === undefined || typeof levelId !== 'string' || !isActive(flag, now)) continue;
    const level = store.table(debugLevels).get(levelId);
    if (level !== undefined && !level.deleted) return levelsOf(level.values);
  }
  return undefined;
}
