import { expect } from 'chai';
import { fileURLToPath } from 'node:url';
import type { CalloutPort } from '../../../local-org/src/apex/runtime/index.js';
import { readSourceFolders } from '../../../local-org/src/apex/test-runner/index.js';
import { flowsOf } from '../../../local-org/src/flow/index.js';
import type { Component } from '../../../local-org/src/model/index.js';
import { DAY, laterOrg, MINUTE, START, type LaterOrg } from './later.js';

const PROJECT = fileURLToPath(new URL('../../../force-app', import.meta.url));

/** Answers with the statuses in turn, then with 200; notes each request. */
function server(...statuses: readonly number[]): { readonly port: CalloutPort; readonly seen: string[] } {
  const seen: string[] = [];
  const left = [...statuses];
  return {
    seen,
    port: ({ method, endpoint }) => {
      seen.push(`${method} ${/^callout:\w+/.exec(endpoint)?.[0] ?? endpoint}`);
      const status = left.shift() ?? 200;
      const body = Buffer.from(JSON.stringify({ id: 'X-1', number: 'X-1', status: 'ok' }));
      return Promise.resolve({ status, statusText: '', headers: [['Content-Type', 'application/json']], body });
    },
  };
}

const rows = `for (CalloutQueue__c row : [SELECT Integration__c, Status__c, Source__c, Retry__c FROM CalloutQueue__c ORDER BY Id])
  System.debug(row.Integration__c + ' ' + row.Status__c + ' ' + row.Source__c + (row.Retry__c ? ' retry' : ''));`;

describe('the flows of the project', function () {
  this.timeout(60_000);
  let parts: readonly Component[];
  before(() => {
    parts = readSourceFolders([PROJECT]);
  });

  async function changedAccount(port: CalloutPort, components = parts): Promise<LaterOrg> {
    const org = laterOrg(components, { callouts: port });
    org.run(`insert new Account(Name = 'a', AccountNumber = '1');`);
    org.run(`Account one = [SELECT Id FROM Account]; one.Name = 'b'; update one;`);
    await org.advance(0);
    return org;
  }

  it('deliver a changed account once', async () => {
    const { port, seen } = server();
    const org = await changedAccount(port);
    expect(seen).to.have.lengthOf(1);
    expect(org.run(rows)).to.deep.equal(['AccountSync Succeeded Flow']);
  });

  it('deliver a new case, and an order that becomes ready', async () => {
    const { port, seen } = server();
    const org = laterOrg(parts, { callouts: port });
    org.run(
      `insert new Case(Subject = 'a'); insert new Fulfilment_Order__c(Status__c = 'Draft', Warehouse_Code__c = 'W1');`,
    );
    await org.advance(0);
    expect(org.run(rows)).to.deep.equal(['CaseMirror Succeeded Flow']);
    const calls = seen.length;
    org.run(`Fulfilment_Order__c one = [SELECT Id FROM Fulfilment_Order__c]; one.Status__c = 'Ready'; update one;`);
    await org.advance(0);
    expect(seen.length).to.be.greaterThan(calls);
    expect(org.run(rows)).to.deep.equal(['CaseMirror Succeeded Flow', 'OrderFulfilment Succeeded Flow']);
  });

  // PLATFORM 2.2: the scheduled path waits for the time in the record's field.
  it('try again when the time in the row has come', async () => {
    const { port, seen } = server(503);
    const org = await changedAccount(port);
    expect(seen).to.have.lengthOf(1);
    expect(org.run(rows)).to.deep.equal(['AccountSync Pending Flow retry']);
    expect(org.due().length).to.be.at.least(1);
    await org.advance(60 * MINUTE);
    expect(seen).to.have.lengthOf(2);
    expect(org.run(rows)).to.deep.equal(['AccountSync Succeeded Flow']);
  });

  // PLATFORM 2.4: what the action throws takes the fault path, in the transaction of the save.
  it('write the row in the fault path when the runtime can not', async () => {
    const broken = parts.filter(({ fullName }) => fullName !== 'CalloutPolicy.AccountSync');
    const org = await changedAccount(server().port, broken);
    const [row = ''] = org.run(rows);
    expect(row).to.match(/^AccountSync Pending Fault Path retry/);
  });

  it('ask on a screen, and show the answer', async () => {
    const org = laterOrg(parts, { callouts: server().port });
    const { runtime } = org.engine;
    const run = flowsOf(runtime).screenFlow('Credit_Check', runtime.options.identity.adminId);
    expect(await run?.start()).to.deep.include({ kind: 'screen', name: 'Enter_Request', problems: [] });
    const answer = await run?.next({ Company_Name: 'Acme', Amount: 1000 });
    expect(answer).to.deep.include({ kind: 'screen', name: 'Show_Result' });
    expect(await run?.next()).to.deep.equal({ kind: 'finished' });
  });

  it('beat at the time of the heartbeat, and again', async () => {
    const org = laterOrg(parts, { callouts: server().port });
    org.run(
      `insert new CalloutHeartbeat__c(Name = 'AccountSync', Integration__c = 'AccountSync', Interval_Minutes__c = 3, Next_Beat_At__c = System.now().addMinutes(3));`,
    );
    const beats = (): readonly string[] =>
      org.run(
        `for (CalloutHeartbeat__c one : [SELECT Last_Beat_At__c, Next_Beat_At__c FROM CalloutHeartbeat__c]) { System.debug(one.Last_Beat_At__c?.getTime()); System.debug(one.Next_Beat_At__c.getTime()); }`,
      );
    expect(org.due()).to.deep.equal([3 * MINUTE]);
    for (const minutes of [3, 6, 9]) {
      await org.advance(3 * MINUTE);
      const at = START + minutes * MINUTE;
      expect(beats()).to.deep.equal([String(at), String(at + 3 * MINUTE)]);
    }
  });

  // PLATFORM 2.1: a daily schedule runs at its time of day in the org's time zone.
  it('arm a heartbeat that has stopped, once a day', async () => {
    const org = laterOrg(parts, { callouts: server().port });
    org.run(
      `insert new CalloutHeartbeat__c(Name = 'AccountSync', Integration__c = 'AccountSync', Interval_Minutes__c = 15, Active__c = true);`,
    );
    expect(org.due()).to.deep.equal([]);
    await org.advance(DAY);
    expect(
      org.run(
        `for (CalloutHeartbeat__c one : [SELECT Next_Beat_At__c FROM CalloutHeartbeat__c WHERE Integration__c = 'AccountSync']) System.debug(one.Next_Beat_At__c > System.now());`,
      ),
    ).to.deep.equal(['true']);
    expect(org.due()).to.not.deep.equal([]);
  });
});
