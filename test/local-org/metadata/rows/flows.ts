import type { Row } from './row.js';

const SYNC = 'flows/Order_Sync.flow';
const ASK = 'flows/Ask.flow';
const CHILD = 'flows/Child.flow';
const NIGHTLY = 'flows/Nightly.flow';
const PING = 'flows/On_Ping.flow';
const BEFORE = 'flows/Before.flow';

const integrity = (message: string): string => `field integrity exception: unknown (${message})`;
const invalid = (reference: string): string => integrity(`The element has an invalid reference to "${reference}".`);
const WHEN_DUE = '<name>When_Due</name>';

/** An element of a kind that the local org does not run. */
const node = (kind: string, name: string, rest = ''): string => `    <${kind}>
        <name>${name}</name>
        <label>${name}</label>
        <locationX>0</locationX>
        <locationY>0</locationY>
${rest}    </${kind}>
`;

/** Mistakes in how flows start, wait and lead from one element to the next. */
export const flowRows: readonly Row[] = [
  {
    rule: 'flow-connectors-lead-somewhere',
    file: SYNC,
    from: '<targetReference>Was_Queued<',
    to: '<targetReference>Wes_Queued<',
    problems: [{ at: '<connector>\n            <targetReference>', message: invalid('Wes_Queued') }],
  },
  {
    rule: 'flow-names-unique',
    file: SYNC,
    from: '<name>Remember<',
    to: '<name>enqueue<',
    problems: [
      {
        at: '<assignments>\n        <name>',
        message: integrity('The name "enqueue" is used more than once in the flow.'),
      },
      {
        at: '</rightValue>\n            </conditions>\n            <connector>\n                <targetReference>',
        message: invalid('Remember'),
      },
    ],
  },
  {
    rule: 'flow-start-connected',
    file: CHILD,
    from: `        <connector>
            <targetReference>Close</targetReference>
        </connector>
`,
    to: '',
    problems: [
      { at: '<start>', message: integrity("The flow can't run because nothing is connected to the Start element.") },
    ],
  },
  {
    rule: 'flow-fault-connector-not-to-itself',
    file: SYNC,
    from: '<faultConnector>\n            <targetReference>Log_Fault<',
    to: '<faultConnector>\n            <targetReference>Enqueue<',
    problems: [
      {
        at: '<faultConnector>\n            <targetReference>',
        message: integrity("Enqueue (Action) - The fault connector can't target its own element."),
      },
    ],
  },
  {
    rule: 'flow-loop-has-collection',
    file: ASK,
    from: '        <collectionReference>Get_Lines</collectionReference>\n',
    to: '',
    problems: [{ at: '<loops>', message: 'Required field is missing: collectionReference' }],
  },
  {
    rule: 'flow-features-supported',
    file: CHILD,
    from: '    <status>',
    to: `${node('waits', 'Wait_A_Day', '        <defaultConnectorLabel>Default</defaultConnectorLabel>\n')}    <status>`,
    problems: [{ at: '<waits>', message: 'The flow element Wait (waits) is not supported by the local org' }],
  },
  {
    rule: 'flow-features-supported',
    file: PING,
    from: '<actionType>emailSimple<',
    to: '<actionType>chatterPost<',
    problems: [
      {
        at: '<actionType>',
        message: 'Notify (Action) - The action type chatterPost is not supported by the local org',
      },
    ],
  },
  {
    rule: 'flow-features-supported',
    file: CHILD,
    from: '<processType>AutoLaunchedFlow<',
    to: '<processType>Orchestrator<',
    problems: [{ at: '<processType>', message: 'The process type Orchestrator is not supported by the local org' }],
  },
  {
    rule: 'flow-screens-need-screen-flow',
    file: ASK,
    from: '<processType>Flow<',
    to: '<processType>AutoLaunchedFlow<',
    problems: [{ at: '<screens>', message: "Flows of type AutoLaunchedFlow can't contain the element Screen." }],
  },
  {
    rule: 'flow-record-trigger-complete',
    file: SYNC,
    from: '        <recordTriggerType>CreateAndUpdate</recordTriggerType>\n',
    to: '',
    problems: [{ at: '<start>', message: 'Required field is missing: recordTriggerType' }],
  },
  {
    rule: 'flow-screen-flow-has-no-trigger',
    file: NIGHTLY,
    from: '<processType>AutoLaunchedFlow<',
    to: '<processType>Flow<',
    problems: [
      { at: '<triggerType>', message: integrity("Flows of type Flow can't have the trigger type Scheduled.") },
    ],
  },
  {
    rule: 'flow-schedule-frequency',
    file: NIGHTLY,
    from: '<frequency>Daily<',
    to: '<frequency>Hourly<',
    problems: [
      {
        at: '<frequency>',
        message: integrity(
          'The frequency Hourly is only for segment-triggered flows. A schedule-triggered flow runs Once, Daily or Weekly.',
        ),
      },
    ],
  },
  {
    rule: 'flow-schedule-start',
    file: NIGHTLY,
    from: '            <startDate>2026-01-01</startDate>\n',
    to: '',
    problems: [{ at: '<schedule>', message: 'Required field is missing: startDate' }],
  },
  {
    rule: 'flow-event-trigger-needs-event',
    file: PING,
    from: '<object>Ping__e</object>',
    to: '<object>Order__c</object>',
    problems: [
      { at: '<object>', message: integrity('The object "Order__c" isn\'t a platform event.') },
      { at: '<elementReference>', message: invalid('$Record.Source__c') },
    ],
  },
  {
    rule: 'flow-before-save-elements',
    file: SYNC,
    from: '<triggerType>RecordAfterSave<',
    to: '<triggerType>RecordBeforeSave<',
    problems: [
      {
        at: '<actionCalls>',
        message: integrity("Flows with the trigger type RecordBeforeSave can't contain the element Enqueue."),
      },
      {
        at: '</actionCalls>\n    <actionCalls>',
        message: integrity("Flows with the trigger type RecordBeforeSave can't contain the element Call_Later."),
      },
      {
        at: '<recordCreates>',
        message: integrity("Flows with the trigger type RecordBeforeSave can't contain the element Log_Fault."),
      },
      {
        at: '<scheduledPaths>',
        message: integrity("Flows with the trigger type RecordBeforeSave can't have scheduled paths."),
      },
    ],
  },
  {
    rule: 'scheduled-paths-after-save-only',
    file: BEFORE,
    from: '        <triggerType>',
    to: `        <scheduledPaths>
            <pathType>AsyncAfterCommit</pathType>
        </scheduledPaths>
        <triggerType>`,
    problems: [
      {
        at: '<scheduledPaths>',
        message: integrity("Flows with the trigger type RecordBeforeSave can't have scheduled paths."),
      },
    ],
  },
  {
    rule: 'async-path-has-only-connector',
    file: SYNC,
    from: '            <pathType>AsyncAfterCommit',
    to: '<!-- now -->            <label>Later</label>\n            <maxBatchSize>10</maxBatchSize>\n            <pathType>AsyncAfterCommit',
    problems: [
      {
        at: '<!-- now -->            <label>',
        message: integrity("Scheduled paths of type AsyncAfterCommit can't have the field Label."),
      },
      {
        at: 'Later</label>\n            <maxBatchSize>',
        message: integrity("Scheduled paths of type AsyncAfterCommit can't have the field MaxBatchSize."),
      },
    ],
  },
  {
    rule: 'scheduled-path-complete',
    file: SYNC,
    from: '            <offsetUnit>Minutes</offsetUnit>\n',
    to: '',
    problems: [{ at: '<scheduledPaths>', message: 'Required field is missing: offsetUnit' }],
  },
  {
    rule: 'scheduled-path-record-field',
    file: SYNC,
    from: '            <recordField>Due_At__c</recordField>\n',
    to: '',
    problems: [{ at: '<scheduledPaths>', message: 'Required field is missing: recordField' }],
  },
  {
    rule: 'scheduled-path-field-is-date',
    file: SYNC,
    from: '<recordField>Due_At__c<',
    to: '<recordField>Amount__c<',
    problems: [{ at: '<recordField>', message: integrity('The field "Amount__c" isn\'t a date or date/time field.') }],
  },
  {
    rule: 'scheduled-path-batch-size',
    file: SYNC,
    from: '<maxBatchSize>1<',
    to: '<maxBatchSize>201<',
    problems: [{ at: '<maxBatchSize>', message: integrity('maxBatchSize must be between 1 and 200, but is 201.') }],
  },
  {
    rule: 'scheduled-path-names-unique',
    file: SYNC,
    from: '        <scheduledPaths>\n            <connector>',
    to: `        <scheduledPaths>\n            ${WHEN_DUE}\n            <connector>`,
    problems: [
      {
        at: '</scheduledPaths>\n        <scheduledPaths>\n            <name>',
        message: integrity('The name "When_Due" is used more than once in the flow.'),
      },
    ],
  },
  {
    rule: 'scheduled-path-needs-change-to-meet-criteria',
    file: SYNC,
    from: '<doesRequireRecordChangedToMeetCriteria>true<',
    to: '<doesRequireRecordChangedToMeetCriteria>false<',
    problems: [
      {
        at: '<scheduledPaths>',
        severity: 'Warning',
        message:
          'A flow with entry conditions and a scheduled path should set doesRequireRecordChangedToMeetCriteria to true.',
      },
    ],
  },
];
