import {
  operationNamed,
  parseXml,
  readExternalService,
  splitActionName,
  type ExternalService,
  type ServiceOperation,
} from '../metadata/index.js';
import type { Component } from '../model/index.js';

/** An operation and the service that it belongs to. */
export interface FoundOperation {
  readonly service: ExternalService;
  readonly operation: ServiceOperation;
}

/** The external services among deployed components, each read when an action first names it. */
export class ServiceCatalog {
  private readonly services = new Map<string, ExternalService>();

  constructor(private readonly components: readonly Component[]) {}

  /** The operation that an action names `Service.Operation`, in any case; undefined when there is none. */
  operation(actionName: string): FoundOperation | undefined {
    const names = splitActionName(actionName);
    const service = this.service(names.service.toLowerCase());
    const operation = service === undefined ? undefined : operationNamed(service, names.operation);
    return service === undefined || operation === undefined ? undefined : { service, operation };
  }

  private service(name: string): ExternalService | undefined {
    const known = this.services.get(name);
    if (known !== undefined) return known;
    const component = this.components.find(
      ({ type, fullName }) => type === 'ExternalServiceRegistration' && fullName.toLowerCase() === name,
    );
    if (component === undefined) return undefined;
    const service = readService(component);
    this.services.set(name, service);
    return service;
  }
}

function readService({ fullName, content }: Component): ExternalService {
  const xml = parseXml(content);
  if (xml.kind === 'malformed') throw new Error(`External service ${fullName}: ${xml.message}`);
  const reading = readExternalService(fullName, xml.root);
  if (reading.kind === 'unreadable') throw new Error(`External service ${fullName}: ${reading.problem}`);
  return reading.service;
}
