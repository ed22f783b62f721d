export { OrgClient, OrgRequestError, type OrgAddress, type OrgRecord } from './org-client.js';
