import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect } from 'chai';
import { createLocalOrg, type LocalOrg } from '../../../local-org/src/index.js';
import { authorized, call, raw, soap, tag } from '../support/http.js';

const V = '/services/data/v66.0';

describe('a server among hostile clients', () => {
  let org: LocalOrg;
  const log: string[] = [];
  before(async () => {
    org = await createLocalOrg({ check: () => [], log: (line) => log.push(line) });
  });
  after(() => org.close());
  afterEach('it still answers', async () => {
    expect((await call(org, V, { headers: authorized(org) })).status).to.equal(200);
  });

  const envelope = (text: string, token = org.token): string =>
    `<Envelope><Header><SessionHeader><sessionId>${token}</sessionId></SessionHeader></Header><Body>${text}</Body></Envelope>`;
  const post = (body: string | Buffer) =>
    call(org, '/services/Soap/m/66.0', { method: 'POST', headers: { 'content-type': 'text/xml' }, body });

  const xml: readonly (readonly [name: string, body: () => string, message: RegExp])[] = [
    [
      'entities that multiply',
      () => `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>${envelope('<deploy>&b;</deploy>')}`,
      /DOCTYPE declaration is not allowed/,
    ],
    [
      'an entity that reads a file',
      () =>
        `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${envelope('<listMetadata><queries><type>&a;</type></queries></listMetadata>')}`,
      /DOCTYPE declaration is not allowed/,
    ],
    ['an undeclared entity', () => envelope('<deploy>&nbsp;</deploy>'), /undefined entity/],
    ['elements without end', () => envelope('<a>'), /not well-formed/],
    ['elements nested without limit', () => envelope('<a>'.repeat(100_000)), /nested deeper than/],
    [
      'elements without number',
      () => envelope(`<deploy>${'<a/>'.repeat(200_000)}</deploy>`),
      /more than 100000 elements/,
    ],
    ['no operation', () => envelope(''), /not a SOAP envelope/],
    ['no envelope', () => `<x><sessionId>${org.token}</sessionId></x>`, /not a SOAP envelope/],
  ];
  for (const [name, body, message] of xml) {
    it(`refuses XML with ${name}`, async () => {
      const answer = await post(body());
      expect(answer.status).to.equal(500);
      expect(tag(answer, 'faultcode')).to.equal('soapenv:Client');
      expect(tag(answer, 'faultstring')).to.match(message);
    });
  }

  it('refuses binary and empty bodies', async () => {
    for (const body of [Buffer.alloc(0), Buffer.from([0, 1, 2, 255])])
      expect(tag(await post(body), 'faultcode')).to.equal('sf:INVALID_SESSION_ID');
  });

  it('does not parse a large body without a session', async () => {
    const started = performance.now();
    const answer = await post(envelope('<a/>'.repeat(2_000_000), 'wrong'));
    expect(tag(answer, 'faultcode')).to.equal('sf:INVALID_SESSION_ID');
    expect(performance.now() - started).to.be.lessThan(1_500);
  });

  it('refuses bodies over the limit, on both kinds of API', async () => {
    for (const path of ['/services/Soap/m/66.0', `${V}/sobjects/Account`]) {
      const headers = { 'content-type': 'text/xml', 'content-length': 60_000_000, ...authorized(org) };
      const tooLarge = await raw(
        org,
        `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${Object.entries(headers)
          .map(([name, value]) => `${name}: ${String(value)}\r\n`)
          .join('')}\r\n`,
      );
      expect(tooLarge, path).to.contain('LIMIT_EXCEEDED');
    }
  });

  it('answers only to loopback names, so that no web page can reach it through a name of its own', async () => {
    for (const host of ['evil.example', 'evil.example:80', '127.0.0.1.evil.example', 'localhost.evil.example:99']) {
      expect((await call(org, '/services/data', { headers: { host } })).status, host).to.equal(421);
    }
    expect(await raw(org, 'GET /services/data HTTP/1.1\r\nHost:\r\n\r\n')).to.contain('421');
    for (const host of ['127.0.0.1', `127.0.0.1:${org.port}`, `localhost:${org.port}`, 'LOCALHOST', '[::1]:80']) {
      expect((await call(org, '/services/data', { headers: { host } })).status, host).to.equal(200);
    }
  });

  it('listens on the loopback address only', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of others) {
      const refused = await new Promise<boolean>((resolve) => {
        const socket = connect({ host: address, port: org.port, timeout: 1_000 });
        socket.on('connect', () => {
          socket.destroy();
          resolve(false);
        });
        socket.on('error', () => resolve(true));
        socket.on('timeout', () => {
          socket.destroy();
          resolve(true);
        });
      });
      expect(refused, address).to.equal(true);
    }
    expect(org.url).to.equal(`http://127.0.0.1:${org.port}`);
  });

  it('survives requests that are no HTTP', async () => {
    expect(await raw(org, 'hello\r\n\r\n')).to.contain('400 Bad Request');
    expect(await raw(org, `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`)).to.match(
      /^HTTP\/1\.1 4\d\d/,
    );
    expect(await raw(org, `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`)).to.contain('431');
    expect(
      await raw(org, 'POST /services/Soap/m/66.0 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nshort'),
    ).to.contain('400 Bad Request');
    expect(await raw(org, 'GET /services/data/%zz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')).to.match(/^HTTP\/1\.1 4\d\d/);
    expect(await raw(org, 'GET /services/data/v66.0/../../../etc/passwd HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')).to.match(
      /^HTTP\/1\.1 4\d\d/,
    );
  });

  it('writes no token, query or body into its log', async () => {
    await soap(org, org.token, '<describeMetadata><secret>hush</secret></describeMetadata>');
    await call(org, `${V}/query?q=SELECT+Id+FROM+User+WHERE+Name='hush'`, { headers: authorized(org) });
    expect(log.length).to.be.greaterThan(2);
    for (const line of log) expect(line).not.to.contain('hush').and.not.contain(org.token.split('!')[1]);
  });
});
