import { expect } from 'chai';
import { emitMetadata } from '../../../generator/src/emit/index.js';
import type { RecordTrigger } from '../../../generator/src/model/index.js';
import { field, integration, project, trigger } from './support/models.js';
import { asData, childrenOf, parseXml, textAt, type XmlNode } from './support/xml-tree.js';

function flowOf(changes: Partial<RecordTrigger>): XmlNode {
  const model = integration({ trigger: trigger(changes) });
  const file = emitMetadata(project([model])).find(({ path }) =>
    path.endsWith('Account_Update_External_System.flow-meta.xml'),
  );
  return parseXml(file?.content ?? '');
}

const startOf = (changes: Partial<RecordTrigger>): XmlNode => childrenOf(flowOf(changes), 'start')[0] ?? flowOf({});
const text = { field: field('Type'), operator: 'equals', value: 'Customer' } as const;
const flag = { field: field('IsActive__c'), operator: 'equals', value: true } as const;
const present = { field: field('Site'), operator: 'isNull', value: false } as const;
const size = { field: field('NumberOfEmployees'), operator: 'greaterThanOrEqual', value: 10 } as const;

describe('emit/flow: entry conditions', () => {
  const logic: readonly (readonly [string, Partial<RecordTrigger>, string | undefined, number])[] = [
    ['no condition and no field', { changedFields: [] }, undefined, 0],
    ['conditions only', { changedFields: [], conditions: [text, size] }, 'and', 2],
    ['one changed field', { changedFields: [field('Name')] }, 'and', 1],
    ['changed fields only', {}, 'or', 2],
    ['one changed field and a condition', { changedFields: [field('Name')], conditions: [text] }, 'and', 2],
    ['a condition and changed fields', { conditions: [text] }, '1 AND (2 OR 3)', 3],
    ['two conditions and changed fields', { conditions: [text, size] }, '1 AND 2 AND (3 OR 4)', 4],
    ['changed fields of a new record say nothing', { event: 'create' }, undefined, 0],
  ];
  for (const [name, changes, filterLogic, filters] of logic) {
    it(name, () => {
      const start = startOf(changes);
      expect(textAt(start, 'filterLogic')).to.equal(filterLogic);
      expect(childrenOf(start, 'filters')).to.have.lengthOf(filters);
      expect(textAt(start, 'filterFormula')).to.equal(undefined);
    });
  }

  const formulas: readonly (readonly [string, Partial<RecordTrigger>, string])[] = [
    ['new or changed', {}, 'OR(ISNEW(), ISCHANGED({!$Record.Name}), ISCHANGED({!$Record.Phone}))'],
    [
      'with conditions that need no type',
      { changedFields: [field('Name')], conditions: [flag, present, size] },
      'AND({!$Record.IsActive__c} = TRUE, NOT(ISBLANK({!$Record.Site})), {!$Record.NumberOfEmployees} >= 10, OR(ISNEW(), ISCHANGED({!$Record.Name})))',
    ],
    [
      'on the asynchronous path',
      { delivery: 'immediate', changedFields: [field('Name')] },
      'OR(ISNEW(), ISCHANGED({!$Record.Name}))',
    ],
  ];
  for (const [name, changes, formula] of formulas) {
    it(`createOrUpdate: ${name}`, () => {
      const start = startOf({ ...changes, event: 'createOrUpdate' });
      expect(textAt(start, 'filterFormula')).to.equal(formula);
      expect(textAt(start, 'filterLogic')).to.equal(undefined);
    });
  }

  it('createOrUpdate: with a condition on text a decision looks at the change', () => {
    const flow = flowOf({ event: 'createOrUpdate', conditions: [text] });
    expect(textAt(flow, 'start', 'connector', 'targetReference')).to.equal('Relevant_Change');
    const rule = childrenOf(childrenOf(flow, 'decisions')[0] ?? flow, 'rules')[0] ?? flow;
    expect(textAt(rule, 'conditionLogic')).to.equal('or');
    expect(childrenOf(rule, 'conditions').map((condition) => textAt(condition, 'leftValueReference'))).to.deep.equal([
      '$Record__Prior',
      '$Record.Name',
      '$Record.Phone',
    ]);
    expect(textAt(rule, 'connector', 'targetReference')).to.equal('Enqueue_Delivery');
  });

  for (const [value, expected] of [
    ['Customer', { stringValue: 'Customer' }],
    ['2026-01-31', { dateValue: '2026-01-31' }],
    ['2026-01-31T10:00:00Z', { dateTimeValue: '2026-01-31T10:00:00Z' }],
    [2.5, { numberValue: '2.5' }],
    [false, { booleanValue: 'false' }],
  ] as const) {
    it(`writes the value ${value} by its type`, () => {
      const start = startOf({ changedFields: [], conditions: [{ ...text, value }] });
      expect(asData(childrenOf(childrenOf(start, 'filters')[0] ?? start, 'value')[0] ?? start)).to.deep.equal(expected);
    });
  }

  it('starts an asynchronous path that holds nothing but connector and type', () => {
    const start = startOf({ delivery: 'immediate' });
    expect(childrenOf(start, 'connector')).to.deep.equal([]);
    expect(asData(childrenOf(start, 'scheduledPaths')[0] ?? start)).to.deep.equal({
      connector: { targetReference: 'Send_Now' },
      pathType: 'AsyncAfterCommit',
    });
  });
});

describe('emit/flow: structure', () => {
  const flows = emitMetadata(
    project([integration({ trigger: trigger({ event: 'createOrUpdate', conditions: [text] }) })]),
  ).filter(({ path }) => path.endsWith('.flow-meta.xml'));

  for (const { path, content } of flows) {
    const flow = parseXml(content);
    const nodes = flow.children.filter((node) => childrenOf(node, 'locationX').length > 0 && node.name !== 'start');
    const names = nodes.map((node) => textAt(node, 'name'));

    it(`${path}: every connector leads to another element and every element is reached`, () => {
      const targets = collect(flow, 'targetReference');
      expect(targets.filter((target) => !names.includes(target))).to.deep.equal([]);
      expect(names.filter((name) => !targets.includes(name ?? ''))).to.deep.equal([]);
    });

    it(`${path}: every action has a fault path and a transaction model, every element a short description`, () => {
      for (const action of childrenOf(flow, 'actionCalls')) {
        expect(textAt(action, 'faultConnector', 'targetReference')).to.be.a('string');
        expect(textAt(action, 'flowTransactionModel')).to.be.a('string');
      }
      for (const node of nodes) expect(textAt(node, 'description')?.length, textAt(node, 'name')).to.be.within(15, 255);
    });
  }

  it('asks for a change to meet the criteria wherever filters meet a timed path', () => {
    const starts = flows.map(({ content }) => parseXml(content)).flatMap((flow) => childrenOf(flow, 'start'));
    const timed = starts.filter((start) => childrenOf(start, 'scheduledPaths').length > 0);
    expect(timed).to.have.lengthOf(2);
    for (const start of timed) expect(textAt(start, 'doesRequireRecordChangedToMeetCriteria')).to.equal('true');
  });
});

function collect(node: XmlNode, name: string): string[] {
  return node.children.flatMap((child) => (child.name === name ? [child.text] : collect(child, name)));
}
