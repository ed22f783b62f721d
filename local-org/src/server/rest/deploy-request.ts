import busboy from 'busboy';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { DeployResult } from '../../store/index.js';
import { ApiError } from '../api-error.js';
import { bodyOf, DEPLOY_BODY_BYTES, jsonBody, parseJson } from '../body.js';
import { readDeployOptions } from '../deploy-options.js';
import { STATUS_HOLD_MILLISECONDS, type OrgServices } from '../services.js';
import { userOf } from './authenticate.js';

const PATH = '/services/data/:version/metadata/deployRequest';
const optionsPart = z.object({ deployOptions: z.record(z.string(), z.unknown()).optional() });
const quickDeployBody = z.object({ validatedDeployRequestId: z.string() });
const cancelBody = z.object({ deployResult: z.object({ status: z.literal('Canceling') }) });

/** The REST form of deploying (Metadata API Developer Guide, "Deploying Metadata with REST"). */
export function registerDeployRequest(app: FastifyInstance, services: OrgServices): void {
  app.post(PATH, { bodyLimit: DEPLOY_BODY_BYTES }, async (request, reply) => {
    const user = userOf(request, services.sessions);
    const type = request.headers['content-type'] ?? '';
    if (!type.startsWith('multipart/form-data')) {
      const body = quickDeployBody.safeParse(jsonBody(request));
      if (!body.success)
        throw new ApiError(
          400,
          'JSON_PARSER_ERROR',
          'The request needs validatedDeployRequestId, or a package as multipart/form-data.',
        );
      const { id } = services.deployments.quickDeploy(body.data.validatedDeployRequestId, user);
      return reply.status(201).send({ id, validatedDeployRequestId: body.data.validatedDeployRequestId });
    }
    const parts = await readParts(request);
    const result = await services.deployments.submit(parts.zip, readDeployOptions(parts.options), user);
    return reply.status(201).send({ id: result.id, deployOptions: parts.options, deployResult: result });
  });

  app.get<{ Params: { id: string }; Querystring: { includeDetails?: string } }>(`${PATH}/:id`, async (request) => {
    const result = await services.deployments.status(request.params.id, STATUS_HOLD_MILLISECONDS);
    return { id: result.id, deployResult: request.query.includeDetails === 'true' ? result : withoutDetails(result) };
  });

  app.patch<{ Params: { id: string } }>(`${PATH}/:id`, (request, reply) => {
    if (!cancelBody.safeParse(jsonBody(request)).success)
      throw new ApiError(400, 'JSON_PARSER_ERROR', 'Only the status "Canceling" can be set.');
    const result = services.deployments.cancel(request.params.id, userOf(request, services.sessions));
    return reply.status(202).send({ id: result.id, deployResult: withoutDetails(result) });
  });
}

/** Clients expect the object even when they asked for no details. */
function withoutDetails(result: DeployResult): DeployResult {
  return { ...result, details: { componentSuccesses: [], componentFailures: [] } };
}

interface Parts {
  readonly zip: Buffer;
  readonly options: Readonly<Record<string, unknown>>;
}

function readParts(request: FastifyRequest): Promise<Parts> {
  return new Promise((resolve, reject) => {
    const refuse = (why: string): void => reject(new ApiError(400, 'INVALID_MULTIPART_REQUEST', why));
    let zip: Buffer | undefined;
    let options: unknown;
    try {
      const parser = busboy({
        headers: request.headers,
        limits: { files: 1, fields: 4, fieldSize: 1_000_000, fileSize: DEPLOY_BODY_BYTES, parts: 8 },
      });
      parser.on('file', (_name, stream) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('error', () => refuse('The multipart body was cut off.'));
        stream.on('close', () => {
          zip = Buffer.concat(chunks);
        });
      });
      parser.on('field', (name, value) => {
        if (name === 'entity_content' || name === 'json') options = parseJsonOr(value, refuse);
      });
      parser.on('error', () => refuse('The multipart body is malformed.'));
      parser.on('close', () => {
        const parsed = optionsPart.safeParse(options ?? {});
        if (zip === undefined) refuse('The multipart body has no file.');
        else if (!parsed.success) refuse('The part entity_content must hold {"deployOptions": {...}}.');
        else resolve({ zip, options: parsed.data.deployOptions ?? {} });
      });
      parser.end(bodyOf(request));
    } catch {
      refuse('The multipart body has no boundary.');
    }
  });
}

function parseJsonOr(text: string, refuse: (why: string) => void): unknown {
  try {
    return parseJson(text);
  } catch {
    refuse('The part entity_content is not valid JSON.');
    return undefined;
  }
}
