import { expect } from 'chai';
import type { TraceEvent } from '../../../local-org/src/apex/runtime/index.js';
import { createEngine, runAnonymous } from '../../../local-org/src/apex/test-runner/index.js';
import { flowEngine } from '../../../local-org/src/flow/index.js';
import { apex } from '../apex-run/run.js';
import { DATE_TIME, field, flow, LONG_TEXT, object, onRecord, ref, text, to, when } from './flow-xml.js';

const FLOW = flow('Logging', {
  start: onRecord('Job__c', {
    recordTriggerType: 'Create',
    connector: to('Which'),
    scheduledPaths: {
      name: 'Later',
      label: 'Later',
      connector: to('Write'),
      offsetNumber: 2,
      offsetUnit: 'Hours',
      recordField: 'Due__c',
      timeSource: 'RecordField',
    },
  }),
  decisions: {
    name: 'Which',
    label: 'Which',
    defaultConnectorLabel: 'Other',
    rules: {
      name: 'Bad',
      label: 'Bad',
      conditionLogic: 'and',
      conditions: when('$Record.Name', 'EqualTo', text('bad')),
      connector: to('Break'),
    },
  },
  actionCalls: {
    name: 'Break',
    label: 'Break',
    actionName: 'Breaking',
    actionType: 'apex',
    flowTransactionModel: 'CurrentTransaction',
    inputParameters: { name: 'names', value: ref('$Record.Name') },
    faultConnector: to('Write'),
  },
  recordCreates: {
    name: 'Write',
    label: 'Write',
    object: 'Log__c',
    inputAssignments: field('Text__c', text('{!$Flow.FaultMessage}')),
  },
});

describe('flows in debug logs', () => {
  // PLATFORM 4: FLOW_* lines of the category Workflow.
  it('say what an interview does, and which fault it took', () => {
    const seen: TraceEvent[] = [];
    const built = createEngine({
      components: [
        object('Job__c', { Due: DATE_TIME }),
        object('Log__c', { Text: LONG_TEXT }),
        FLOW,
        apex(
          `public class Breaking { @InvocableMethod public static void run(List<String> names) { Integer broken = 1 / 0; } }`,
        ),
      ],
      flows: flowEngine,
      traces: {
        begin: () => ({
          wants: (category) => category === 'Workflow',
          note: (event) => seen.push(event),
          code: undefined,
          end: () => undefined,
        }),
      },
    });
    if (!built.ok) throw new Error(built.errors.map(({ message }) => message).join('\n'));
    runAnonymous(
      built.engine,
      `insert new Job__c(Name = 'bad', Due__c = Datetime.newInstanceGmt(2030, 1, 1, 0, 0, 0));`,
    );
    const guid = /[0-9a-f-]{30,}/g;
    const lines = seen
      .filter(({ event }) => event.startsWith('FLOW_'))
      .map(({ event, parts }) =>
        [event, ...parts]
          .join('|')
          .replace(guid, 'GUID')
          .replace(/a0\w{16}/g, 'ID'),
      );
    const fault = 'An Apex error occurred: System.MathException: Divide by 0';
    expect(lines).to.deep.equal([
      'FLOW_SCHEDULED_PATH_QUEUED|Later|ID|ID|2|Hours|2030-01-01T02:00:00.000Z',
      'FLOW_START_INTERVIEWS_BEGIN|1',
      'FLOW_START_INTERVIEW_BEGIN|GUID|Logging',
      'FLOW_ELEMENT_BEGIN|GUID|FlowDecision|Which',
      'FLOW_RULE_DETAIL|GUID|Bad|true',
      'FLOW_ELEMENT_END|GUID|FlowDecision|Which',
      'FLOW_ELEMENT_BEGIN|GUID|FlowActionCall|Break',
      'FLOW_BULK_ELEMENT_BEGIN|FlowActionCall|Break',
      `FLOW_ACTIONCALL_DETAIL|GUID|Break|Apex|Breaking|false|${fault}`,
      'FLOW_BULK_ELEMENT_END|FlowActionCall|Break|1|0',
      `FLOW_ELEMENT_FAULT|${fault}|FlowActionCall|Break`,
      'FLOW_ELEMENT_END|GUID|FlowActionCall|Break',
      'FLOW_ELEMENT_BEGIN|GUID|FlowRecordCreate|Write',
      'FLOW_BULK_ELEMENT_BEGIN|FlowRecordCreate|Write',
      'FLOW_BULK_ELEMENT_END|FlowRecordCreate|Write|1|0',
      'FLOW_ELEMENT_END|GUID|FlowRecordCreate|Write',
      'FLOW_START_INTERVIEW_END|GUID|Logging',
      'FLOW_START_INTERVIEWS_END|1',
    ]);
  });
});
