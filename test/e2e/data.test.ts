import { expect } from 'chai';
import { createLocalOrg, type LocalOrg } from '../../local-org/src/index.js';
import { SfWorkspace } from './support/sfCli.js';

describe('data commands of the SF CLI', function () {
  this.timeout(120_000);
  let org: LocalOrg;
  let workspace: SfWorkspace;
  before(async () => {
    org = await createLocalOrg({ users: ['integration@callout.example'] });
    workspace = new SfWorkspace();
    await workspace.login(org);
  });
  after(async () => {
    await org.close();
    workspace.remove();
  });

  const run = async (...args: readonly string[]): Promise<unknown> => {
    const { exitCode, ...answer } = await workspace.json([...args, '-o', 'local']);
    expect(exitCode, JSON.stringify(answer)).to.equal(0);
    return answer['result'];
  };

  it('create, query and change single records', async () => {
    await run('data', 'create', 'record', '-s', 'Account', '-v', "Name='Acme Inc' NumberOfEmployees=5");
    await run('data', 'update', 'record', '-s', 'Account', '-w', "Name='Acme Inc'", '-v', 'Industry=Banking');
    const shown = await workspace.sf([
      ...['data', 'query', '-o', 'local', '--result-format', 'csv'],
      ...[
        '-q',
        'SELECT Name, Industry, NumberOfEmployees, Owner.Username, (SELECT LastName FROM Contacts) FROM Account',
      ],
    ]);
    expect(shown.stdout).to.contain(`Acme Inc,Banking,5,${org.username}`);
  });

  it('import trees, and import and export in bulk', async () => {
    const record = {
      attributes: { type: 'Account', referenceId: 'a' },
      Name: 'Tree',
      Contacts: { records: [{ attributes: { type: 'Contact', referenceId: 'c' }, LastName: 'Leaf' }] },
    };
    workspace.write({ 'tree.json': JSON.stringify({ records: [record] }), 'bulk.csv': 'Name\nBulk 1\nBulk 2\n' });
    expect(await run('data', 'import', 'tree', '-f', 'tree.json')).to.have.length(2);
    const imported = await run(
      ...['data', 'import', 'bulk', '-s', 'Account', '-f', 'bulk.csv', '--line-ending', 'LF', '--wait', '5'],
    );
    expect(imported).to.include({ processedRecords: 2, successfulRecords: 2, failedRecords: 0 });
    const soql = "SELECT Account.Name, LastName FROM Contact WHERE LastName = 'Leaf'";
    await run('data', 'export', 'bulk', '-q', soql, '--output-file', 'out.csv', '--wait', '5');
    expect(workspace.read('.')['out.csv']).to.equal('"Account.Name","LastName"\n"Tree","Leaf"\n');
  });

  it('assign deployed permission sets to users', async () => {
    workspace.write({
      'force-app/main/default/permissionsets/Operator.permissionset-meta.xml':
        '<?xml version="1.0" encoding="UTF-8"?>\n<PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata">\n    <label>Operator</label>\n</PermissionSet>\n',
    });
    await run('project', 'deploy', 'start', '-d', 'force-app');
    const assigned = await run('org', 'assign', 'permset', '-n', 'Operator', '-b', 'integration@callout.example');
    expect(assigned).to.have.nested.property('successes[0].value', 'Operator');
  });
});
