export {
  localOrgStatus,
  startLocalOrg,
  stopLocalOrg,
  type LocalOrgHandle,
  type LocalOrgReference,
  type LocalOrgStatus,
  type StartOptions,
} from './control.js';
