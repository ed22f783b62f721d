import { expect } from 'chai';
import { flowsOf, type ScreenFlow, type ScreenState } from '../../../local-org/src/flow/index.js';
import {
  field,
  flow,
  LONG_TEXT,
  NUMBER,
  number,
  object,
  ref,
  set,
  text,
  to,
  variable,
  when,
  type NodeObject,
} from './flow-xml.js';
import { laterOrg, type LaterOrg } from './later.js';

const LOG = object('Log__c', { Text: LONG_TEXT, Amount: NUMBER });
const logs = `for (Log__c row : [SELECT Text__c FROM Log__c ORDER BY Id]) System.debug(row.Text__c);`;

const screen = (name: string, fields: readonly NodeObject[], more: NodeObject = {}): NodeObject => ({
  name,
  label: `${name} label`,
  allowBack: false,
  allowFinish: true,
  allowPause: false,
  fields,
  ...more,
});
const input = (name: string, dataType: string, more: NodeObject = {}): NodeObject => ({
  name,
  dataType,
  fieldText: `${name}?`,
  fieldType: 'InputField',
  isRequired: false,
  ...more,
});
const display = (name: string, fieldText: string): NodeObject => ({ name, fieldText, fieldType: 'DisplayText' });
const log = (name: string, value: NodeObject, more: NodeObject = {}): NodeObject => ({
  name,
  label: name,
  object: 'Log__c',
  inputAssignments: field('Text__c', value),
  ...more,
});

function open(
  children: NodeObject,
  parts: readonly string[] = [],
): { readonly org: LaterOrg; readonly run: ScreenFlow } {
  const org = laterOrg([LOG, flow('Asking', { processType: 'Flow', ...children }), ...parts]);
  const { runtime } = org.engine;
  const run = flowsOf(runtime).screenFlow('asking', runtime.options.identity.adminId);
  if (run === undefined) throw new Error('There is no such flow.');
  return { org, run };
}

const texts = (state: ScreenState): readonly string[] =>
  state.kind === 'screen' ? state.fields.map((one) => one.text) : [state.kind];

describe('screen flows', () => {
  // Salesforce Help: Screen Input Components: required values, data types, validation formulas.
  it('show a screen again until what it asks for is there', async () => {
    const { org, run } = open({
      start: { connector: to('Ask') },
      screens: [
        screen(
          'Ask',
          [
            input('Name', 'String', { isRequired: true }),
            input('Amount', 'Number', {
              scale: 0,
              validationRule: { errorMessage: '<p>Too much for {!Name}</p>', formulaExpression: '{!Amount} < 100' },
            }),
          ],
          { connector: to('Write') },
        ),
        screen('Done', [display('Thanks', '<p>Thanks, {!Name}</p>')]),
      ],
      recordCreates: log('Write', text('{!Name} {!Amount}'), { connector: to('Done') }),
    });
    const first = await run.start();
    expect(first).to.deep.include({ kind: 'screen', name: 'Ask', label: 'Ask label', problems: [] });
    expect(texts(first)).to.deep.equal(['Name?', 'Amount?']);
    const problems = async (values: object): Promise<unknown> => {
      const state = await run.next({ ...values });
      return state.kind === 'screen' ? state.problems : state;
    };
    expect(await problems({})).to.deep.equal([
      { field: 'Name', message: 'Please enter some valid input. Input is not optional.' },
    ]);
    expect(await problems({ Name: 'a', Amount: 100 })).to.deep.equal([
      { field: 'Amount', message: '<p>Too much for a</p>' },
    ]);
    expect(await problems({ Name: 'a', Colour: 'red' })).to.deep.equal([
      { field: 'colour', message: 'The screen shows no such input field.' },
    ]);
    expect(org.run(logs)).to.deep.equal([]);
    expect(texts(await run.next({ name: 'a', amount: 7 }))).to.deep.equal(['<p>Thanks, a</p>']);
    // PLATFORM 2.4: what a screen flow did is committed when the next screen shows.
    expect(org.run(logs)).to.deep.equal(['a 7']);
    expect(await run.next()).to.deep.equal({ kind: 'finished' });
  });

  it('store choices, and show fields by their conditions', async () => {
    const { org, run } = open({
      start: { connector: to('Ask') },
      choices: ['Red', 'Blue'].map((name) => ({
        name,
        choiceText: name,
        dataType: 'String',
        value: text(name.toLowerCase()),
      })),
      screens: screen(
        'Ask',
        [
          {
            name: 'Section',
            fieldType: 'RegionContainer',
            isRequired: false,
            fields: {
              name: 'Column',
              fieldType: 'Region',
              isRequired: false,
              fields: input('Colour', 'String', { fieldType: 'RadioButtons', choiceReferences: ['Red', 'Blue'] }),
            },
          },
          input('Never', 'String', {
            visibilityRule: { conditionLogic: 'and', conditions: when('Colour', 'EqualTo', text('green')) },
          }),
          {
            name: 'Table',
            fieldType: 'ComponentInstance',
            extensionName: 'flowruntime:slider',
            isRequired: true,
            storeOutputAutomatically: true,
          },
        ],
        { connector: to('Which') },
      ),
      decisions: {
        name: 'Which',
        label: 'Which',
        defaultConnectorLabel: 'Other',
        rules: {
          name: 'Was_Red',
          label: 'Was Red',
          conditionLogic: 'and',
          conditions: when('Red', 'WasSelected', { booleanValue: true }),
          connector: to('Write'),
        },
      },
      recordCreates: log('Write', text('{!Colour} {!Table.value}')),
    });
    const first = await run.start();
    expect(first.kind === 'screen' ? first.fields.map(({ name }) => name) : []).to.deep.equal(['Colour', 'Table']);
    const wrong = await run.next({ Colour: 'Green' });
    expect(wrong.kind === 'screen' ? wrong.problems : []).to.deep.equal([
      { field: 'Colour', message: 'Colour has no choice Green.' },
    ]);
    expect((await run.next({ Colour: 'Red', Table: { value: 5 } })).kind).to.equal('finished');
    expect(org.run(logs)).to.deep.equal(['red 5']);
  });

  // PLATFORM 2.4: Roll Back Records takes back the running transaction, not what was committed at a screen before.
  it('take back the running transaction with Roll Back Records', async () => {
    const { org, run } = open({
      start: { connector: to('Before') },
      recordCreates: [
        log('Before', text('before'), { connector: to('Ask') }),
        log('Between', text('between'), { connector: to('Take_Back') }),
        log('After', text('after')),
      ],
      screens: screen('Ask', [display('Go', 'go')], { connector: to('Between') }),
      recordRollbacks: { name: 'Take_Back', label: 'Take Back', connector: to('After') },
    });
    await run.start();
    expect(await run.next()).to.deep.equal({ kind: 'finished' });
    expect(org.run(logs)).to.deep.equal(['before', 'after']);
  });

  // PLATFORM 2.4: an unhandled fault rolls back its transaction and ends the interview.
  it('fail with what no fault path took', async () => {
    const { org, run } = open(
      {
        start: { connector: to('Ask') },
        variables: variable('n', 'Number', { scale: 0 }),
        screens: screen('Ask', [display('Go', 'go')], { connector: to('Write') }),
        recordCreates: log('Write', text('lost'), { connector: to('Add') }),
        assignments: { name: 'Add', label: 'Add', assignmentItems: set('n', number(0)), connector: to('Break') },
        actionCalls: {
          name: 'Break',
          label: 'Break',
          actionName: 'Breaking',
          actionType: 'apex',
          flowTransactionModel: 'Automatic',
          inputParameters: { name: 'numbers', value: ref('n') },
        },
      },
      [
        'public class Breaking { @InvocableMethod public static void run(List<Decimal> numbers) { Decimal broken = 1 / numbers[0]; } }',
      ],
    );
    await run.start();
    expect(await run.next()).to.deep.equal({
      kind: 'failed',
      message: 'An Apex error occurred: System.MathException: Divide by 0',
    });
    expect(org.run(logs)).to.deep.equal([]);
  });
});
