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
