import type { Contract, GeneratedFile, Integration } from '../../model/index.js';
import { integrationPlace } from '../places.js';
import { apexFiles } from './files.js';
import { handlerClass } from './handler.js';
import { handlerName } from './names.js';

/** The Apex of one integration: the class that builds its requests. `contracts` are those that its requests refer to. */
export function emitIntegrationApex(integration: Integration, contracts: readonly Contract[]): GeneratedFile[] {
  const place = integrationPlace(integration);
  return [...apexFiles(place, handlerName(integration.apiName), handlerClass(integration, contracts))];
}
