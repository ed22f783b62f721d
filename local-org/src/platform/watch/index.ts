/** Door of the live view of an org. */
export { describeError } from './describe-error.js';
export { Watcher, type WatcherOptions } from './watcher.js';
export type { Noted, TransactionEnded, WatchEvent } from './watch-event.js';
