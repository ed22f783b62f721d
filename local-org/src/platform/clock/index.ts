/** Door of the time of an org; apart from what it times, because it needs nothing else. */
export { OrgClock, type ClockMode, type ClockState } from './org-clock.js';
