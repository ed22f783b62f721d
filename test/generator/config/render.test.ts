import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import {
  explain,
  initEnvironmentTemplate,
  initTemplate,
  loadConfig,
  renderConfigFiles,
  renderJsonSchema,
  renderReference,
} from '../../../generator/src/config/index.js';
import type { InitAnswers } from '../../../generator/src/config/index.js';
import { loadFiles, printed } from './support.js';

const PROJECT = join(import.meta.dirname, '../../..');

describe('config: files made from the schema', () => {
  for (const { path, content } of renderConfigFiles()) {
    it(`${path} is up to date`, () => {
      expect(readFileSync(join(PROJECT, path), 'utf8'), 'run `npx tsx generator/src/config/write-schema.ts`').to.equal(
        content,
      );
    });
  }

  it('describe every key of the schema', () => {
    const undescribed: string[] = [];
    const visit = (schema: unknown, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      for (const [key, member] of Object.entries(schema)) {
        if (key === 'properties' && typeof member === 'object' && member !== null) {
          for (const [name, property] of Object.entries(member)) {
            const described =
              typeof property === 'object' && property !== null && ('description' in property || 'const' in property);
            if (!described) undescribed.push(`${path}.${name}`);
          }
        }
        visit(member, key === 'properties' ? path : `${path}/${key}`);
      }
    };
    for (const kind of ['integration', 'environment'] as const) visit(JSON.parse(renderJsonSchema(kind)), kind);
    expect(undescribed).to.deep.equal([]);
  });

  it('list every rule once', () => {
    const codes = [...renderReference().matchAll(/^\| `([a-z0-9-]+)` \| (?:error|warning) \|/gm)].map(
      ([, code]) => code,
    );
    expect(new Set(codes).size).to.equal(codes.length);
  });
});

describe('config: the JSON Schema', () => {
  const validatorOf = (kind: 'integration' | 'environment') =>
    new Ajv2020({ allErrors: true, strictTypes: false }).compile(JSON.parse(renderJsonSchema(kind)));
  const samples = (folder: string): readonly (readonly [string, string])[] =>
    readdirSync(join(PROJECT, 'config', folder)).map(
      (file) => [file, readFileSync(join(PROJECT, 'config', folder, file), 'utf8')] as const,
    );

  for (const [kind, folder] of [
    ['integration', 'integrations'],
    ['environment', 'environments'],
  ] as const) {
    it(`accepts every sample ${kind}, and refuses a key that it does not know`, () => {
      const validate = validatorOf(kind);
      for (const [file, text] of samples(folder)) {
        const data: unknown = parse(text);
        expect(validate(data), `${file}: ${JSON.stringify(validate.errors)}`).to.equal(true);
        expect(validate({ ...Object(data), unknown: 1 }), file).to.equal(false);
      }
    });
  }

  it('refuses unknown keys at every level', () => {
    const validate = validatorOf('integration');
    const valid = { endpoint: { url: 'https://a.example' }, auth: { type: 'basic' }, requests: [{ path: '/' }] };
    expect(validate(valid)).to.equal(true);
    for (const wrong of [
      { ...valid, endpoint: { ...valid.endpoint, x: 1 } },
      { ...valid, auth: { type: 'basic', tokenUrl: 'https://a.example' } },
      { ...valid, requests: [{ path: '/', x: 1 }] },
      { ...valid, retry: { budget: { x: 1 } } },
      { ...valid, requests: [{ path: '/', body: { a: [1] } }] },
      { ...valid, retry: { initial: '5 minutes' } },
    ]) {
      expect(validate(wrong), JSON.stringify(wrong)).to.equal(false);
    }
  });
});

describe('config: explain', () => {
  it('prints a file that means the same', async () => {
    const { integrations, writtenKeys } = await loadConfig({ projectRoot: PROJECT, configDir: 'config' });
    const contracts = { 'config/contracts/account.ts': 'export interface AccountUpdate {}' };
    for (const integration of integrations) {
      const text = explain(integration, writtenKeys(integration.name));
      const again = await loadFiles({ ...contracts, [integration.source]: text });
      expect(again.integrations).to.deep.equal([integration]);
    }
  });

  it('tells defaults from what the file says', async () => {
    const text =
      'endpoint:\n  url: https://api.example.com\nauth:\n  type: basic\nrequests:\n  - path: /\nretry:\n  attempts: 3\n';
    const { integrations, writtenKeys } = await loadFiles({ 'config/integrations/sample.yaml': text });
    const [integration] = integrations;
    if (integration === undefined) throw new Error('An integration was expected.');
    const lines = explain(integration, writtenKeys(integration.name)).split('\n');
    expect(lines)
      .to.include('  attempts: 3')
      .and.to.include('  initial: 30s # default')
      .and.to.include('  url: https://api.example.com');
    expect(lines).to.include('    method: GET # default').and.to.include('    path: /');
    expect(explain(integration)).to.not.include('# default');
  });
});

describe('config: a first configuration', () => {
  const kinds: readonly InitAnswers['auth'][] = ['clientCredentials', 'browser', 'jwtBearer', 'customHeader', 'basic'];
  for (const auth of kinds) {
    for (const object of ['Account', undefined]) {
      for (const method of ['POST', 'GET'] as const) {
        it(`with ${auth}, ${object ?? 'no object'} and ${method} has no errors`, async () => {
          const answers: InitAnswers = {
            name: 'first-one',
            url: 'https://api.example.com',
            auth,
            method,
            ...(object === undefined ? {} : { object }),
          };
          const result = await loadFiles({
            'config/integrations/first-one.yaml': initTemplate(answers),
            'config/environments/local.yaml': initEnvironmentTemplate({ integrationUser: 'integration@example.com' }),
          });
          const allowed = auth === 'browser' ? ['browser-login'] : [];
          expect(
            result.diagnostics.map(({ code }) => code),
            printed(result),
          ).to.deep.equal(allowed);
          expect(result.integrations.map(({ label, auth: { method: kind } }) => [label, kind.type])).to.deep.equal([
            ['First one', auth],
          ]);
        });
      }
    }
  }

  it('quotes what needs quotes', () => {
    const text = initTemplate({
      name: 'x',
      label: "O'Neil: #1",
      url: 'https://a.example',
      auth: 'customHeader',
      header: '*X',
      object: '! evil\nkey: 1',
    });
    const data: unknown = parse(text);
    expect(data).to.deep.include({ label: "O'Neil: #1", auth: { type: 'customHeader', header: '*X' } });
    expect(data).to.have.nested.property('trigger.object', '! evil\nkey: 1');
  });
});
