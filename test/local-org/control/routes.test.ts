import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createLocalOrg, type LocalOrg } from '../../../local-org/src/index.js';
import { authorized, call, type Answer } from '../support/http.js';

const PATH = '/callout/routes';

describe('the routes of a running org', () => {
  let org: LocalOrg;
  before(async () => {
    org = await createLocalOrg({ routes: [{ from: 'https://erp.example.com', to: 'http://127.0.0.1:4000' }] });
  });
  after(() => org.close());

  const put = (body: string): Promise<Answer> => call(org, PATH, { method: 'PUT', headers: authorized(org), body });
  const routes = async (): Promise<unknown> => JSON.parse((await call(org, PATH, { headers: authorized(org) })).text);

  it('are those that it was started with', async () => {
    expect(await routes()).to.deep.equal([{ from: 'https://erp.example.com/', to: 'http://127.0.0.1:4000/' }]);
  });

  it('are replaced as a whole', async () => {
    const wanted = [{ from: 'https://crm.example.com/api', to: 'http://localhost:5000/' }];
    expect((await put(JSON.stringify(wanted))).status).to.equal(200);
    expect(await routes()).to.deep.equal(wanted);
  });

  const REFUSED: readonly (readonly [why: string, body: string, code: string])[] = [
    ['lead away from this machine', '[{"from":"https://a.example.com","to":"https://b.example.com"}]', 'INVALID_ROUTE'],
    ['are no addresses', '[{"from":"a","to":"http://127.0.0.1"}]', 'INVALID_ROUTE'],
    ['are no list', '{}', 'JSON_PARSER_ERROR'],
    ['are no JSON', 'x', 'JSON_PARSER_ERROR'],
  ];
  for (const [why, body, code] of REFUSED)
    it(`refuses routes that ${why}, and keeps those that it has`, async () => {
      const before = await routes();
      const answer = await put(body);
      expect(answer.status).to.equal(400);
      expect(answer.text).to.contain(`"errorCode":"${code}"`);
      expect(await routes()).to.deep.equal(before);
    });

  it('wants a session', async () => {
    expect((await call(org, PATH)).status).to.equal(401);
  });
});

describe('the routes of an org with a data directory', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'routes-'));
  });
  afterEach(() => {
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** Starts the org of the directory, and tells its routes; `wanted` replaces them first. */
  async function routesOf(wanted?: readonly { readonly from: string; readonly to: string }[]): Promise<unknown> {
    const org = await createLocalOrg({ dataDir });
    try {
      if (wanted !== undefined)
        await call(org, PATH, { method: 'PUT', headers: authorized(org), body: JSON.stringify(wanted) });
      return JSON.parse((await call(org, PATH, { headers: authorized(org) })).text);
    } finally {
      await org.close();
    }
  }

  it('are the same after a restart, and stay away when they were taken back', async () => {
    const wanted = [{ from: 'https://erp.example.com/', to: 'http://127.0.0.1:4000/' }];
    expect(await routesOf(wanted)).to.deep.equal(wanted);
    expect(await routesOf()).to.deep.equal(wanted);
    expect(await routesOf([])).to.deep.equal([]);
    expect(await routesOf()).to.deep.equal([]);
  });

  it('keep the org from starting when they cannot be read, rather than let its callouts out', async () => {
    writeFileSync(
      join(dataDir, 'routes.json'),
      '[{"from":"https://erp.example.com/","to":"https://elsewhere.example/"}]',
    );
    const error = await createLocalOrg({ dataDir }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).to.be.an('error').that.includes({ name: 'RouteFileError' });
    rmSync(join(dataDir, 'routes.json'));
    expect(await routesOf()).to.deep.equal([]);
  });
});
