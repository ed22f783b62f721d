import type { FastifyRequest } from 'fastify';
import type { OrgUser } from '../../model/index.js';
import { ApiError } from '../api-error.js';
import type { Sessions } from '../sessions.js';

const AUTHORIZATION = /^(?:Bearer|OAuth)\s+(\S+)$/i;

/** The user that a request's Authorization header stands for. Throws the platform's answer to an invalid session. */
export function userOf(request: FastifyRequest, sessions: Sessions): OrgUser {
  const token = AUTHORIZATION.exec(request.headers.authorization ?? '')?.[1];
  const user = token === undefined ? undefined : sessions.find(token);
  if (user === undefined) throw new ApiError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
  return user;
}
