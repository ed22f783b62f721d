import type { OrgFacts } from '../../model/index.js';

const ORGANIZATION_ID = '00D000000000001EAA';

/** An org that only runs tests: an administrator and the platform's own users. */
export const STANDALONE_ORG: OrgFacts = {
  organization: { id: ORGANIZATION_ID, name: 'Local Org' },
  adminUsername: 'admin@local.org',
  users: [
    { username: 'admin@local.org', name: 'Local Admin', active: true, kind: 'standard' },
    // Packages find it by this name (NebulaLogger: Logger_Tests).
    {
      username: `autoproc@${ORGANIZATION_ID.toLowerCase()}`,
      name: 'Automated Process',
      active: true,
      kind: 'automatedProcess',
    },
    { username: 'defaultworkflowuser@local.org', name: 'Default Workflow User', active: true, kind: 'defaultWorkflow' },
  ],
};
