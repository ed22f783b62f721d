import { ApiError, notSupported } from '../../api-error.js';
import { parseJson } from '../../body.js';
import type { RestCall } from '../route.js';

/** The request's body as JSON. @throws ApiError when it is none */
export function bodyJson({ request: { body, headers } }: RestCall): unknown {
  if (body.kind === 'value') return body.value;
  const type = headers['content-type'];
  if (typeof type === 'string' && type.startsWith('multipart/')) throw notSupported('multipart requests for records');
  return parseJson(body.bytes.toString('utf8'));
}

/** The request's body as bytes; only requests over HTTP have some. */
export function bodyBytes({ request: { body } }: RestCall): Buffer {
  if (body.kind === 'bytes') return body.bytes;
  throw new ApiError(400, 'INVALID_REQUEST', 'This resource cannot be part of a composite request.');
}
