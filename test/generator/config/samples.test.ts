import { expect } from 'chai';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../../generator/src/config/index.js';
import { loadFiles } from './support.js';

const PROJECT = join(import.meta.dirname, '../../..');
const GOLDEN = join(import.meta.dirname, 'golden/samples.json');

function sampleConfig() {
  return loadConfig({ projectRoot: PROJECT, configDir: 'config' });
}

function toJson(value: unknown): string {
  const withMaps = (_key: string, member: unknown): unknown =>
    member instanceof Map ? Object.fromEntries(member) : member === undefined ? '(undefined)' : member;
  return `${JSON.stringify(value, withMaps, 2)}\n`;
}

describe('config: the sample integrations', () => {
  it('have no errors, and one honest warning', async () => {
    const { diagnostics } = await sampleConfig();
    expect(diagnostics.map(({ severity, code, position }) => `${position.file} ${severity} ${code}`)).to.deep.equal([
      'config/integrations/case-mirror.yaml warning browser-login',
    ]);
  });

  it('become the same model as ever', async () => {
    const { integrations, environments } = await sampleConfig();
    const model = toJson({ integrations, environments });
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(GOLDEN, model);
    expect(model).to.equal(readFileSync(GOLDEN, 'utf8'));
  });

  it('cannot be changed by whoever reads the model', async () => {
    const { integrations, environments } = await sampleConfig();
    const seen = new Set<unknown>();
    const visit = (value: unknown): void => {
      if (typeof value !== 'object' || value === null || seen.has(value)) return;
      seen.add(value);
      expect(Object.isFrozen(value)).to.equal(true);
      for (const member of value instanceof Map ? value.values() : Object.values(value)) visit(member);
    };
    for (const value of [...integrations, ...environments]) visit(value);
    expect(seen.size).to.be.greaterThan(100);
  });
});

describe('config: defaults', () => {
  const minimal = 'endpoint:\n  url: https://api.example.com/v1/\nauth:\n  type: basic\nrequests:\n  - path: /status\n';

  it('leave nothing to write but endpoint, auth and one request', async () => {
    const { integrations, diagnostics } = await loadFiles({ 'config/integrations/order-status.yaml': minimal });
    const [integration] = integrations;
    expect(diagnostics).to.deep.equal([]);
    expect(integration).to.deep.include({
      name: 'order-status',
      apiName: 'OrderStatus',
      label: 'Order status',
      trigger: undefined,
      object: undefined,
    });
    expect(integration?.endpoint).to.deep.equal({
      url: 'https://api.example.com/v1',
      timeout: 10,
      headers: [],
      allowMergeFieldsInHeader: false,
      allowMergeFieldsInBody: false,
    });
    expect(integration?.requests[0]).to.deep.include({ name: 'request-1', method: 'GET', body: { kind: 'none' } });
    expect(integration?.queue.orderBy).to.deep.equal([]);
    expect(integration?.concurrency).to.deep.equal({ lanes: 1, batch: 10 });
  });

  it('take the flow name, the object and the order key from the trigger', async () => {
    const { integrations } = await loadFiles({
      'config/integrations/order-status.yaml': `${minimal}trigger:\n  object: Order__c\n`,
    });
    expect(integrations[0]?.trigger).to.deep.equal({
      object: 'Order__c',
      event: 'createOrUpdate',
      conditions: [],
      changedFields: [],
      delivery: 'queued',
      flowName: 'Order_Status',
    });
    expect(integrations[0]?.object).to.equal('Order__c');
    expect(integrations[0]?.queue.orderBy).to.deep.equal([{ kind: 'field', path: 'Id' }]);
  });

  it('let no transaction wait more than 120 seconds or make more than 100 calls', async () => {
    const requests = (count: number, timeout: string): string =>
      `endpoint: {url: 'https://api.example.com', timeout: ${timeout}}\nauth: {type: basic}\nrequests:\n${'  - path: /\n'.repeat(count)}`;
    const batches: (number | undefined)[] = [];
    for (const [count, timeout] of [
      [1, '10s'],
      [1, '30s'],
      [2, '20s'],
      [20, '1s'],
      [3, '120s'],
    ] as const) {
      const { integrations } = await loadFiles({ 'config/integrations/sample.yaml': requests(count, timeout) });
      batches.push(integrations[0]?.concurrency.batch);
    }
    expect(batches).to.deep.equal([10, 4, 3, 5, 1]);
  });

  it('let formulas in headers be evaluated exactly when there are some', async () => {
    const header = "  headers:\n    X-Org:\n      formula: '{!$Organization.Id}'\n";
    const flags: (readonly [boolean | undefined, boolean | undefined])[] = [];
    for (const text of [
      minimal,
      minimal.replace('auth:', `${header}auth:`),
      minimal.replace('basic', 'customHeader\n  header: X-Key'),
    ]) {
      const [integration] = (await loadFiles({ 'config/integrations/sample.yaml': text })).integrations;
      flags.push([integration?.endpoint.allowMergeFieldsInHeader, integration?.auth.generateAuthorizationHeader]);
    }
    expect(flags).to.deep.equal([
      [false, true],
      [true, true],
      [true, false],
    ]);
  });

  it('make the only environment the default', async () => {
    const { environments } = await loadFiles({
      'config/integrations/sample.yaml': minimal,
      'config/environments/production.yaml':
        'integrationUser: a@b.example\nintegrations:\n  sample:\n    endpoint: https://x.example.com/\n',
    });
    expect(environments.map(({ name, isDefault }) => [name, isDefault])).to.deep.equal([['production', true]]);
    expect([...(environments[0]?.integrations ?? [])]).to.deep.equal([
      [
        'sample',
        { endpointUrl: 'https://x.example.com', tokenUrl: undefined, authorizeUrl: undefined, clientId: undefined },
      ],
    ]);
  });
});

describe('config: values of a body', () => {
  const bodyOf = async (body: string): Promise<unknown> => {
    const text = `endpoint: {url: 'https://api.example.com'}\nauth: {type: basic}\ntrigger: {object: Account}\nrequests:\n  - path: /\n    idempotent: true\n    body:\n${body}`;
    const { integrations, diagnostics } = await loadFiles({ 'config/integrations/sample.yaml': text });
    expect(diagnostics).to.deep.equal([]);
    return integrations[0]?.requests[0].body;
  };

  it('keep the type of a field when they are one merge field and nothing else', async () => {
    expect(
      await bodyOf("      a: '{!AnnualRevenue}'\n      b: ' {!Name}'\n      c: '{! Owner.Email }'\n"),
    ).to.deep.equal({
      kind: 'fields',
      fields: [
        { target: ['a'], source: { kind: 'field', path: 'AnnualRevenue' } },
        {
          target: ['b'],
          source: {
            kind: 'template',
            template: [
              { kind: 'text', text: ' ' },
              { kind: 'field', path: 'Name' },
            ],
          },
        },
        { target: ['c'], source: { kind: 'field', path: 'Owner.Email' } },
      ],
    });
  });

  it('are constants otherwise, and nest by maps or dots', async () => {
    expect(
      await bodyOf(
        "      a.b: 1.5\n      a:\n        c: true\n        d.e: null\n      f: ''\n      g: 'a \\{!b} {c'\n",
      ),
    ).to.deep.equal({
      kind: 'fields',
      fields: [
        { target: ['a', 'b'], source: { kind: 'literal', value: 1.5 } },
        { target: ['a', 'c'], source: { kind: 'literal', value: true } },
        { target: ['a', 'd', 'e'], source: { kind: 'literal', value: null } },
        { target: ['f'], source: { kind: 'literal', value: '' } },
        { target: ['g'], source: { kind: 'literal', value: 'a {!b} {c' } },
      ],
    });
  });
});
