import { combineChecks } from '../deployment/index.js';

/** Everything that the local org checks about a deployment. */
export const checkDeployment = combineChecks([]);
