export { eventLine } from './event-line.js';
export { listen, type OrgEvent } from './events.js';
export { screenText, type Screen } from './screen.js';
export { watch, type WatchOptions } from './watch.js';
