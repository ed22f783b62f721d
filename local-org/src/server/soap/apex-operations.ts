import { child, type XmlElement } from '../../package/index.js';
import type { OrgUser } from '../../model/index.js';
import type { OrgServices } from '../services.js';
import { readDebuggingHeader } from './debugging-header.js';
import { metadataFault, SoapFault } from './fault.js';
import type { SoapRequest } from './read.js';
import { NAMESPACES, type SoapValue } from './write.js';

/** Operations that the Apex SOAP API has and the local org has not. */
const NOT_SUPPORTED: ReadonlySet<string> = new Set([
  'compileAndTest',
  'compileClasses',
  'compileTriggers',
  'runTests',
  'wsdlToApex',
]);

/** What an operation answers: its result, and the headers of the answer. */
export interface ApexAnswer {
  readonly result: SoapValue;
  readonly header: SoapValue;
}

/** Runs one operation of the Apex SOAP API. Throws SoapFault when there is none of that name. */
export async function runApexOperation(
  { operation, header }: SoapRequest,
  services: OrgServices,
  user: OrgUser,
  path: string,
): Promise<ApexAnswer> {
  if (operation.name === 'executeAnonymous') return executeAnonymous(operation, header, services, user, path);
  if (NOT_SUPPORTED.has(operation.name))
    throw metadataFault(
      'FUNCTIONALITY_NOT_ENABLED',
      `The local org does not support the operation ${operation.name} of the Apex SOAP API.`,
    );
  throw new SoapFault(
    'soapenv:Client',
    `No operation available for request {${NAMESPACES.apex}}${operation.name}, please check the WSDL for the service.`,
  );
}

async function executeAnonymous(
  operation: XmlElement,
  header: XmlElement | undefined,
  services: OrgServices,
  user: OrgUser,
  path: string,
): Promise<ApexAnswer> {
  const source = child(operation, 'String') ?? child(operation, 'apexcode');
  if (source === undefined) throw metadataFault('INVALID_FIELD', 'executeAnonymous needs the code to run.');
  const tooling = await services.tooling.get();
  const { result, log } = await tooling.executeAnonymous({
    source: source.text,
    userId: user.id,
    operation: path,
    levels: readDebuggingHeader(header),
  });
  return { result: { ...result }, header: log === undefined ? undefined : { DebuggingInfo: { debugLog: log } } };
}
