import { expect } from 'chai';
import { ACTION, HOSTILE, SHORTEST, WIDE } from './support/configs.js';
import { classNamed, projectOf, sampleProject } from './support/projects.js';

describe('generated Apex: handlers', () => {
  it('keep what comes from a configuration inside its string or comment', async () => {
    const project = await projectOf({ 'config/integrations/hostile.yaml': HOSTILE });
    const handler = classNamed(project, 'HostileCallout');
    expect(handler).to.contain(String.raw`'text' => '\'); delete [SELECT Id FROM Account]; (\''`);
    expect(handler).to.contain(String.raw`'lines' => 'a\nb\r\tc'`);
    expect(handler).to.contain(String.raw`'X-Text', 'it\'s \\\' + evil() + \''`);
    const comments = [...handler.matchAll(/\/\*\*[^]*?\*\//g)].map(([comment]) => comment);
    expect(comments[0]).to.contain('class Evil');
    expect(handler.replace(/\/\*\*[^]*?\*\//g, '')).not.to.contain('Evil {');
  });

  it('encode each value of a path as one segment, and each parameter of a query', async () => {
    const handler = classNamed(await projectOf({ 'config/integrations/wide.yaml': WIDE }), 'WideCallout');
    expect(handler).to.contain("context.segment('Id')");
    expect(handler).to.contain("url.add('name', context.text('Name'))");
  });

  it('query every field that the requests and the order key read, once', async () => {
    const handler = classNamed(await sampleProject(), 'OrderFulfilmentCallout');
    const select = /SELECT([^]*?)FROM/.exec(handler)?.[1]?.trim().split(/,\s*/) ?? [];
    expect(select).to.include.members(['Id', 'Order_Number__c', 'Account__r.Name', 'Warehouse_Code__c']);
    expect(new Set(select).size).to.equal(select.length);
  });

  it('fill a contract member by member, and make the objects on the way once', async () => {
    const handler = classNamed(await sampleProject(), 'AccountSyncCallout');
    expect(handler).to.contain("body.updatedAt = context.asDatetime('LastModifiedDate');");
    expect(handler).to.contain("body.employees = context.asInteger('NumberOfEmployees');");
    expect(handler.match(/new AccountUpdate\.BillingAddress\(\)/g)).to.have.lengthOf(1);
  });

  it('send no body and read nothing where the configuration names nothing', async () => {
    const handler = classNamed(await sampleProject(), 'CaseMirrorCallout');
    expect(handler).not.to.contain('override void read(');
    expect(handler).to.contain('return null;');
  });
});

describe('generated Apex: actions', () => {
  it('take typed inputs and give outputs as text', async () => {
    const action = classNamed(await projectOf({ 'config/integrations/check.yaml': ACTION }), 'CheckAction');
    for (const member of ['String companyName', 'Decimal amount', 'Boolean urgent', 'Date due', 'Datetime at']) {
      expect(action).to.contain(`public ${member};`);
    }
    expect(action).to.contain('required=true');
    expect(action).to.contain("result.score = sent.output('requests.check.score');");
    expect(action).to.contain('callout=true');
  });

  it('say in a sentence what they do when nobody has described them', async () => {
    const project = await projectOf({ 'config/integrations/account.yaml': SHORTEST });
    const action = classNamed(project, 'AccountAction');
    expect(action).to.contain('@description Action for flows: Makes the calls of Account.');
    expect(action).to.contain("description='Makes the calls of Account.'");
    expect(classNamed(project, 'AccountCallout')).to.contain('Builds and reads the requests of Account.\n');
  });

  it('take a reason for the log, and nothing else, when they need no input', async () => {
    const project = await projectOf({ 'config/integrations/account.yaml': SHORTEST });
    expect(classNamed(project, 'AccountAction').match(/^ {8}public String reason;$/gm)).to.have.lengthOf(1);
    const other = classNamed(await projectOf({ 'config/integrations/check.yaml': ACTION }), 'CheckAction');
    expect(other).not.to.contain('reason');
  });

  it('exist only for integrations without a trigger', async () => {
    const project = await sampleProject();
    expect(classNamed(project, 'CreditCheckAction')).to.contain('class CreditCheckAction');
    expect(() => classNamed(project, 'AccountSyncAction')).to.throw('AccountSyncCallout');
  });
});

describe('generated Apex: tests', () => {
  it('launch the flow of a queued trigger with 1 and 200 records', async () => {
    const test = classNamed(await sampleProject(), 'OrderFulfilmentCalloutTest');
    expect(test).to.contain('launchFlow(1)').and.to.contain('launchFlow(200)');
    expect(test).to.contain("CalloutTestKit.setField(record, 'Status__c', 'Ready');");
  });

  it('change a field that matters when the trigger is an update', async () => {
    expect(classNamed(await sampleProject(), 'AccountSyncCalloutTest')).to.contain(
      "CalloutTestKit.change(record, 'Name');",
    );
  });
});
