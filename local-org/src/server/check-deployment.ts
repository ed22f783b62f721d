import { checkApex, platformCatalog } from '../apex/index.js';
import {
  combineChecks,
  combineReferenceChecks,
  recheckReferences,
  type DeploymentCheck,
  type ReferenceCheck,
} from '../deployment/index.js';
import { checkDeletion, checkMetadata } from '../metadata/index.js';
import { API_VERSION } from '../package/index.js';

const checkCode: DeploymentCheck = (pkg, org) => checkApex(pkg, org);

/** Everything that the local org checks about a package. */
export const checkDeployment: DeploymentCheck = combineChecks([
  (pkg, org) => checkMetadata(pkg, org, platformCatalog),
  checkCode,
]);

/** References from metadata are looked up; those from Apex show when it is compiled without the component. */
export const findReferences: ReferenceCheck = combineReferenceChecks([
  (deletions, before) =>
    Promise.resolve(
      checkDeletion({ apiVersion: API_VERSION, components: [], deletions }, before, platformCatalog).filter(
        ({ severity }) => severity === 'Error',
      ),
    ),
  recheckReferences(checkCode),
]);
