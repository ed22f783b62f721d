import { ApiError, notFound } from '../api-error.js';
import { ok, type RestAnswer, type RestCall, type RestRoute } from '../rest/route.js';
import { bodyJson, ROOTS } from '../rest/data/index.js';

async function executeAnonymous(call: RestCall): Promise<RestAnswer> {
  const source = call.query.get('anonymousBody');
  if (source === null) throw new ApiError(400, 'MISSING_ARGUMENT', 'The parameter anonymousBody is missing.');
  const tooling = await call.services.tooling.get();
  const operation = call.request.url.split('?')[0] ?? call.request.url;
  const { result } = await tooling.executeAnonymous({ source, userId: call.user.id, operation });
  return ok(result);
}

async function startTests(call: RestCall): Promise<RestAnswer> {
  const tooling = await call.services.tooling.get();
  return ok(tooling.startTests(bodyJson(call), call.user.id));
}

async function runTests(call: RestCall): Promise<RestAnswer> {
  const tooling = await call.services.tooling.get();
  return ok(await tooling.runTests(bodyJson(call), call.user.id));
}

async function logBody(call: RestCall): Promise<RestAnswer> {
  const tooling = await call.services.tooling.get();
  const body = tooling.logBody(call.params['id'] ?? '', call.user.id);
  if (body === undefined) throw notFound();
  return { status: 200, body: Buffer.from(body), headers: { 'content-type': 'text/plain; charset=utf-8' } };
}

/** Actions of the Tooling API (Tooling API Developer Guide: REST Resources), and the texts of debug logs. */
export const TOOLING_ROUTES: readonly RestRoute[] = [
  { method: 'GET', path: '/tooling/executeAnonymous', run: executeAnonymous },
  { method: 'POST', path: '/tooling/runTestsAsynchronous', run: startTests },
  { method: 'POST', path: '/tooling/runTestsSynchronous', run: runTests },
  ...ROOTS.map((root): RestRoute => ({ method: 'GET', path: `${root}/sobjects/ApexLog/:id/Body`, run: logBody })),
];
