import { listComponents } from '../../deployment/index.js';
import type { OrgUser } from '../../model/index.js';
import {
  child,
  childText,
  childMetadataType,
  isKnownVersion,
  metadataType,
  metadataTypes,
  readManifestElement,
  type XmlElement,
} from '../../package/index.js';
import type { DeployResult } from '../../store/index.js';
import { readDeployOptions } from '../deploy-options.js';
import { STATUS_HOLD_MILLISECONDS, type OrgServices } from '../services.js';
import { metadataFault, SoapFault } from './fault.js';
import type { SoapValue } from './write.js';

type Operation = (request: XmlElement, services: OrgServices, user: OrgUser) => SoapValue | Promise<SoapValue>;

const BASE64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;

/** The operations of the Metadata API that the local org has. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  deploy: async (request, { deployments }, user) => {
    const { id, done } = await deployments.submit(
      readZipFile(request),
      readDeployOptions(optionsOf(child(request, 'DeployOptions'))),
      user,
    );
    return { done, id, state: 'Queued' };
  },
  checkDeployStatus: async (request, { deployments }) => {
    const result = await deployments.status(required(request, 'asyncProcessId'), STATUS_HOLD_MILLISECONDS);
    return deployResultValue(result, childText(request, 'includeDetails') === 'true');
  },
  cancelDeploy: (request, { deployments }, user) => {
    const { id, done } = deployments.cancel(childText(request, 'id') ?? required(request, 'String'), user);
    return { done, id };
  },
  deployRecentValidation: (request, { deployments }, user) =>
    deployments.quickDeploy(required(request, 'validationId'), user).id,
  retrieve: (request, { retrievals }) => ({
    done: false,
    id: retrievals.start(...readRetrieveRequest(request)),
    state: 'Queued',
  }),
  checkRetrieveStatus: (request, { retrievals, store }) => {
    const id = required(request, 'asyncProcessId');
    const { zip, files, messages } = retrievals.result(id);
    const by = {
      createdById: store.admin.id,
      createdByName: store.admin.name,
      lastModifiedById: store.admin.id,
      lastModifiedByName: store.admin.name,
    };
    const zipFile = childText(request, 'includeZip') === 'false' ? undefined : zip.toString('base64');
    return {
      done: true,
      fileProperties: files.map((file) => ({ ...by, ...file })),
      id,
      messages,
      status: 'Succeeded',
      success: true,
      zipFile,
    };
  },
  listMetadata: (request, { store }) =>
    request.children
      .filter(({ name }) => name === 'queries')
      .flatMap((query) => listType(store, required(query, 'type'))),
  describeMetadata: () => ({
    metadataObjects: metadataTypes().map(({ type, directory, suffix, content, inFolder, children }) => ({
      childXmlNames: children.map((each) => each.type),
      directoryName: directory,
      inFolder,
      metaFile: content === 'source',
      suffix,
      xmlName: type,
    })),
    organizationNamespace: '',
    partialSaveAllowed: true,
    testRequired: false,
  }),
};

/** Operations that the platform has and the local org has not. */
const NOT_SUPPORTED: ReadonlySet<string> = new Set([
  'createMetadata',
  'readMetadata',
  'updateMetadata',
  'upsertMetadata',
  'deleteMetadata',
  'renameMetadata',
  'describeValueType',
  'checkStatus',
]);

/** Runs one operation of the Metadata API. Throws SoapFault when there is none of that name. */
export async function runMetadataOperation(
  request: XmlElement,
  services: OrgServices,
  user: OrgUser,
): Promise<SoapValue> {
  const operation = Object.hasOwn(OPERATIONS, request.name) ? OPERATIONS[request.name] : undefined;
  if (operation !== undefined) return operation(request, services, user);
  if (NOT_SUPPORTED.has(request.name))
    throw metadataFault(
      'FUNCTIONALITY_NOT_ENABLED',
      `The local org does not support the operation ${request.name} of the Metadata API.`,
    );
  throw new SoapFault(
    'soapenv:Client',
    `No operation available for request {http://soap.sforce.com/2006/04/metadata}${request.name}, please check the WSDL for the service.`,
  );
}

function readZipFile(request: XmlElement): Buffer {
  const text = required(request, 'ZipFile');
  if (!BASE64.test(text)) throw metadataFault('INVALID_TYPE', 'ZipFile is not base64.');
  return Buffer.from(text, 'base64');
}

function optionsOf(element: XmlElement | undefined): Readonly<Record<string, unknown>> {
  const options: Record<string, unknown> = {};
  for (const { name, text } of element?.children ?? []) {
    if (name !== 'runTests') options[name] = text.trim();
  }
  const runTests = (element?.children ?? []).filter(({ name }) => name === 'runTests').map(({ text }) => text.trim());
  return runTests.length === 0 ? options : { ...options, runTests };
}

type RetrieveArguments = readonly [manifest: ReturnType<typeof readManifestElement>['manifest'], root: string];

function readRetrieveRequest(operation: XmlElement): RetrieveArguments {
  const request = child(operation, 'retrieveRequest') ?? child(operation, 'request') ?? operation;
  for (const name of ['packageNames', 'specificFiles', 'rootTypesWithDependencies']) {
    if (child(request, name) !== undefined)
      throw metadataFault('FUNCTIONALITY_NOT_ENABLED', `The local org does not support ${name} in a retrieve request.`);
  }
  const unpackaged = child(request, 'unpackaged');
  if (unpackaged === undefined)
    throw metadataFault('INVALID_OPERATION', 'The retrieve request has no unpackaged part.');
  const version = childText(request, 'apiVersion');
  if (version !== undefined && version !== '' && !isKnownVersion(version.includes('.') ? version : `${version}.0`)) {
    throw metadataFault('UNSUPPORTED_API_VERSION', `The local org does not support the API version ${version}.`);
  }
  const { manifest, problems } = readManifestElement(unpackaged);
  const first = problems[0];
  if (first !== undefined) throw metadataFault('INVALID_TYPE', first.message);
  return [manifest, childText(request, 'singlePackage') === 'true' ? '' : 'unpackaged/'];
}

function listType(store: OrgServices['store'], type: string): SoapValue[] {
  if (metadataType(type) === undefined && childMetadataType(type) === undefined) {
    throw metadataFault('INVALID_TYPE', `Cannot use: ${type} in this version`);
  }
  const by = {
    createdById: store.admin.id,
    createdByName: store.admin.name,
    lastModifiedById: store.admin.id,
    lastModifiedByName: store.admin.name,
  };
  return listComponents(store.state, type).map((file) => ({ ...by, ...file, manageableState: 'unmanaged' }));
}

/** Details are left out unless they were asked for. */
export function deployResultValue({ details, ...result }: DeployResult, includeDetails: boolean): SoapValue {
  return includeDetails ? { ...result, details } : { ...result };
}

function required(element: XmlElement, name: string): string {
  const value = childText(element, name);
  if (value === undefined || value === '') throw metadataFault('INVALID_FIELD', `${element.name} needs ${name}.`);
  return value;
}
