import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { component } from './components.js';
import { CERTIFICATE, listen, type Served } from './http-server.js';
import { closeAll, failure, TestOrg } from './support.js';

describe('PLATFORM 3.1: callouts over the network', () => {
  const servers: Served[] = [];
  afterEach(async () => {
    await closeAll();
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  /** A server, and an org that may call it. */
  async function reach(
    answer: RequestListener,
    { secure = false, certificateAuthorities = [] as readonly string[] } = {},
  ): Promise<{ readonly server: Served; readonly org: TestOrg }> {
    const server = await listen(answer, secure);
    servers.push(server);
    return {
      server,
      org: new TestOrg({
        components: [site(server.url)],
        ...(certificateAuthorities.length > 0 ? { certificateAuthorities } : {}),
      }),
    };
  }

  const site = (url: string) =>
    component(
      'RemoteSiteSetting',
      'Site',
      `<disableProtocolSecurity>false</disableProtocolSecurity><isActive>true</isActive><url>${url}</url>`,
    );

  it('gives status, reason, headers and body as the server sent them', async () => {
    const { server, org } = await reach((_request, response) => {
      response.writeHead(202, 'Accepted For Later', { 'X-Trace': 't', 'Retry-After': '7' });
      response.end('{"ä":1}');
    });
    const response = await org.call({ endpoint: server.url });
    expect(response).to.include({ status: 202, statusText: 'Accepted For Later' });
    expect(response.headers).to.deep.include.members([
      ['X-Trace', 't'],
      ['Retry-After', '7'],
    ]);
    expect(response.body.toString('utf8')).to.equal('{"ä":1}');
  });

  it('ends with "Read timed out" when the response is not there in time, headers or body', async () => {
    const silent = await reach(() => undefined);
    expect(await failure(silent.org.call({ endpoint: silent.server.url, timeoutMs: 40 }))).to.equal('Read timed out');
    const slow = await reach((_request, response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('12345');
    });
    expect(await failure(slow.org.call({ endpoint: slow.server.url, timeoutMs: 40 }))).to.equal('Read timed out');
  });

  it('tells resets, closed connections and servers that are not there apart', async () => {
    const reset = await reach((request) => void request.socket.resetAndDestroy());
    expect(await failure(reset.org.call({ endpoint: reset.server.url }))).to.equal('Connection reset');
    const closed = await reach((request) => void request.socket.end());
    expect(await failure(closed.org.call({ endpoint: closed.server.url }))).to.equal(
      'Unexpected end of file from server',
    );
    const org = new TestOrg({ components: [site('http://127.0.0.1:1')] });
    expect(await failure(org.call({ endpoint: 'http://127.0.0.1:1' }))).to.equal('Connection refused');
  });

  it('does not follow redirects: Apex gets the 3xx and its Location', async () => {
    const { server, org } = await reach((_request, response) => {
      response.writeHead(302, { location: '/elsewhere' });
      response.end();
    });
    const response = await org.call({ endpoint: server.url });
    expect(response.status).to.equal(302);
    expect(response.headers).to.deep.include(['location', '/elsewhere']);
    expect(server.requests).to.have.length(1);
  });

  it('unpacks compressed responses, and gives up when they get too large', async () => {
    const small = await reach((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(gzipSync('unpacked'));
    });
    expect((await small.org.call({ endpoint: small.server.url })).body.toString()).to.equal('unpacked');
    const bomb = await reach((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(gzipSync(Buffer.alloc(30_000_000)));
    });
    expect(await failure(bomb.org.call({ endpoint: bomb.server.url }))).to.equal('Exceeded max size limit of 12000000');
  });

  it('checks the certificates of servers', async () => {
    const answer: RequestListener = (_request, response) => response.end('secure');
    const untrusted = await reach(answer, { secure: true });
    expect(await failure(untrusted.org.call({ endpoint: untrusted.server.url }))).to.match(
      /^PKIX path building failed/,
    );
    const trusted = await reach(answer, { secure: true, certificateAuthorities: [CERTIFICATE] });
    expect((await trusted.org.call({ endpoint: trusted.server.url })).body.toString()).to.equal('secure');
  });
});
