import type { FastifyInstance } from 'fastify';
import { ApiError, notFound } from './api-error.js';
import { jsonBody } from './body.js';
import { userOf } from './rest/authenticate.js';
import type { OrgServices } from './services.js';

const TOOLING = '/services/data/:version/tooling';

/** Actions of the Tooling API (Tooling API Developer Guide: REST Resources). Queries and records are the REST API's. */
export function registerTooling(app: FastifyInstance, { tooling, sessions }: OrgServices): void {
  app.get<{ Querystring: { anonymousBody?: string } }>(`${TOOLING}/executeAnonymous`, async (request) => {
    const source = request.query.anonymousBody;
    if (source === undefined) throw new ApiError(400, 'MISSING_ARGUMENT', 'The parameter anonymousBody is missing.');
    const user = userOf(request, sessions);
    const operation = request.url.split('?')[0] ?? request.url;
    return (await (await tooling.get()).executeAnonymous({ source, userId: user.id, operation })).result;
  });
  app.post(`${TOOLING}/runTestsAsynchronous`, async (request, reply) => {
    const id = (await tooling.get()).startTests(jsonBody(request), userOf(request, sessions).id);
    // The answer is a JSON string; a plain one would be sent as text.
    return reply.type('application/json; charset=utf-8').send(JSON.stringify(id));
  });
  app.post(`${TOOLING}/runTestsSynchronous`, async (request) =>
    (await tooling.get()).runTests(jsonBody(request), userOf(request, sessions).id),
  );
  for (const path of [`${TOOLING}/sobjects/ApexLog/:id/Body`, '/services/data/:version/sobjects/ApexLog/:id/Body'])
    app.get<{ Params: { id: string } }>(path, async (request, reply) => {
      const body = (await tooling.get()).logBody(request.params.id);
      if (body === undefined) throw notFound();
      return reply.type('text/plain; charset=utf-8').send(body);
    });
}
