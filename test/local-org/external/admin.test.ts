import { request } from 'node:http';
import { expect } from 'chai';
import type { ExternalSystem } from '../../../local-org/src/external/index.js';
import { CLIENT, clientToken, closeAll, send, start, token } from './support.js';

async function admin(
  system: ExternalSystem,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(`${system.url}/admin${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
}

function withHost(system: ExternalSystem, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: system.port, path: '/admin/behaviour', headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

describe('the administration of the external system', () => {
  afterEach(closeAll);

  it('changes behaviour while it runs, a part at a time or all of it', async () => {
    const system = await start();
    const patched = await admin(system, 'PATCH', '/behaviour', {
      token: { lifetimeSeconds: 5 },
      rateLimit: { requests: 3 },
    });
    expect(patched.status).to.equal(200);
    expect(system.behaviour.token).to.include({ lifetimeSeconds: 5, live: 'many' });
    expect(system.behaviour.rateLimit).to.include({ requests: 3, answer: '429' });
    await admin(system, 'PATCH', '/behaviour', { rateLimit: null });
    expect(system.behaviour.rateLimit).to.equal(null);
    expect(system.behaviour.token.lifetimeSeconds).to.equal(5);
    await admin(system, 'PUT', '/behaviour', { expiredSession: { status: 403 } });
    expect(system.behaviour.token.lifetimeSeconds).to.equal(3600);
    expect(JSON.parse((await admin(system, 'GET', '/behaviour')).text)).to.deep.equal(system.behaviour);
  });

  it('refuses what it does not know, says where, and keeps the behaviour', async () => {
    const system = await start();
    const before = system.behaviour;
    for (const [body, at] of [
      [{ tokens: {} }, ''],
      [{ token: { lifetimeSeconds: -1 } }, 'token.lifetimeSeconds'],
      [{ expiredSession: { status: 404 } }, 'expiredSession.status'],
      [{ faults: [{ effect: { kind: 'explode' } }] }, 'faults.0.effect.kind'],
    ] as const) {
      const refused = await admin(system, 'PATCH', '/behaviour', body);
      expect(refused.status).to.equal(400);
      expect(JSON.parse(refused.text).problems[0].at).to.equal(at);
    }
    expect(system.behaviour).to.equal(before);
    expect((await admin(system, 'GET', '/nothing')).status).to.equal(404);
    expect((await admin(system, 'GET', '/journal?outcom=applied')).status).to.equal(400);
  });

  it('registers clients and accounts, and tells no secret', async () => {
    const system = await start();
    expect((await admin(system, 'POST', '/clients', { id: 'late', secret: 'late secret' })).status).to.equal(201);
    expect(
      (await token(system, { grant_type: 'client_credentials' }, { id: 'late', secret: 'late secret' })).status,
    ).to.equal(200);
    const clients = await admin(system, 'GET', '/clients');
    expect(JSON.parse(clients.text)).to.deep.equal([{ id: CLIENT.id }, { id: 'late' }]);
    expect((await admin(system, 'DELETE', '/clients/late')).status).to.equal(204);
    expect((await admin(system, 'DELETE', '/clients/late')).status).to.equal(404);
    expect(
      (await token(system, { grant_type: 'client_credentials' }, { id: 'late', secret: 'late secret' })).status,
    ).to.equal(401);
    const wrong = await admin(system, 'POST', '/clients', { id: 'x', secret: 's3cret', publicKeys: ['none'] });
    expect(wrong.status).to.equal(400);
    expect(wrong.text).to.contain('public key').and.not.contain('s3cret');
    expect((await admin(system, 'POST', '/accounts', { kind: 'apiKey', name: 'n', key: 'k' })).status).to.equal(201);
    expect((await send(system, '/a', { headers: { 'x-api-key': 'k' } })).status).to.equal(201);
  });

  it('tells what was received, expires tokens and starts anew', async () => {
    const system = await start();
    const value = await clientToken(system);
    await send(system, '/a', { token: value });
    await send(system, '/b', { token: value });
    const found = JSON.parse((await admin(system, 'GET', '/journal?path=/b&outcome=applied')).text);
    expect(found).to.have.length(1);
    expect(found[0]).to.include({ path: '/b', sequence: 3 });
    expect(JSON.parse((await admin(system, 'GET', '/journal?after=2&limit=1')).text)[0].sequence).to.equal(3);
    expect(JSON.parse((await admin(system, 'GET', '/journal/summary')).text)).to.include({
      applied: 2,
      tokensIssued: 1,
    });
    expect(JSON.parse((await admin(system, 'GET', '/journal/tokens')).text)[0]).to.include({
      grantType: 'client_credentials',
    });
    expect(JSON.parse((await admin(system, 'POST', '/tokens/expire', {})).text)).to.deep.equal({ expired: 1 });
    expect((await send(system, '/a', { token: value })).status).to.equal(401);
    expect((await admin(system, 'POST', '/reset', {})).status).to.equal(204);
    expect(system.summary()).to.include({ received: 0, tokensIssued: 0 });
    expect(system.requests()).to.deep.equal([]);
  });

  it('answers neither foreign host names nor what a page of another origin could send', async () => {
    const system = await start();
    expect(await withHost(system, 'evil.example')).to.equal(421);
    expect(await withHost(system, `localhost:${system.port}`)).to.equal(200);
    const simple = await fetch(`${system.url}/admin/reset`, { method: 'POST', body: '{}' });
    expect(simple.status).to.equal(415);
  });

  it('writes one line per request to its log, without bodies, queries and credentials', async () => {
    const lines: string[] = [];
    const system = await start({ log: (line) => lines.push(line) });
    const value = await clientToken(system);
    await send(system, '/a?secret=q', { token: value, body: { private: 1 } });
    await system.close();
    expect(lines.map((line) => line.replace(/ \d+ms$/, ''))).to.deep.equal(['POST /oauth2/token 200', 'POST /a 201']);
  });
});
