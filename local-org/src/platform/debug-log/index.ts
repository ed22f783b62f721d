/** Door of the debug logs: their text, their rows of ApexLog, and when they are made. */
export { ApexLogs, type LogFacts } from './apex-logs.js';
export { DebugLog, type DebugLogOptions } from './debug-log.js';
export { CATEGORIES, DEFAULT_LEVELS, logLevel, type LogLevel, type LogLevels } from './levels.js';
export { LogRecorder, type LogRequest, type OpenLog, type RecordedOrg } from './recorder.js';
export { refuseTraceFlag, type ProposedFlag } from './trace-flag-rules.js';
export type { LogUser } from './user-info.js';
