import { expect } from 'chai';
import { CompiledFormula, FormulaError } from '../../../local-org/src/data/index.js';
import { FORMULA_FUNCTIONS, UNCALCULATED_FUNCTIONS } from '../../../local-org/src/metadata/index.js';
import type { Component } from '../../../local-org/src/model/index.js';
import {
  bool,
  CHECKBOX,
  DATE,
  field,
  filter,
  flow,
  NUMBER,
  number,
  object,
  onRecord,
  ref,
  set,
  text,
  TEXT,
  to,
  variable,
  when,
  type NodeObject,
} from './flow-xml.js';
import { orgWith } from './org.js';

const JOB = object('Job__c', {
  Status: TEXT,
  Note: TEXT,
  Amount: NUMBER,
  Done: CHECKBOX,
  Day: DATE,
  Key: { ...TEXT, externalId: true, unique: true },
});
const LOG = object('Log__c', { Text: TEXT });

/** A Create Records element that writes one log row. */
const log = (name: string, value: NodeObject, more: NodeObject = {}): NodeObject => ({
  name,
  label: name,
  object: 'Log__c',
  inputAssignments: field('Text__c', value),
  ...more,
});

/** What a flow that starts when the job named `start` is inserted writes to the log. */
function logged(
  children: NodeObject,
  more: { readonly setup?: string; readonly parts?: readonly (Component | string)[]; readonly job?: string } = {},
): readonly string[] {
  const org = orgWith([
    JOB,
    LOG,
    flow('Under_Test', {
      start: onRecord('Job__c', {
        recordTriggerType: 'Create',
        filters: filter('Name', 'EqualTo', text('start')),
        connector: to('First'),
      }),
      ...children,
    }),
    ...(more.parts ?? []),
  ]);
  return org.run(`${more.setup ?? ''} insert new Job__c(Name = 'start'${more.job ?? ''});
    for (Log__c row : [SELECT Text__c FROM Log__c ORDER BY Id]) System.debug(row.Text__c);`);
}

const TEXTS = variable('list', 'String', { isCollection: true });
const letters = (...values: readonly string[]): NodeObject[] => values.map((value) => set('list', text(value), 'Add'));

describe('flow elements', () => {
  // Salesforce Help: Flow Operators in Assignment Elements.
  const assignments: readonly (readonly [title: string, items: readonly NodeObject[], result: string])[] = [
    ['Assign', [set('n', number(7))], 'n=7 t= list=[]'],
    ['Add to a number', [set('n', number(1.5), 'Add'), set('n', number(2), 'Add')], 'n=3.5 t= list=[]'],
    ['Subtract', [set('n', number(5)), set('n', number(2), 'Subtract')], 'n=3 t= list=[]'],
    ['Add to a text', [set('t', text('a'), 'Add'), set('t', text('b'), 'Add')], 'n= t=ab list=[]'],
    ['Add to a collection', letters('a', 'b'), 'n= t= list=[a, b]'],
    [
      'Add of a variable that holds nothing',
      [set('list', ref('t'), 'Add'), set('n', ref('list'), 'AssignCount')],
      'n=1 t= list=[]',
    ],
    ['AddAtStart', [...letters('a'), set('list', text('b'), 'AddAtStart')], 'n= t= list=[b, a]'],
    ['AssignCount', [...letters('a', 'b'), set('n', ref('list'), 'AssignCount')], 'n=2 t= list=[a, b]'],
    ['RemoveAll', [...letters('a', 'b', 'a'), set('list', text('a'), 'RemoveAll')], 'n= t= list=[b]'],
    ['RemoveFirst', [...letters('a', 'b', 'a'), set('list', text('a'), 'RemoveFirst')], 'n= t= list=[b, a]'],
    [
      'RemoveBeforeFirst',
      [...letters('a', 'b', 'c'), set('list', text('b'), 'RemoveBeforeFirst')],
      'n= t= list=[b, c]',
    ],
    ['RemoveAfterFirst', [...letters('a', 'b', 'c'), set('list', text('b'), 'RemoveAfterFirst')], 'n= t= list=[a, b]'],
    ['RemovePosition', [...letters('a', 'b', 'c'), set('list', number(2), 'RemovePosition')], 'n= t= list=[a, c]'],
    ['RemoveUncommon', [...letters('a', 'b'), set('list', ref('kept'), 'RemoveUncommon')], 'n= t= list=[b]'],
  ];
  for (const [title, assignmentItems, result] of assignments) {
    it(`assign with the operator ${title}`, () => {
      const lines = logged({
        variables: [
          TEXTS,
          variable('kept', 'String', { isCollection: true }),
          variable('n', 'Number', { scale: 2 }),
          variable('t', 'String'),
        ],
        assignments: {
          name: 'First',
          label: 'First',
          assignmentItems: [set('kept', text('b'), 'Add'), ...assignmentItems],
          connector: to('Write'),
        },
        recordCreates: log('Write', text('n={!n} t={!t} list=[{!shown}]')),
        formulas: undefined,
        textTemplates: { name: 'shown', text: '{!list}' },
      });
      expect(lines.map((line) => line.replace('[[', '[').replace(']]', ']'))).to.deep.equal([result]);
    });
  }

  it('add days to dates', () => {
    expect(
      logged(
        {
          assignments: {
            name: 'First',
            label: 'First',
            assignmentItems: set('$Record.Day__c', number(3), 'Add'),
            connector: to('Write'),
          },
          recordCreates: log('Write', ref('$Record.Day__c')),
        },
        { job: `, Day__c = Date.newInstance(2026, 2, 27)` },
      ),
    ).to.deep.equal(['3/2/2026']);
  });

  it('get the first record, by filters and in order, and its fields and parents', () => {
    expect(
      logged(
        {
          recordLookups: {
            name: 'First',
            label: 'First',
            object: 'Job__c',
            filterLogic: 'or',
            filters: [filter('Status__c', 'EqualTo', text('A')), filter('Status__c', 'In', ref('statuses'))],
            sortField: 'Amount__c',
            sortOrder: 'Desc',
            getFirstRecordOnly: true,
            storeOutputAutomatically: true,
            connector: to('Write'),
          },
          variables: variable('statuses', 'String', { isCollection: true }),
          recordCreates: log('Write', text('{!First.Name} {!First.Amount__c} {!First.Owner.Username}')),
        },
        {
          setup: `insert new List<Job__c>{ new Job__c(Name = 'a', Status__c = 'A', Amount__c = 1), new Job__c(Name = 'b', Status__c = 'A', Amount__c = 2), new Job__c(Name = 'c', Status__c = 'B', Amount__c = 3) };`,
        },
      ),
    ).to.deep.equal(['b 2 admin@local.org']);
  });

  it('store fields of the found record in variables, and leave them alone when there is none', () => {
    const children = (status: string): NodeObject => ({
      recordLookups: {
        name: 'First',
        label: 'First',
        object: 'Job__c',
        filters: filter('Status__c', 'EqualTo', text(status)),
        outputAssignments: { assignToReference: 't', field: 'Note__c' },
        connector: to('Write'),
      },
      variables: variable('t', 'String', { value: text('default') }),
      recordCreates: log('Write', ref('t')),
    });
    const setup = `insert new Job__c(Status__c = 'A', Note__c = 'found');`;
    expect(logged(children('A'), { setup })).to.deep.equal(['found']);
    expect(logged(children('B'), { setup })).to.deep.equal(['default']);
  });

  it('yield null when Get Records finds nothing, for one record and for many', () => {
    const outcome = (name: string, target: string): NodeObject => ({
      name,
      label: name,
      conditionLogic: 'and',
      conditions: when('First', 'IsNull', bool(true)),
      connector: to(target),
    });
    for (const getFirstRecordOnly of [true, false]) {
      const lines = logged({
        recordLookups: {
          name: 'First',
          label: 'First',
          object: 'Job__c',
          filters: filter('Status__c', 'EqualTo', text('none')),
          getFirstRecordOnly,
          storeOutputAutomatically: true,
          connector: to('Found'),
        },
        decisions: { name: 'Found', label: 'Found', defaultConnector: to('Yes'), rules: outcome('Nothing', 'No') },
        recordCreates: [log('Yes', text('found')), log('No', text('nothing'))],
      });
      expect(lines).to.deep.equal(['nothing']);
    }
  });

  it('loop over records, whose fields can be set through the loop, and save them together', () => {
    expect(
      logged(
        {
          recordLookups: {
            name: 'First',
            label: 'First',
            object: 'Job__c',
            filters: filter('Status__c', 'EqualTo', text('A')),
            sortField: 'Name',
            sortOrder: 'Asc',
            limit: number(2),
            getFirstRecordOnly: false,
            storeOutputAutomatically: true,
            connector: to('Each'),
          },
          loops: {
            name: 'Each',
            label: 'Each',
            collectionReference: 'First',
            iterationOrder: 'Desc',
            nextValueConnector: to('Change'),
            noMoreValuesConnector: to('Save'),
          },
          assignments: {
            name: 'Change',
            label: 'Change',
            assignmentItems: [
              set('Each.Note__c', text('seen {!Each.Name}')),
              set('order', text('{!Each.Name};'), 'Add'),
            ],
            connector: to('Each'),
          },
          recordUpdates: { name: 'Save', label: 'Save', inputReference: 'First', connector: to('Write') },
          variables: variable('order', 'String'),
          recordCreates: log('Write', ref('order')),
        },
        {
          setup: `insert new List<Job__c>{ new Job__c(Name = 'x', Status__c = 'A'), new Job__c(Name = 'y', Status__c = 'A'), new Job__c(Name = 'z', Status__c = 'A') };`,
          parts: [
            `trigger Look on Job__c (after update) { for (Job__c job : Trigger.new) insert new Log__c(Text__c = job.Note__c); }`,
          ],
        },
      ),
    ).to.deep.equal(['seen x', 'seen y', 'y;x;']);
  });

  it('create records from a variable and from a collection, and tell their Ids', () => {
    expect(
      logged({
        variables: [
          variable('row', 'SObject', { objectType: 'Log__c' }),
          variable('rows', 'SObject', { objectType: 'Log__c', isCollection: true }),
        ],
        assignments: {
          name: 'First',
          label: 'First',
          assignmentItems: [
            set('row.Text__c', text('one')),
            set('rows', ref('row'), 'Add'),
            set('row.Text__c', text('two')),
            set('rows', ref('row'), 'Add'),
            set('row.Text__c', text('single')),
          ],
          connector: to('Many'),
        },
        recordCreates: [
          { name: 'Many', label: 'Many', inputReference: 'rows', connector: to('Single') },
          { name: 'Single', label: 'Single', inputReference: 'row', connector: to('Write') },
          log('Write', ref('same')),
        ],
        formulas: { name: 'same', dataType: 'Boolean', expression: 'NOT(ISBLANK({!row.Id}))' },
      }),
    ).to.deep.equal(['one', 'two', 'single', 'true']);
  });

  // MD:Flow FlowRecordCreate doesUpsert.
  it('update instead of create where an external id is known', () => {
    expect(
      logged(
        {
          recordCreates: [
            {
              name: 'First',
              label: 'First',
              doesUpsert: true,
              upsertExternalIdField: 'Key__c',
              object: 'Job__c',
              inputAssignments: [field('Key__c', text('K1')), field('Note__c', text('new'))],
              connector: to('Find'),
            },
            log('Write', text('{!Find.Name} {!Find.Note__c}')),
          ],
          recordLookups: {
            name: 'Find',
            label: 'Find',
            object: 'Job__c',
            filters: filter('Key__c', 'EqualTo', text('K1')),
            getFirstRecordOnly: true,
            storeOutputAutomatically: true,
            connector: to('Write'),
          },
        },
        { setup: `insert new Job__c(Name = 'old', Key__c = 'K1', Note__c = 'old');` },
      ),
    ).to.deep.equal(['old new']);
  });

  it('update and delete the records that filters find', () => {
    expect(
      logged(
        {
          recordUpdates: {
            name: 'First',
            label: 'First',
            object: 'Job__c',
            filterLogic: 'and',
            filters: [filter('Status__c', 'EqualTo', text('A')), filter('Amount__c', 'LessThanOrEqualTo', number(1))],
            inputAssignments: field('Note__c', text('changed')),
            connector: to('Remove'),
          },
          recordDeletes: {
            name: 'Remove',
            label: 'Remove',
            object: 'Job__c',
            filters: filter('Note__c', 'EqualTo', text('changed')),
            connector: to('Count'),
          },
          recordLookups: {
            name: 'Count',
            label: 'Count',
            object: 'Job__c',
            filters: filter('Status__c', 'StartsWith', text('a')),
            getFirstRecordOnly: false,
            storeOutputAutomatically: true,
            connector: to('Write'),
          },
          recordCreates: log('Write', text('{!Count}')),
        },
        {
          setup: `insert new List<Job__c>{ new Job__c(Status__c = 'A', Amount__c = 1), new Job__c(Status__c = 'A', Amount__c = 1), new Job__c(Status__c = 'A', Amount__c = 2) };`,
        },
      ),
    )
      .to.have.lengthOf(1)
      .and.satisfy(([line]: readonly string[]) => /^\[Job__c \(\w{18}\)\]$/.test(line ?? ''));
  });

  it('sort and filter collections, by fields, conditions and formulas', () => {
    expect(
      logged(
        {
          recordLookups: {
            name: 'First',
            label: 'First',
            object: 'Job__c',
            filters: filter('Status__c', 'EqualTo', text('A')),
            getFirstRecordOnly: false,
            storeOutputAutomatically: true,
            connector: to('Sort'),
          },
          collectionProcessors: [
            {
              name: 'Sort',
              label: 'Sort',
              collectionProcessorType: 'SortCollectionProcessor',
              collectionReference: 'First',
              sortOptions: [
                { doesPutEmptyStringAndNullFirst: false, sortField: 'Amount__c', sortOrder: 'Desc' },
                { doesPutEmptyStringAndNullFirst: false, sortField: 'Name', sortOrder: 'Asc' },
              ],
              connector: to('Big'),
            },
            {
              name: 'Big',
              label: 'Big',
              collectionProcessorType: 'FilterCollectionProcessor',
              assignNextValueToReference: 'currentItem_Big',
              collectionReference: 'First',
              conditionLogic: 'and',
              conditions: when('currentItem_Big.Amount__c', 'GreaterThan', number(1)),
              connector: to('Named'),
            },
            {
              name: 'Named',
              label: 'Named',
              collectionProcessorType: 'FilterCollectionProcessor',
              assignNextValueToReference: 'currentItem_Named',
              collectionReference: 'Big',
              conditionLogic: 'formula_evaluates_to_true',
              formula: 'LEN({!currentItem_Named.Name}) = 1',
              connector: to('Each'),
            },
          ],
          loops: { name: 'Each', label: 'Each', collectionReference: 'Named', nextValueConnector: to('Write') },
          recordCreates: log('Write', ref('Each.Name'), { connector: to('Each') }),
        },
        {
          setup: `insert new List<Job__c>{ new Job__c(Name = 'b', Status__c = 'A', Amount__c = 2), new Job__c(Name = 'a', Status__c = 'A', Amount__c = 2),
            new Job__c(Name = 'none', Status__c = 'A'), new Job__c(Name = 'long', Status__c = 'A', Amount__c = 9), new Job__c(Name = 'c', Status__c = 'A', Amount__c = 3), new Job__c(Name = 'd', Status__c = 'A', Amount__c = 1) };`,
        },
      ),
    ).to.deep.equal(['c', 'a', 'b']);
  });

  it('transform records into others', () => {
    expect(
      logged(
        {
          recordLookups: {
            name: 'First',
            label: 'First',
            object: 'Job__c',
            filters: filter('Status__c', 'EqualTo', text('A')),
            sortField: 'Name',
            getFirstRecordOnly: false,
            storeOutputAutomatically: true,
            connector: to('Map'),
          },
          transforms: [
            {
              name: 'Map',
              label: 'Map',
              dataType: 'SObject',
              isCollection: true,
              objectType: 'Log__c',
              storeOutputAutomatically: true,
              transformValues: {
                transformValueActions: {
                  outputFieldApiName: 'Text__c',
                  transformType: 'Map',
                  value: ref('First[$EachItem].Name'),
                },
              },
              connector: to('Total'),
            },
            {
              name: 'Total',
              label: 'Total',
              dataType: 'Number',
              isCollection: false,
              storeOutputAutomatically: true,
              transformValues: {
                transformValueActions: { transformType: 'Sum', value: ref('First[$EachItem].Amount__c') },
              },
              connector: to('Save'),
            },
          ],
          recordCreates: [
            { name: 'Save', label: 'Save', inputReference: 'Map', connector: to('Write') },
            log('Write', text('{!Total}')),
          ],
        },
        {
          setup: `insert new List<Job__c>{ new Job__c(Name = 'a', Status__c = 'A', Amount__c = 2), new Job__c(Name = 'b', Status__c = 'A', Amount__c = 3.5) };`,
        },
      ),
    ).to.deep.equal(['a', 'b', '5.5']);
  });

  it('run subflows with inputs and outputs', () => {
    const child = flow('Doubler', {
      variables: [
        variable('given', 'Number', { isInput: true, scale: 0 }),
        variable('doubled', 'Number', { isOutput: true, scale: 0 }),
      ],
      start: { connector: to('Double') },
      assignments: {
        name: 'Double',
        label: 'Double',
        assignmentItems: [set('doubled', ref('given')), set('doubled', ref('given'), 'Add')],
      },
    });
    expect(
      logged(
        {
          subflows: [
            {
              name: 'First',
              label: 'First',
              flowName: 'Doubler',
              inputAssignments: { name: 'given', value: number(21) },
              outputAssignments: { assignToReference: 'n', name: 'doubled' },
              connector: to('Again'),
            },
            {
              name: 'Again',
              label: 'Again',
              flowName: 'Doubler',
              inputAssignments: { name: 'given', value: ref('n') },
              storeOutputAutomatically: true,
              connector: to('Write'),
            },
          ],
          variables: variable('n', 'Number', { scale: 0 }),
          recordCreates: log('Write', text('{!n} {!Again.doubled}')),
        },
        { parts: [child] },
      ),
    ).to.deep.equal(['42 84']);
  });

  it('calculate formulas from variables, records and other formulas', () => {
    expect(
      logged(
        {
          variables: variable('n', 'Number', { scale: 2, value: number(4) }),
          constants: { name: 'RATE', dataType: 'Number', value: number(0.5) },
          formulas: [
            { name: 'half', dataType: 'Number', expression: '{!n} * {!RATE}', scale: 1 },
            {
              name: 'shown',
              dataType: 'String',
              expression: `'half of ' & TEXT({!n}) & ' is ' & TEXT({!half}) & IF(ISNULL({!$Record.Amount__c}), ', no amount', '')`,
            },
            { name: 'tomorrow', dataType: 'Date', expression: '{!$Record.Day__c} + 1' },
          ],
          assignments: {
            name: 'First',
            label: 'First',
            assignmentItems: set('n', number(1), 'Add'),
            connector: to('Write'),
          },
          recordCreates: log('Write', text('{!shown}; {!tomorrow}')),
        },
        { job: `, Day__c = Date.newInstance(2026, 12, 31)` },
      ),
    ).to.deep.equal(['half of 5 is 2.5, no amount; 1/1/2027']);
  });

  it('calculate every formula function but those that a deployment refuses', () => {
    const uncalculated = [...FORMULA_FUNCTIONS].filter((name) => {
      if (name === 'ISCHANGED' || name === 'PRIORVALUE') return false;
      try {
        CompiledFormula.compile(`${name}()`, { typeOf: () => undefined }, true);
        return false;
      } catch (error) {
        return error instanceof FormulaError && error.message.includes(`type information is not found: ${name}`);
      }
    });
    expect(uncalculated).to.have.members([...UNCALCULATED_FUNCTIONS]);
  });

  // Salesforce Help, Formula Operators and Functions: texts stand in quotes of either kind, and may hold the other.
  it('take quotes of one kind inside of texts in the other', () => {
    expect(
      logged({
        formulas: { name: 'shown', dataType: 'String', expression: `"it's " & '"so" \\'said\\''` },
        recordCreates: log('First', text('{!shown}')),
      }),
    ).to.deep.equal([`it's "so" 'said'`]);
  });

  it('read custom metadata, labels, permissions and the running user through globals', () => {
    const type = object('Setting__mdt', { Value: TEXT });
    const record: Component = {
      type: 'CustomMetadata',
      fullName: 'Setting.Main',
      fileName: 'Setting.Main.md',
      content: `<CustomMetadata xmlns="http://soap.sforce.com/2006/04/metadata" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><label>Main</label><values><field>Value__c</field><value xsi:type="xsd:string">from metadata</value></values></CustomMetadata>`,
      metaXml: undefined,
    };
    const labels: Component = {
      type: 'CustomLabels',
      fullName: 'CustomLabels',
      fileName: 'CustomLabels.labels',
      content: `<CustomLabels xmlns="http://soap.sforce.com/2006/04/metadata"><labels><fullName>Hello</fullName><language>en_US</language><protected>false</protected><shortDescription>Hello</shortDescription><value>hello</value></labels></CustomLabels>`,
      metaXml: undefined,
    };
    expect(
      logged(
        {
          recordCreates: log(
            'First',
            text(
              '{!$CustomMetadata.Setting__mdt.Main.Value__c} {!$Label.Hello} {!$User.Username} {!$Permission.Nobody} {!$Organization.Name}',
            ),
          ),
        },
        { parts: [type, record, labels] },
      ),
    ).to.deep.equal(['from metadata hello admin@local.org false Local Org']);
  });

  it('end at the default outcome when no other one fits, and know the outcome that was taken', () => {
    expect(
      logged({
        decisions: [
          {
            name: 'First',
            label: 'First',
            defaultConnector: to('Check'),
            rules: {
              name: 'Never',
              label: 'Never',
              conditionLogic: 'and',
              conditions: when('$Record.Name', 'EqualTo', text('other')),
              connector: to('Wrong'),
            },
          },
          {
            name: 'Check',
            label: 'Check',
            defaultConnector: to('Wrong'),
            rules: {
              name: 'Right',
              label: 'Right',
              conditionLogic: '(1 OR 2) AND 3',
              conditions: [
                when('Never', 'EqualTo', bool(true)),
                when('First', 'WasVisited', bool(true)),
                when('$Record.Name', 'NotEqualTo', text('x')),
              ],
              connector: to('Write'),
            },
          },
        ],
        recordCreates: [log('Write', text('right')), log('Wrong', text('wrong'))],
      }),
    ).to.deep.equal(['right']);
  });
});
