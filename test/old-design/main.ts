// Deploys the old design to a local org of its own, changes records as the report describes it, and prints what arrived.
// The SF CLI of this project and its home come from the environment of `npm start`.
import { authorizeAlias, deauthorizeAlias } from '../../generator/src/deploy/index.js';
import { proofTable } from '../../generator/src/prove/index.js';
import { startLocalOrg, stopLocalOrg } from '../../local-org/src/index.js';
import { runOldDesign, USERS } from './run-old-design.js';

const alias = 'callout-old-design';
const projectRoot = process.cwd();

const handle = await startLocalOrg({ projectRoot, alias, users: Object.values(USERS) });
try {
  await authorizeAlias(handle, { projectRoot });
  const { runs, faults, refused } = await runOldDesign({ org: handle, alias, projectRoot, counts: [1, 50, 200] });
  console.log(`\n${proofTable(runs)}\n\nWhy changes were lost:`);
  for (const [fault, count] of faults) console.log(`  ${count} interviews failed: ${fault}`);
  console.log(
    `  ${refused} were refused with HTTP 401 INVALID_SESSION_ID, an answer that nothing in the flow looks at`,
  );
} finally {
  await deauthorizeAlias(alias, { projectRoot });
  await stopLocalOrg({ projectRoot, alias });
}
