import type { OrgFacts } from '../../model/index.js';

/** An org that only runs tests: an administrator and the platform's own users. */
export const STANDALONE_ORG: OrgFacts = {
  organization: { name: 'Local Org' },
  adminUsername: 'admin@local.org',
  users: [
    { username: 'admin@local.org', name: 'Local Admin', active: true, kind: 'standard' },
    { username: 'autoproc@local.org', name: 'Automated Process', active: true, kind: 'automatedProcess' },
    { username: 'defaultworkflowuser@local.org', name: 'Default Workflow User', active: true, kind: 'defaultWorkflow' },
  ],
};
