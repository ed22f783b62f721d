export { advanceClock, type Advanced } from './advance-clock.js';
export { OrgClient, OrgRequestError, type OrgAddress, type OrgRecord } from './org-client.js';
