import type { FlowDecision, FlowRecordCreate } from '@salesforce/types/metadata';
import { QUEUE, type Category, type QueueSource, type QueueStatus } from '../objects/index.js';
import type { Source } from '../xml/index.js';
import { assignments, flag, literal, NOW, position, reference, to } from './elements.js';

/** First element of the fault path. */
export const FAULT_ENTRY = 'Session_Expired';

interface Outcome {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly category: Category;
}

const EXPIRED: Outcome = {
  name: 'Queue_After_Expired_Session',
  label: 'Queue After Expired Session',
  description: 'Stores the delivery for another attempt with a fresh session.',
  category: 'Auth Expired',
};

const OTHER: Outcome = {
  name: 'Queue_After_Other_Fault',
  label: 'Queue After Other Fault',
  description: 'Stores the delivery for another attempt.',
  category: 'Transient',
};

/**
 * What a record-triggered flow does when its action fails: it looks for an expired session in the fault message and writes the
 * outbox row itself, either way with record, retry flag, time and message, so that nothing is lost. These elements have no fault path
 * of their own. When not even the row can be written, a save must fail so that the person who saves sees it, and an asynchronous
 * path must fail so that the platform repeats it (PLATFORM 2.3).
 */
export function faultPath(
  apiName: string,
  firstRow: number,
): {
  readonly decisions: readonly Source<FlowDecision>[];
  readonly recordCreates: readonly Source<FlowRecordCreate>[];
} {
  return {
    decisions: [
      {
        description: 'The platform reports an expired session in the text of the fault.',
        name: FAULT_ENTRY,
        label: 'Session Expired?',
        ...position(firstRow, 1),
        defaultConnector: to(OTHER.name),
        defaultConnectorLabel: 'Other Fault',
        rules: [
          {
            name: 'Invalid_Session',
            conditionLogic: 'and',
            conditions: [
              {
                leftValueReference: '$Flow.FaultMessage',
                operator: 'Contains',
                rightValue: literal('INVALID_SESSION'),
              },
            ],
            connector: to(EXPIRED.name),
            label: 'Invalid Session',
          },
        ],
      },
    ],
    recordCreates: [outboxRow(apiName, EXPIRED, firstRow + 1, 1), outboxRow(apiName, OTHER, firstRow + 1, 2)],
  };
}

function outboxRow(apiName: string, outcome: Outcome, row: number, column: number): Source<FlowRecordCreate> {
  const status: QueueStatus = 'Pending';
  const source: QueueSource = 'Fault Path';
  return {
    description: outcome.description,
    name: outcome.name,
    label: outcome.label,
    ...position(row, column),
    inputAssignments: assignments({
      Fault_At__c: NOW,
      Fault_Message__c: reference('$Flow.FaultMessage'),
      Integration__c: literal(apiName),
      Last_Category__c: literal(outcome.category),
      Next_Attempt_At__c: NOW,
      Record_Id__c: reference('$Record.Id'),
      Retry__c: flag(true),
      Source__c: literal(source),
      Status__c: literal(status),
    }),
    object: QUEUE.name,
    storeOutputAutomatically: true,
  };
}
