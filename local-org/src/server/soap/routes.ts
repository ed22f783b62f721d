import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DeploymentError } from '../../deployment/index.js';
import { isKnownVersion, PackageError } from '../../package/index.js';
import { ApiError } from '../api-error.js';
import { bodyOf, DEPLOY_BODY_BYTES } from '../body.js';
import type { OrgServices } from '../services.js';
import { metadataFault, SoapFault } from './fault.js';
import { runMetadataOperation } from './metadata-operations.js';
import { readOperation, sessionIdOf } from './read.js';
import { soapFault, soapResponse } from './write.js';

const INVALID_SESSION = 'Invalid Session ID found in SessionHeader: Illegal Session';
/** Faults always come with this status, whatever went wrong. */
const FAULT_STATUS = 500;

/** The SOAP endpoints: the Metadata API; others exist on the platform and are refused by name. */
export function registerSoap(app: FastifyInstance, services: OrgServices): void {
  app.post<{ Params: { version: string } }>(
    '/services/Soap/m/:version',
    { bodyLimit: DEPLOY_BODY_BYTES, errorHandler: answerFault },
    async (request, reply) => {
      const body = bodyOf(request);
      const user = services.sessions.find(sessionIdOf(body) ?? '');
      if (user === undefined) throw metadataFault('INVALID_SESSION_ID', INVALID_SESSION);
      const { version } = request.params;
      if (!isKnownVersion(version))
        throw metadataFault('UNSUPPORTED_API_VERSION', `The local org does not support the API version ${version}.`);
      const operation = readOperation(body);
      const result = await runMetadataOperation(operation, services, user);
      return reply.type('text/xml; charset=utf-8').send(soapResponse(operation.name, result));
    },
  );
  app.post<{ Params: { api: string } }>('/services/Soap/:api/*', { errorHandler: answerFault }, (request) => {
    if (services.sessions.find(sessionIdOf(bodyOf(request)) ?? '') === undefined)
      throw metadataFault('INVALID_SESSION_ID', INVALID_SESSION);
    throw metadataFault(
      'FUNCTIONALITY_NOT_ENABLED',
      `The local org does not support the SOAP API "${request.params.api}".`,
    );
  });
}

function answerFault(error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const fault = faultOf(error);
  if (fault === undefined) request.log.error(error);
  const { code, message } = fault ?? {
    code: 'sf:UNKNOWN_EXCEPTION',
    message: 'UNKNOWN_EXCEPTION: An unexpected error occurred in the local org; its log says more.',
  };
  return reply.status(FAULT_STATUS).type('text/xml; charset=utf-8').send(soapFault(code, message));
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
