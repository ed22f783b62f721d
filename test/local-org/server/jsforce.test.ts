import { expect } from 'chai';
import { Connection } from 'jsforce';
import { createLocalOrg, type LocalOrg } from '../../../local-org/src/index.js';

describe('jsforce', () => {
  let org: LocalOrg;
  let connection: Connection;
  before(async () => {
    org = await createLocalOrg({ check: () => [] });
    connection = new Connection({ instanceUrl: org.url, accessToken: org.token, version: '66.0' });
  });
  after(() => org.close());

  it('knows who it is', async () => {
    const { user_id: userId } = (await connection.request('/services/oauth2/userinfo')) as { user_id: string };
    expect(userId).to.equal(org.userId);
  });

  it('creates, queries, pages and deletes', async () => {
    const created = await connection.sobject('Account').create(
      Array.from({ length: 450 }, (_, at) => ({ Name: `Account ${at}` })),
      { allowRecursive: true },
    );
    expect(created.filter(({ success }) => success)).to.have.length(450);
    const names: string[] = [];
    const result = await connection.query<{ Name: string }>('SELECT Name FROM Account ORDER BY Name', {
      autoFetch: true,
      maxFetch: 1000,
    });
    names.push(...result.records.map(({ Name }) => Name));
    expect(names).to.have.length(450);
    const removed = await connection.sobject('Account').destroy(
      created.map(({ id }) => id ?? ''),
      { allowRecursive: true },
    );
    expect(removed.every(({ success }) => success)).to.equal(true);
  });

  it('upserts, retrieves and describes', async () => {
    const { id = '' } = await connection.sobject('Account').create({ Name: 'One', AnnualRevenue: 10 });
    expect(await connection.sobject('Account').retrieve(id)).to.include({ Name: 'One', AnnualRevenue: 10 });
    await connection.sobject('Account').update({ Id: id, Name: 'Two' });
    expect(await connection.sobject('Account').findOne({ Id: id }, ['Name'])).to.include({ Name: 'Two' });
    expect((await connection.describe('Account')).fields.map(({ name }) => name)).to.include('AnnualRevenue');
    expect((await connection.describeGlobal()).sobjects.map(({ name }) => name)).to.include('Contact');
  });
});
