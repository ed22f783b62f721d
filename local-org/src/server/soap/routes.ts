import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DeploymentError } from '../../deployment/index.js';
import type { OrgUser } from '../../model/index.js';
import { isKnownVersion, PackageError } from '../../package/index.js';
import { ApiError } from '../api-error.js';
import { bodyOf, DEPLOY_BODY_BYTES } from '../body.js';
import type { OrgServices } from '../services.js';
import { metadataFault, SoapFault } from './fault.js';
import { runMetadataOperation } from './metadata-operations.js';
import { runApexOperation } from './apex-operations.js';
import { readRequest, sessionIdOf } from './read.js';
import { NAMESPACES, soapFault, soapResponse } from './write.js';

const INVALID_SESSION = 'Invalid Session ID found in SessionHeader: Illegal Session';
/** Faults always come with this status, whatever went wrong. */
const FAULT_STATUS = 500;

/** The SOAP endpoints: the Metadata API and the Apex API; others exist on the platform and are refused by name. */
export function registerSoap(app: FastifyInstance, services: OrgServices): void {
  app.post<{ Params: { version: string } }>(
    '/services/Soap/m/:version',
    { bodyLimit: DEPLOY_BODY_BYTES, errorHandler: answerFault },
    async (request, reply) => {
      const user = caller(request, services);
      const { operation } = readRequest(bodyOf(request));
      const result = await runMetadataOperation(operation, services, user);
      return reply.type(XML).send(soapResponse(operation.name, result));
    },
  );
  for (const path of ['/services/Soap/s/:version', '/services/Soap/s/:version/:organization'])
    app.post<{ Params: { version: string } }>(path, { errorHandler: answerFault }, async (request, reply) => {
      const user = caller(request, services);
      const soap = readRequest(bodyOf(request));
      const { result, header } = await runApexOperation(soap, services, user, request.url);
      return reply.type(XML).send(soapResponse(soap.operation.name, result, NAMESPACES.apex, header));
    });
  app.post<{ Params: { api: string } }>('/services/Soap/:api/*', { errorHandler: answerFault }, (request) => {
    sessionUser(request, services);
    throw metadataFault(
      'FUNCTIONALITY_NOT_ENABLED',
      `The local org does not support the SOAP API "${request.params.api}".`,
    );
  });
}

const XML = 'text/xml; charset=utf-8';

function sessionUser(request: FastifyRequest, { sessions }: OrgServices): OrgUser {
  const user = sessions.find(sessionIdOf(bodyOf(request)) ?? '');
  if (user === undefined) throw metadataFault('INVALID_SESSION_ID', INVALID_SESSION);
  return user;
}

/** The user whose session it is, once the API version is known to be one of the platform's. */
function caller(request: FastifyRequest<{ Params: { version: string } }>, services: OrgServices): OrgUser {
  const user = sessionUser(request, services);
  const { version } = request.params;
  if (!isKnownVersion(version))
    throw metadataFault('UNSUPPORTED_API_VERSION', `The local org does not support the API version ${version}.`);
  return user;
}

function answerFault(error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const fault = faultOf(error);
  if (fault === undefined) request.log.error(error);
  const { code, message } = fault ?? {
    code: 'sf:UNKNOWN_EXCEPTION',
    message: 'UNKNOWN_EXCEPTION: An unexpected error occurred in the local org; its log says more.',
  };
  return reply.status(FAULT_STATUS).type(XML).send(soapFault(code, message));
}

function faultOf(error: Error): SoapFault | undefined {
  if (error instanceof SoapFault) return error;
  if (error instanceof ApiError || error instanceof DeploymentError || error instanceof PackageError)
    return metadataFault(error.code, error.message);
  if ('code' in error && error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return metadataFault(
      'LIMIT_EXCEEDED',
      `Maximum size of request reached. Maximum size of request is ${DEPLOY_BODY_BYTES} bytes.`,
    );
  return undefined;
}
