import type { DeploymentCheck, ReferenceCheck } from '../deployment/index.js';

type Checks = typeof import('./check-deployment.js');

let loaded: Promise<Checks> | undefined;

/**
 * Loads what checks deployments. It is much larger than the rest of the server, so an org answers before it is there;
 * the first deployment waits for it.
 */
export function loadChecks(): Promise<Checks> {
  loaded ??= import('./check-deployment.js');
  return loaded;
}

export const checkDeployment: DeploymentCheck = async (pkg, org, signal) =>
  (await loadChecks()).checkDeployment(pkg, org, signal);

export const findReferences: ReferenceCheck = async (deletions, before, after, signal) =>
  (await loadChecks()).findReferences(deletions, before, after, signal);
