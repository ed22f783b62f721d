import { expect } from 'chai';
import fc from 'fast-check';
import { matchesPath } from '../../../local-org/src/external/path-pattern.js';
import { CLIENT, clientToken, closeAll, send, start } from './support.js';

async function failure(action: Promise<unknown>): Promise<string> {
  try {
    await action;
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    return cause instanceof Error && 'code' in cause ? String(cause.code) : String(error);
  }
  throw new Error('nothing failed');
}

describe('the resource of the external system', () => {
  afterEach(closeAll);

  it('records what it received, and no credential', async () => {
    const system = await start();
    const value = await clientToken(system);
    await send(system, '/erp/accounts?dry=1', {
      token: value,
      headers: { 'X-Trace': 't1', cookie: 'a=b' },
      body: { name: 'Ünïcode' },
    });
    const [request] = system.requests();
    expect(request).to.include({
      sequence: 2,
      method: 'POST',
      path: '/erp/accounts',
      query: 'dry=1',
      body: '{"name":"Ünïcode"}',
      outcome: 'applied',
      status: 201,
      reset: false,
    });
    expect(request?.headers).to.include({ 'x-trace': 't1', 'content-type': 'application/json' });
    expect(request?.sender).to.deep.equal({ scheme: 'bearer', client: CLIENT.id, principal: CLIENT.id, token: 1 });
    const journal = JSON.stringify([system.requests(), system.tokenRequests()]);
    expect(journal).not.to.contain(value);
    expect(journal).not.to.contain(CLIENT.secret);
    expect(journal).not.to.contain('a=b');
  });

  it('accepts API keys and Basic credentials, and refuses wrong and missing ones', async () => {
    const system = await start({
      accounts: [
        { kind: 'apiKey', name: 'bureau', key: 'k-123' },
        { kind: 'basic', name: 'user', password: 'p:w' },
      ],
      behaviour: { authentication: { apiKeyHeader: 'X-Key' } },
    });
    const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
    const status = async (headers: Readonly<Record<string, string>>) => (await send(system, '/a', { headers })).status;
    expect(await status({ 'x-key': 'k-123' })).to.equal(201);
    expect(await status(basic('user:p:w'))).to.equal(201);
    expect(await status({ 'x-key': 'k-124' })).to.equal(401);
    expect(await status(basic('user:wrong'))).to.equal(401);
    expect(await status({})).to.equal(401);
    expect(system.requests({ outcome: 'applied' }).map(({ sender }) => sender.principal)).to.deep.equal([
      'bureau',
      'user',
    ]);
    expect(JSON.stringify(system.requests())).not.to.contain('k-12');
    system.configure({ authentication: { accept: ['none'] } });
    expect(await status({})).to.equal(201);
    expect(system.summary()).to.include({ received: 6, applied: 3, unauthorized: 3, status401: 3 });
  });

  const SIGNALS = [
    { status: 401, form: 'oauth', type: /json/, body: /"error":"invalid_token"/ },
    { status: 403, form: 'rest', type: /json/, body: /"errorCode":"INVALID_SESSION_ID"/ },
    { status: 500, form: 'rest', type: /json/, body: /"errorCode":"INVALID_SESSION_ID"/ },
    { status: 500, form: 'soap', type: /xml/, body: /<faultcode>sf:INVALID_SESSION_ID</ },
  ] as const;
  for (const { status, form, type, body } of SIGNALS) {
    it(`signals an expired session by ${status} in the form ${form}`, async () => {
      const system = await start({ behaviour: { expiredSession: { status, form } } });
      const value = await clientToken(system);
      expect(system.expireTokens()).to.equal(1);
      const response = await send(system, '/a', { token: value });
      expect(response.status).to.equal(status);
      expect(response.headers.get('content-type')).to.match(type);
      expect(await response.text()).to.match(body);
      expect(system.summary()).to.include({ unauthorized: 1, applied: 0, status401: status === 401 ? 1 : 0 });
    });
  }

  it('signals an expired session in that way on the given paths only, on others by 401', async () => {
    const behaviour = { expiredSession: { status: 500, form: 'soap', path: '/erp/*' } } as const;
    const system = await start({ behaviour });
    const token = await clientToken(system);
    system.expireTokens();
    expect((await send(system, '/erp/accounts?a=1', { token })).status).to.equal(500);
    const other = await send(system, '/limits', { token });
    expect(other.status).to.equal(401);
    expect(await other.text()).to.contain('"error":"invalid_token"');
  });

  it('answers a repeated idempotency key with the stored answer and applies nothing twice', async () => {
    const system = await start();
    const token = await clientToken(system);
    const headers = { 'Idempotency-Key': 'key-1' };
    const first = await send(system, '/a', { token, headers });
    const second = await send(system, '/a', { token, headers });
    expect(await second.text()).to.equal(await first.text());
    expect((await send(system, '/a', { token, headers, body: { name: 'other' } })).status).to.equal(422);
    expect(system.summary()).to.include({ applied: 1, duplicates: 1, conflicts: 1 });
    expect(system.requests({ idempotencyKey: 'key-1', outcome: 'duplicate' })).to.have.length(1);
    system.configure({ idempotency: { header: 'X-Request-Id' } });
    await send(system, '/a', { token, headers });
    expect(system.summary()).to.include({ applied: 2 });
    system.configure({ idempotency: { enabled: false } });
    await send(system, '/a', { token, headers: { 'X-Request-Id': 'a' } });
    await send(system, '/a', { token, headers: { 'X-Request-Id': 'a' } });
    expect(system.summary()).to.include({ applied: 4, duplicates: 1 });
  });

  it('limits the rate by 429 with Retry-After in seconds or as a date, or disguises it as an expired session', async () => {
    let now = Date.UTC(2030, 0, 1, 0, 0, 0, 500);
    const system = await start({ now: () => now, behaviour: { rateLimit: { requests: 1, windowSeconds: 10 } } });
    const token = await clientToken(system);
    const next = () => send(system, '/a', { token });
    expect((await next()).status).to.equal(201);
    now += 2_100;
    const seconds = await next();
    expect(seconds.status).to.equal(429);
    expect(seconds.headers.get('retry-after')).to.equal('8');
    system.configure({ rateLimit: { requests: 0, retryAfter: 'httpDate' } });
    expect((await next()).headers.get('retry-after')).to.equal('Tue, 01 Jan 2030 00:00:13 GMT');
    system.configure({ rateLimit: { requests: 0, retryAfter: 'none' } });
    expect((await next()).headers.get('retry-after')).to.equal(null);
    system.configure({ rateLimit: { requests: 0, answer: 'expiredSession' } });
    expect((await next()).status).to.equal(401);
    expect(system.summary()).to.include({ throttled: 4, unauthorized: 0, status401: 1 });
    system.configure({ rateLimit: { requests: 1 } });
    expect((await next()).status).to.equal(201);
    expect((await next()).status).to.equal(401);
    now += 10_000;
    expect((await next()).status, 'a new window').to.equal(201);
  });

  it('resets the connection before it processes a request', async () => {
    const system = await start({
      behaviour: { faults: [{ when: { times: 1 }, effect: { kind: 'reset', phase: 'before' } }] },
    });
    const token = await clientToken(system);
    expect(await failure(send(system, '/a', { token }))).to.match(/ECONNRESET|UND_ERR_SOCKET/);
    expect(system.summary()).to.include({ received: 1, applied: 0, faulted: 1, resets: 1 });
    expect((await send(system, '/a', { token })).status).to.equal(201);
  });

  it('resets the connection after it applied a request, so that a repetition with the same key is a duplicate', async () => {
    const system = await start({
      behaviour: { faults: [{ when: { times: 1 }, effect: { kind: 'reset', phase: 'after' } }] },
    });
    const sent = { token: await clientToken(system), headers: { 'Idempotency-Key': 'k' } };
    expect(await failure(send(system, '/a', sent))).to.match(/ECONNRESET|UND_ERR_SOCKET/);
    expect(system.requests()[0]).to.include({ outcome: 'applied', status: undefined, reset: true });
    expect((await send(system, '/a', sent)).status).to.equal(201);
    expect(system.summary()).to.include({ applied: 1, duplicates: 1, resets: 1 });
  });

  it('waits, and sends bodies in pieces, without changing them', async () => {
    const system = await start({
      behaviour: {
        faults: [
          { effect: { kind: 'latency', milliseconds: 5, jitter: 5 } },
          { effect: { kind: 'slowBody', milliseconds: 20, pieces: 4 } },
        ],
        answers: [{ body: { text: 'é'.repeat(50) } }],
      },
    });
    const response = await send(system, '/a', { token: await clientToken(system) });
    expect(await response.json()).to.deep.equal({ text: 'é'.repeat(50) });
  });

  it('lets a token expire while the request waits', async () => {
    const system = await start({ behaviour: { faults: [{ effect: { kind: 'latency', milliseconds: 60 } }] } });
    const token = await clientToken(system);
    const sent = send(system, '/a', { token });
    setTimeout(() => system.expireTokens(CLIENT.id), 10);
    expect((await sent).status).to.equal(401);
  });

  it('makes faults at the token endpoint', async () => {
    const system = await start({
      behaviour: {
        faults: [
          {
            when: { endpoint: 'token', times: 1 },
            effect: { kind: 'answer', status: 503, headers: { 'retry-after': '1' } },
          },
          { when: { endpoint: 'token', skip: 1, times: 1 }, effect: { kind: 'reset', phase: 'after' } },
        ],
      },
    });
    expect(await failure(clientToken(system))).to.contain('no token');
    expect(await failure(clientToken(system))).to.match(/ECONNRESET|UND_ERR_SOCKET/);
    expect(await clientToken(system)).to.be.a('string');
    expect(system.tokenRequests().map(({ error }) => error)).to.deep.equal(['status 503', 'reset', undefined]);
    expect(system.summary(), 'the second was issued, but nobody got it').to.include({ tokensIssued: 2 });
  });

  it('hits the same requests for the same seed', async () => {
    const pattern = async (seed: number) => {
      const system = await start({
        seed,
        behaviour: { faults: [{ when: { share: 0.5 }, effect: { kind: 'answer', status: 503 } }] },
      });
      const token = await clientToken(system);
      for (let at = 0; at < 24; at++) await send(system, '/a', { token });
      return system.requests().map(({ outcome }) => outcome);
    };
    const first = await pattern(1);
    expect(await pattern(1)).to.deep.equal(first);
    expect(await pattern(2)).not.to.deep.equal(first);
    expect(new Set(first)).to.deep.equal(new Set(['applied', 'faulted']));
  });

  it('answers by path, with the number and the id of what was applied', async () => {
    const system = await start({
      behaviour: {
        answers: [
          { path: '*/reservations', status: 201, body: { reservation: { id: '{{id}}', tags: ['n{{sequence}}'] } } },
          { method: 'delete', status: 204 },
        ],
      },
    });
    const token = await clientToken(system);
    const reserved = await send(system, '/w/1/reservations', { token });
    expect(reserved.status).to.equal(201);
    expect(await reserved.json()).to.deep.equal({ reservation: { id: 'EXT-000002', tags: ['n2'] } });
    expect((await send(system, '/x', { token, method: 'DELETE' })).status).to.equal(204);
    expect(await (await send(system, '/x', { token, method: 'GET' })).json()).to.deep.equal({
      id: 'EXT-000004',
      sequence: 4,
    });
  });

  it('matches paths as a regular expression with the same meaning does', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*'), maxLength: 8 });
    fc.assert(
      fc.property(text, text, (pattern, path) => {
        const expected = new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(path);
        expect(matchesPath(pattern, path)).to.equal(expected);
      }),
      { seed: 42, numRuns: 500 },
    );
  });
});
