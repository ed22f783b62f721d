import type { FastifyRequest } from 'fastify';
import { ApiError } from './api-error.js';

/** Most that a request with a package may have: the platform's own limit, which holds 39 MB as base64. */
export const DEPLOY_BODY_BYTES = 52_428_800;
/** Most that a request about records may have. */
export const DATA_BODY_BYTES = DEPLOY_BODY_BYTES;
/** Most that the data of a bulk job may have (Bulk API 2.0: 150 MB). */
export const BULK_BODY_BYTES = 157_286_400;
/** Most that other requests may have. */
export const DEFAULT_BODY_BYTES = 1_048_576;

/** The request's body; empty when there was none. */
export function bodyOf(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

/** The body as JSON. Throws ApiError when it is none. */
export function jsonBody(request: FastifyRequest): unknown {
  return parseJson(bodyOf(request).toString('utf8'));
}

/** Throws ApiError for anything but JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, 'JSON_PARSER_ERROR', 'The body of the request is not valid JSON.');
  }
}
