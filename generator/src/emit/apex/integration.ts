import type { Contract, GeneratedFile, Integration } from '../../model/index.js';
import { integrationPlace } from '../places.js';
import { actionClass } from './action.js';
import { apexFiles } from './files.js';
import { handlerClass } from './handler.js';
import { actionName, handlerName, testName } from './names.js';
import { testClass } from './test-class.js';

/**
 * The Apex of one integration: the class that builds its requests, for one without a trigger the action that flows call, and their
 * tests. `contracts` are those that its requests refer to.
 */
export function emitIntegrationApex(integration: Integration, contracts: readonly Contract[]): GeneratedFile[] {
  const place = integrationPlace(integration);
  const { apiName, trigger } = integration;
  return [
    ...apexFiles(place, handlerName(apiName), handlerClass(integration, contracts)),
    ...(trigger === undefined ? apexFiles(place, actionName(apiName), actionClass(integration)) : []),
    ...apexFiles(place, testName(apiName), testClass(integration, contracts)),
  ];
}
