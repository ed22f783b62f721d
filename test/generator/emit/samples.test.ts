import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { loadConfig } from '../../../generator/src/config/index.js';
import type { Integration, RequestStep, Template, ValueSource } from '../../../generator/src/model/index.js';
import { schemaCheck } from './support/wsdl-schema.js';
import { childrenOf, parseXml, textAt } from './support/xml-tree.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SAMPLES = join(ROOT, 'force-app/main/samples');

function read(...path: readonly string[]): string {
  return readFileSync(join(SAMPLES, ...path), 'utf8');
}

async function sample(name: string): Promise<Integration> {
  const { integrations } = await loadConfig({ projectRoot: ROOT, configDir: 'config' });
  const found = integrations.find((integration) => integration.name === name);
  if (found === undefined) throw new Error(`The sample ${name} has errors.`);
  return found;
}

describe('samples: hand-written metadata', () => {
  const fields = readdirSync(join(SAMPLES, 'objects/Fulfilment_Order__c/fields')).map((file) =>
    file.replace('.field-meta.xml', ''),
  );

  it('has every field that the order-fulfilment sample uses', async () => {
    const integration = await sample('order-fulfilment');
    const used = new Set(usedFields(integration).map((path) => path.split('.')[0]?.replace(/__r$/, '__c') ?? ''));
    const custom = [...used].filter((field) => field.endsWith('__c'));
    expect(custom).to.include.members(['Order_Number__c', 'Account__c', 'Reservation_Id__c']);
    expect(custom.filter((field) => !fields.includes(field))).to.deep.equal([]);
  });

  it('calls the credit-check action with its inputs and reads its outputs', async () => {
    const { inputs, requests } = await sample('credit-check');
    const xml = read('flows/Credit_Check.flow-meta.xml');
    const action = childrenOf(parseXml(xml), 'actionCalls')[0] ?? parseXml(xml);
    expect(textAt(action, 'actionName')).to.equal('CreditCheckAction');
    expect(childrenOf(action, 'inputParameters').map((parameter) => textAt(parameter, 'name'))).to.have.members(
      inputs.map(({ name }) => name),
    );
    for (const { name } of requests.flatMap(({ outputs }) => outputs))
      expect(xml).to.contain(`{!Check_Credit.${name}}`);
  });

  const check = schemaCheck();
  if (check !== undefined) {
    it('passes the schema of the Metadata API', () => {
      const files = readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' }).filter((path) =>
        path.endsWith('-meta.xml'),
      );
      expect(files).to.have.lengthOf.at.least(14);
      expect(files.flatMap((path) => check(read(path)).map((problem) => `${path}: ${problem}`))).to.deep.equal([]);
    });
  }
});

/** Paths of all fields that the integration reads or writes. */
function usedFields({ trigger, requests, queue }: Integration): readonly string[] {
  return [
    ...(trigger?.changedFields ?? []),
    ...(trigger?.conditions ?? []).map(({ field }) => field),
    ...templateFields(queue.orderBy),
    ...requests.flatMap(requestFields),
  ];
}

function requestFields({ path, query, headers, body, responseFields }: RequestStep): readonly string[] {
  return [
    ...[path, ...query.map(({ value }) => value), ...headers.map(({ value }) => value)].flatMap(templateFields),
    ...(body.kind === 'none' ? [] : body.fields.flatMap(({ source }) => sourceFields(source))),
    ...responseFields.map(({ field }) => field),
  ];
}

function sourceFields(source: ValueSource): readonly string[] {
  if (source.kind === 'template') return templateFields(source.template);
  return source.kind === 'field' ? [source.path] : [];
}

function templateFields(template: Template): readonly string[] {
  return template.flatMap((part) => (part.kind === 'field' ? [part.path] : []));
}
