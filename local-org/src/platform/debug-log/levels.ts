import type { TraceCategory, TraceLevel } from '../../apex/runtime/index.js';

/** How much of a category a debug log shows. */
export type LogLevel = TraceLevel | 'NONE';

/** Levels by category; a category that is not named shows nothing. */
export type LogLevels = Readonly<Partial<Record<TraceCategory, LogLevel>>>;

/** From the least to the most detailed (Apex Developer Guide: Debug Log Levels). */
const ORDER: readonly LogLevel[] = ['NONE', 'ERROR', 'WARN', 'INFO', 'DEBUG', 'FINE', 'FINER', 'FINEST'];

interface Category {
  readonly category: TraceCategory;
  /** In the first line of a log and in debugging headers of the SOAP API. */
  readonly header: string;
  /** Field of DebugLevel. */
  readonly field: string;
}

/** Categories in the order of a log's first line. */
export const CATEGORIES: readonly Category[] = [
  { category: 'ApexCode', header: 'APEX_CODE', field: 'ApexCode' },
  { category: 'ApexProfiling', header: 'APEX_PROFILING', field: 'ApexProfiling' },
  { category: 'Callout', header: 'CALLOUT', field: 'Callout' },
  { category: 'Database', header: 'DB', field: 'Database' },
  { category: 'NBA', header: 'NBA', field: 'Nba' },
  { category: 'System', header: 'SYSTEM', field: 'System' },
  { category: 'Validation', header: 'VALIDATION', field: 'Validation' },
  { category: 'Visualforce', header: 'VISUALFORCE', field: 'Visualforce' },
  { category: 'Wave', header: 'WAVE', field: 'Wave' },
  { category: 'Workflow', header: 'WORKFLOW', field: 'Workflow' },
];

/** Levels of tests when no trace flag is active (Apex Developer Guide: Debug Log Order of Precedence), and of a new DebugLevel. */
export const DEFAULT_LEVELS: LogLevels = {
  ApexCode: 'DEBUG',
  ApexProfiling: 'INFO',
  Callout: 'INFO',
  Database: 'INFO',
  NBA: 'INFO',
  System: 'DEBUG',
  Validation: 'INFO',
  Visualforce: 'INFO',
  Wave: 'INFO',
  Workflow: 'INFO',
};

/** A level by its name in any case; undefined when there is none of that name. */
export function logLevel(name: string): LogLevel | undefined {
  const upper = name.toUpperCase();
  return ORDER.find((level) => level === upper);
}

/** Does a log with these levels show what is logged from `level` on? */
export function shows(levels: LogLevels, category: TraceCategory, level: TraceLevel): boolean {
  return ORDER.indexOf(levels[category] ?? 'NONE') >= ORDER.indexOf(level);
}

/** `APEX_CODE,DEBUG;APEX_PROFILING,INFO;...` with the categories that the levels name. */
export function levelsText(levels: LogLevels): string {
  return CATEGORIES.flatMap(({ category, header }) => {
    const level = levels[category];
    return level === undefined ? [] : [`${header},${level}`];
  }).join(';');
}
