import { createSign, generateKeyPairSync } from 'node:crypto';
import { expect } from 'chai';
import { CALLBACK, CLIENT, authorizationCode, clientToken, closeAll, login, send, start, token } from './support.js';

const CREDENTIALS = { grant_type: 'client_credentials', client_id: CLIENT.id, client_secret: CLIENT.secret };
const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

describe('the authorization server of the external system', () => {
  afterEach(closeAll);

  it('gives client credentials a token, whether the secret comes in the body or in a Basic header', async () => {
    const system = await start();
    const inBody = await token(system, CREDENTIALS);
    const inHeader = await token(system, { grant_type: 'client_credentials' }, CLIENT);
    for (const answer of [inBody, inHeader]) {
      expect(answer).to.include({ status: 200, token_type: 'Bearer', expires_in: 3600 });
      expect(answer.refresh_token).to.equal(undefined);
      expect((await send(system, '/accounts', { token: answer.access_token ?? '' })).status).to.equal(201);
    }
    expect(system.tokenRequests().map(({ clientAuthentication }) => clientAuthentication)).to.deep.equal([
      'body',
      'basic',
    ]);
  });

  it('refuses wrong secrets, unknown clients, unknown grants and scopes that the client may not ask for', async () => {
    const system = await start({ clients: [{ ...CLIENT, scopes: ['read', 'write'], grants: ['client_credentials'] }] });
    expect(await token(system, { ...CREDENTIALS, client_secret: 'wrong' })).to.include({ error: 'invalid_client' });
    expect(await token(system, { grant_type: 'client_credentials' }, { ...CLIENT, id: 'nobody' })).to.include({
      status: 401,
      error: 'invalid_client',
    });
    expect(await token(system, { ...CREDENTIALS, grant_type: 'urn:example:none' })).to.include({
      error: 'unsupported_grant_type',
    });
    expect(await token(system, { ...CREDENTIALS, grant_type: 'refresh_token' })).to.include({
      error: 'unauthorized_client',
    });
    expect(await token(system, { ...CREDENTIALS, scope: 'admin' })).to.include({ error: 'invalid_scope' });
    expect(await token(system, { ...CREDENTIALS, scope: 'read' })).to.include({ status: 200, scope: 'read' });
    expect(system.summary()).to.include({ tokenRequests: 6, tokensIssued: 1 });
  });

  it('lets an access token live as long as configured, and no longer', async () => {
    let now = 1_000_000;
    const system = await start({ now: () => now, behaviour: { token: { lifetimeSeconds: 60 } } });
    const value = await clientToken(system);
    now += 59_999;
    expect((await send(system, '/a', { token: value })).status).to.equal(201);
    now += 1;
    expect((await send(system, '/a', { token: value })).status).to.equal(401);
  });

  it('kills the older token of a client when it issues a new one, where only one may live', async () => {
    const system = await start({ behaviour: { token: { live: 'onePerClient' } } });
    const older = await clientToken(system);
    const newer = await clientToken(system);
    expect((await send(system, '/a', { token: older })).status).to.equal(401);
    expect((await send(system, '/a', { token: newer })).status).to.equal(201);
    system.configure({ token: { live: 'many' } });
    await clientToken(system);
    expect((await send(system, '/a', { token: newer })).status).to.equal(201);
  });

  it('logs a user in by authorization code with PKCE and keeps who it was', async () => {
    const system = await start();
    const answer = await login(system, 'alice', { scope: 'api' });
    expect(answer).to.include({ status: 200, scope: 'api' });
    expect(answer.refresh_token).to.be.a('string');
    await send(system, '/a', { token: answer.access_token ?? '' });
    expect(system.requests()[0]?.sender).to.include({ scheme: 'bearer', principal: 'alice', client: CLIENT.id });
    const user = await fetch(system.userInfoUrl, { headers: { authorization: `Bearer ${answer.access_token ?? ''}` } });
    expect(await user.json()).to.include({ sub: 'alice' });
  });

  it('takes an authorization code once, with its verifier, its redirect URI and the secret of its client', async () => {
    const system = await start();
    expect(await login(system, 'alice', { verifier: 'x'.repeat(43) })).to.include({ error: 'invalid_grant' });
    const code = await authorizationCode(system, 'alice');
    const redeem = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK };
    const secret = { client_id: CLIENT.id, client_secret: CLIENT.secret };
    expect(await token(system, { ...redeem, client_id: CLIENT.id, code_verifier: 'y'.repeat(43) })).to.include({
      error: 'invalid_client',
    });
    expect(await token(system, { ...redeem, ...secret })).to.include({ status: 200 });
    expect(await token(system, { ...redeem, ...secret })).to.include({ error: 'invalid_grant' });
    const other = await authorizationCode(system, 'alice');
    expect(await token(system, { ...redeem, ...secret, code: other, redirect_uri: `${CALLBACK}/x` })).to.include({
      error: 'invalid_request',
    });
  });

  it('sends nobody to a redirect URI that the client did not register', async () => {
    const system = await start();
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: CLIENT.id,
      redirect_uri: 'http://127.0.0.1:9/evil',
    });
    const response = await fetch(`${system.authorizeUrl}?${query.toString()}`, { redirect: 'manual' });
    expect(response.status).to.equal(400);
    expect(response.headers.get('location')).to.equal(null);
  });

  it('refreshes with the same refresh token while there is no rotation', async () => {
    const system = await start();
    const { refresh_token: refresh = '' } = await login(system, 'alice');
    const form = {
      grant_type: 'refresh_token',
      refresh_token: refresh,
      client_id: CLIENT.id,
      client_secret: CLIENT.secret,
    };
    for (let at = 0; at < 2; at++) {
      const answer = await token(system, form);
      expect(answer).to.include({ status: 200 });
      expect(answer.refresh_token).to.equal(undefined);
    }
    expect(system.summary()).to.include({ refreshes: 2, tokensIssued: 3 });
  });

  it('rotates refresh tokens, and revokes the whole login when a used one comes again', async () => {
    const system = await start({ behaviour: { token: { rotateRefreshTokens: true } } });
    const first = await login(system, 'alice');
    const other = await login(system, 'alice');
    const refresh = (value = '') =>
      token(system, {
        grant_type: 'refresh_token',
        refresh_token: value,
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
      });
    const second = await refresh(first.refresh_token);
    expect(second.refresh_token).to.be.a('string').and.not.equal(first.refresh_token);
    expect(await refresh(first.refresh_token)).to.include({ error: 'invalid_grant' });
    expect(await refresh(second.refresh_token), 'the family is revoked').to.include({ error: 'invalid_grant' });
    expect((await send(system, '/a', { token: second.access_token ?? '' })).status).to.equal(401);
    expect(await refresh(other.refresh_token), 'another login is not').to.include({ status: 200 });
  });

  it('refuses a used refresh token and nothing else where reuse is not detected', async () => {
    const system = await start({ behaviour: { token: { rotateRefreshTokens: true, detectReuse: false } } });
    const first = await login(system, 'alice');
    const refresh = (value = '') =>
      token(system, {
        grant_type: 'refresh_token',
        refresh_token: value,
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
      });
    const second = await refresh(first.refresh_token);
    expect(await refresh(first.refresh_token)).to.include({ error: 'invalid_grant' });
    expect(await refresh(second.refresh_token)).to.include({ status: 200 });
  });

  it('lets one of two simultaneous refreshes win where refresh tokens rotate', async () => {
    const system = await start({ behaviour: { token: { rotateRefreshTokens: true, detectReuse: false } } });
    const { refresh_token: value = '' } = await login(system, 'alice');
    const form = {
      grant_type: 'refresh_token',
      refresh_token: value,
      client_id: CLIENT.id,
      client_secret: CLIENT.secret,
    };
    const answers = await Promise.all([token(system, form), token(system, form)]);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 400]);
  });

  it('gives a signed assertion a token for its subject', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const system = await start({ clients: [{ id: 'consumer-key', publicKeys: [pem] }] });
    const assertion = (claims: object, algorithm = 'RSA-SHA256'): string => {
      const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
      const text = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`;
      return `${text}.${createSign(algorithm).update(text).sign(privateKey).toString('base64url')}`;
    };
    const exp = Math.floor(Date.now() / 1000) + 60;
    const claims = { iss: 'consumer-key', sub: 'robot@example.com', aud: system.tokenUrl, exp };
    const answer = await token(system, { grant_type: JWT_BEARER, assertion: assertion(claims) });
    expect(answer).to.include({ status: 200 });
    expect(answer.refresh_token).to.equal(undefined);
    await send(system, '/a', { token: answer.access_token ?? '' });
    expect(system.requests()[0]?.sender.principal).to.equal('robot@example.com');
    for (const wrong of [{ aud: 'elsewhere' }, { exp: exp - 1000 }, { sub: undefined }, { iss: 'somebody' }]) {
      const refused = await token(system, { grant_type: JWT_BEARER, assertion: assertion({ ...claims, ...wrong }) });
      expect(refused.error, JSON.stringify(wrong)).to.match(/invalid_(grant|client)/);
    }
    const forged = assertion(claims).replace(/\.[^.]*$/, '.AAAA');
    expect(await token(system, { grant_type: JWT_BEARER, assertion: forged })).to.include({ error: 'invalid_grant' });
    expect(await token(system, { grant_type: JWT_BEARER, assertion: 'no token' })).to.include({ status: 400 });
  });

  it('revokes tokens, for the client that they belong to', async () => {
    const system = await start({
      clients: [
        { ...CLIENT, redirectUris: [CALLBACK] },
        { id: 'other', secret: 'other secret' },
      ],
    });
    const { access_token: access = '', refresh_token: refresh = '' } = await login(system, 'alice');
    const revoke = async (id: string, secret: string, value: string): Promise<number> =>
      (
        await fetch(`${system.url}/oauth2/revoke`, {
          method: 'POST',
          body: new URLSearchParams({ token: value, client_id: id, client_secret: secret }),
        })
      ).status;
    expect(await revoke('other', 'other secret', access)).to.equal(200);
    expect((await send(system, '/a', { token: access })).status).to.equal(201);
    expect(await revoke(CLIENT.id, 'wrong', access)).to.equal(401);
    expect(await revoke(CLIENT.id, CLIENT.secret, refresh)).to.equal(200);
    expect((await send(system, '/a', { token: access })).status).to.equal(401);
  });

  it('issues the same tokens for the same seed, and unpredictable ones without', async () => {
    const values = async (seed: number | undefined) => clientToken(await start({ seed }));
    expect(await values(7)).to.equal(await values(7));
    expect(await values(7)).not.to.equal(await values(8));
    expect(await values(undefined)).not.to.equal(await values(undefined));
  });
});
