import type { Row } from './row.js';

const SYNC = 'flows/Order_Sync.flow';
const ASK = 'flows/Ask.flow';
const CHILD = 'flows/Child.flow';
const PING = 'flows/On_Ping.flow';
const BEFORE = 'flows/Before.flow';

const integrity = (message: string): string => `field integrity exception: unknown (${message})`;
const invalid = (reference: string): string => integrity(`The element has an invalid reference to "${reference}".`);
const UNKNOWN_ACTION = "We can't find an action with the name and action type that you specified.";

/** Mistakes in what flows name, compute and call. */
export const flowValueRows: readonly Row[] = [
  {
    rule: 'flow-references-resolve',
    file: SYNC,
    from: '<elementReference>limit5<',
    to: '<elementReference>limit6<',
    problems: [
      {
        at: 'GreaterThan</operator>\n                <rightValue>\n                    <elementReference>',
        message: invalid('limit6'),
      },
    ],
  },
  {
    rule: 'flow-references-resolve',
    file: SYNC,
    from: '<elementReference>$Flow.FaultMessage<',
    to: '<elementReference>$Flow.Fault<',
    problems: [
      {
        at: '<field>Key__c</field>\n            <value>\n                <elementReference>',
        message: invalid('$Flow.Fault'),
      },
    ],
  },
  {
    rule: 'flow-references-resolve',
    file: ASK,
    from: '{!Call.message}',
    to: '{!Call.mesage}',
    problems: [{ at: '<fieldText>', message: invalid('Call.mesage') }],
  },
  {
    rule: 'flow-prior-record-needs-update',
    file: SYNC,
    from: '<recordTriggerType>CreateAndUpdate<',
    to: '<recordTriggerType>Create<',
    problems: [
      {
        at: 'NotEqualTo</operator>\n                <rightValue>\n                    <elementReference>',
        message: integrity("$Record__Prior can't be used in a flow that runs only when a record is created."),
      },
    ],
  },
  {
    rule: 'flow-automatic-output-alone',
    file: SYNC,
    from: '        <outputParameters>',
    to: '        <storeOutputAutomatically>true</storeOutputAutomatically>\n        <outputParameters>',
    problems: [
      {
        at: '<outputParameters>',
        message: integrity(
          "You can't use the outputParameters field with the storeOutputAutomatically field. Remove the value for the outputParameters field and try again.",
        ),
      },
    ],
  },
  {
    rule: 'flow-variable-types',
    file: CHILD,
    from: '        <objectType>Order__c</objectType>\n',
    to: '',
    problems: [{ at: '<variables>', message: 'Required field is missing: objectType' }],
  },
  {
    rule: 'flow-assigns-to-variables',
    file: SYNC,
    from: '<assignmentItems>\n            <assignToReference>answer<',
    to: '<assignmentItems>\n            <assignToReference>limit5<',
    problems: [
      {
        at: '<assignmentItems>\n            <assignToReference>',
        message: integrity("limit5 (constants) - A value can't be assigned to limit5."),
      },
    ],
  },
  {
    rule: 'flow-formulas',
    file: SYNC,
    from: 'IF(ISBLANK(',
    to: 'IF(IS_BLANK(',
    problems: [
      {
        at: '<expression>',
        message: integrity('The formula expression is invalid: Error: Unknown function IS_BLANK. Check spelling.'),
      },
    ],
  },
  {
    rule: 'flow-formulas',
    file: SYNC,
    from: 'IF(ISBLANK(',
    to: 'IF(ISCLONE() || ISBLANK(',
    problems: [{ at: '<expression>', message: 'The formula function ISCLONE is not supported by the local org' }],
  },
  {
    rule: 'flow-condition-logic',
    file: SYNC,
    from: '1 AND (2 OR 3)',
    to: '1 AND (2 OR 4)',
    problems: [
      {
        at: '<conditionLogic>',
        message: integrity('The condition logic "1 AND (2 OR 4)" is not valid: there is no condition 4.'),
      },
    ],
  },
  {
    rule: 'flow-condition-logic',
    file: SYNC,
    from: '1 AND (2 OR 3)',
    to: '1 AND 2',
    problems: [
      {
        at: '<conditionLogic>',
        severity: 'Warning',
        message: 'The condition logic "1 AND 2" never uses condition 3.',
      },
    ],
  },
  {
    rule: 'flow-filters-or-formula',
    file: SYNC,
    from: '        <filterLogic>and</filterLogic>',
    to: '        <filterFormula>{!$Record.Active__c}</filterFormula>\n        <filterLogic>and</filterLogic>',
    problems: [
      { at: '<filterFormula>', message: integrity("You can't use the filterFormula field with the filters field.") },
    ],
  },
  {
    rule: 'flow-action-is-invocable',
    file: PING,
    from: '<actionName>emailSimple</actionName>\n        <actionType>emailSimple<',
    to: '<actionName>Helper</actionName>\n        <actionType>apex<',
    problems: [{ at: '<actionName>', message: `Notify (Action) - ${UNKNOWN_ACTION}` }],
  },
  {
    rule: 'flow-action-is-operation',
    file: PING,
    from: 'Pings.Answer Ping',
    to: 'Pings.Drop Ping',
    problems: [
      { at: '<locationY>384</locationY>\n        <actionName>', message: `Answer (Action) - ${UNKNOWN_ACTION}` },
    ],
  },
  {
    rule: 'flow-action-required-inputs',
    file: PING,
    from: '<name>source<',
    to: '<name>mark<',
    problems: [
      {
        at: '<locationY>384</locationY>\n        <actionName>',
        message: integrity('Answer (Action) - Missing required input parameter: source'),
      },
    ],
  },
  {
    rule: 'references-exist',
    file: PING,
    from: 'Pings.Answer Ping',
    to: 'Pongs.Answer Ping',
    problems: [
      { at: '<locationY>384</locationY>\n        <actionName>', message: `Answer (Action) - ${UNKNOWN_ACTION}` },
    ],
  },
  {
    rule: 'flow-action-parameters-exist',
    file: ASK,
    from: '<inputParameters>\n            <name>recordId</name>',
    to: `<inputParameters>
            <name>recordId</name>
            <value>
                <stringValue>x</stringValue>
            </value>
        </inputParameters>
        <inputParameters>
            <name>recordid2</name>`,
    problems: [
      {
        at: '</inputParameters>\n        <inputParameters>\n            <name>',
        message: integrity('Call (Action) - The input parameter "recordid2" doesn\'t exist.'),
      },
    ],
  },
  {
    rule: 'flow-action-required-inputs',
    file: SYNC,
    from: '<name>recordId</name>',
    to: '<name>note</name>',
    problems: [
      { at: '<actionName>', message: integrity('Enqueue (Action) - Missing required input parameter: recordId') },
    ],
  },
  {
    rule: 'flow-subflow-parameters-exist',
    file: ASK,
    from: '<name>orderId<',
    to: '<name>order<',
    problems: [
      {
        at: '<inputAssignments>\n            <name>',
        message: integrity('Run_Child (Subflow) - The input variable "order" doesn\'t exist.'),
      },
    ],
  },
  {
    rule: 'flow-no-callout-in-the-save',
    file: SYNC,
    from: '<connector>\n            <targetReference>Enqueue<',
    to: '<connector>\n            <targetReference>Call_Later<',
    problems: [
      {
        at: '</actionCalls>\n    <actionCalls>',
        severity: 'Warning',
        message:
          'Call_Later (Action) makes a callout in the transaction of the save, where callouts are not supported. Use an asynchronous or scheduled path.',
      },
      {
        at: '<isGoTo>true</isGoTo>\n            <targetReference>Log_Fault</targetReference>\n        </faultConnector>\n        <flowTransactionModel>',
        message: integrity(
          'Call_Later (Action) - NewTransaction can be used only on asynchronous and scheduled paths of a record-triggered flow.',
        ),
      },
    ],
  },
  {
    rule: 'flow-no-new-transaction-in-the-save',
    file: SYNC,
    from: '<flowTransactionModel>CurrentTransaction<',
    to: '<flowTransactionModel>NewTransaction<',
    problems: [
      {
        at: '<flowTransactionModel>',
        message: integrity(
          'Enqueue (Action) - NewTransaction can be used only on asynchronous and scheduled paths of a record-triggered flow.',
        ),
      },
    ],
  },
  {
    rule: 'references-exist',
    file: SYNC,
    from: '<actionName>Send<',
    to: '<actionName>Sned<',
    problems: [{ at: '<actionName>', message: `Enqueue (Action) - ${UNKNOWN_ACTION}` }],
  },
  {
    rule: 'references-exist',
    file: SYNC,
    from: '<field>Active__c<',
    to: '<field>Aktive__c<',
    problems: [
      {
        at: '<filters>\n            <field>',
        message: integrity('The field "Aktive__c" for the object "Order__c" doesn\'t exist.'),
      },
    ],
  },
  {
    rule: 'references-exist',
    file: BEFORE,
    from: '<object>Order__c<',
    to: '<object>Ordre__c<',
    problems: [{ at: '<object>', message: integrity('The object "Ordre__c" doesn\'t exist.') }],
  },
  {
    rule: 'references-exist',
    file: SYNC,
    from: '$Record__Prior.Account__r.Name',
    to: '$Record__Prior.Account__r.Nam',
    problems: [
      {
        at: 'NotEqualTo</operator>\n                <rightValue>\n                    <elementReference>',
        message: invalid('$Record__Prior.Account__r.Nam'),
      },
    ],
  },
  {
    rule: 'references-exist',
    file: ASK,
    from: '$Label.Greeting',
    to: '$Label.Greting',
    problems: [{ at: '<fieldText>', message: 'Field $Label.Greting does not exist. Check spelling.' }],
  },
  {
    rule: 'references-exist',
    file: ASK,
    from: '<flowName>Child<',
    to: '<flowName>Kid<',
    problems: [{ at: '<flowName>', message: 'Run_Child (Subflow) - The flow "Kid" doesn\'t exist.' }],
  },
];
