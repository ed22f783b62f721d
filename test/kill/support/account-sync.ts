import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ComponentSet, MetadataConverter } from '@salesforce/source-deploy-retrieve';
import { strFromU8, unzipSync } from 'fflate';
import type { Integration } from '../../../generator/src/model/index.js';
import { loadProject } from '../../../generator/src/pipeline/index.js';
import type { PackageFiles } from '../../local-org/support/packages.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const API_VERSION = '66.0';

/** Whom the wakeup trigger of the project runs as. */
export const INTEGRATION_USER = 'integration@callout.example';

/** The sample integration whose external system honours idempotency keys. */
export async function accountSync(): Promise<Integration> {
  const { project } = await loadProject(join(ROOT, 'config'));
  const integration = project?.integrations.find(({ name }) => name === 'account-sync');
  if (integration === undefined) throw new Error('the project has no integration account-sync');
  return integration;
}

/** The runtime and the sample integration, as the SF CLI would send them. */
export async function accountSyncPackage(): Promise<PackageFiles> {
  const folder = join(ROOT, 'force-app', 'main');
  const components = ComponentSet.fromSource([
    join(folder, 'callout-runtime'),
    join(folder, 'integrations', 'account-sync'),
  ]);
  // Otherwise the library asks the network for the newest version.
  components.apiVersion = API_VERSION;
  components.sourceApiVersion = API_VERSION;
  const { zipBuffer } = await new MetadataConverter().convert(components, 'metadata', { type: 'zip' });
  if (zipBuffer === undefined) throw new Error('there is nothing to deploy');
  return Object.fromEntries(Object.entries(unzipSync(zipBuffer)).map(([path, bytes]) => [path, strFromU8(bytes)]));
}

const POLICY = 'customMetadata/CalloutPolicy.AccountSync.md';
const TIMEOUT = /(<field>Timeout_Seconds__c<\/field>\s*<value[^>]*>)[^<]*/;

/** The same with another timeout of its callouts. */
export function withTimeout(runtime: PackageFiles, seconds: number): PackageFiles {
  const policy = runtime[POLICY] ?? '';
  if (!TIMEOUT.test(policy)) throw new Error('the policy has no timeout');
  return { ...runtime, [POLICY]: policy.replace(TIMEOUT, `$1${String(seconds)}`) };
}
