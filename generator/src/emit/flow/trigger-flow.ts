import type { Flow, FlowDecision, FlowStart } from '@salesforce/types/metadata';
import type { GeneratedFile, Integration, RecordTrigger, TriggerEvent } from '../../model/index.js';
import { metadataFile, type FilePlace } from '../metadata-file.js';
import { clip } from '../text.js';
import type { Source } from '../xml/index.js';
import { activeFlow, apexAction, flag, literal, position, reference, START_POSITION, to } from './elements.js';
import { entryOf } from './entry.js';
import { FAULT_ENTRY, faultPath } from './fault-path.js';

const LABEL_LIMIT = 80;
const CHANGE_DECISION = 'Relevant_Change';

const EVENTS: { readonly [Event in TriggerEvent]: NonNullable<FlowStart['recordTriggerType']> } = {
  create: 'Create',
  update: 'Update',
  createOrUpdate: 'CreateAndUpdate',
};

const DELIVERIES = {
  queued: {
    action: 'Enqueue_Delivery',
    label: 'Enqueue Delivery',
    apexClass: 'CalloutEnqueue',
    description:
      'Writes one row to the outbox in the transaction of the change. The callout follows after the commit, as the integration user.',
    // One insert belongs to the change: committed with it, rolled back with it.
    transaction: 'CurrentTransaction',
    flow: 'Puts each relevant change into the callout queue. If that fails, the fault path writes the row itself; if that fails too, the save fails: no change is lost.',
  },
  immediate: {
    action: 'Send_Now',
    label: 'Send Now',
    apexClass: 'CalloutImmediate',
    description: 'Calls the external system after the commit. A failed call puts itself into the callout queue.',
    transaction: 'Automatic',
    flow: 'Sends each relevant change on the asynchronous path, after the commit. If the action fails, the fault path puts the change into the callout queue.',
  },
} as const;

/** The record-triggered flow of an integration (PLATFORM 2.2 to 2.5). */
export function emitTriggerFlow(integration: Integration, trigger: RecordTrigger, place: FilePlace): GeneratedFile {
  return metadataFile(place, `flows/${trigger.flowName}.flow-meta.xml`, 'Flow', triggerFlow(integration, trigger));
}

function triggerFlow(integration: Integration, trigger: RecordTrigger): Source<Flow> {
  const { apiName } = integration;
  const delivery = DELIVERIES[trigger.delivery];
  const entry = entryOf(integration, trigger);
  const actionRow = entry.decidesOnChange ? 2 : 1;
  const fault = faultPath(apiName, actionRow + 1);
  const first = to(entry.decidesOnChange ? CHANGE_DECISION : delivery.action);
  return activeFlow(trigger.flowName, {
    actionCalls: [
      apexAction({
        name: delivery.action,
        label: delivery.label,
        description: delivery.description,
        row: actionRow,
        apexClass: delivery.apexClass,
        inputs: { integration: literal(apiName), recordId: reference('$Record.Id') },
        transaction: delivery.transaction,
        faultConnector: to(FAULT_ENTRY),
      }),
    ],
    decisions: [...(entry.decidesOnChange ? [changeDecision(trigger, delivery.action)] : []), ...fault.decisions],
    description: delivery.flow,
    label: flowLabel(integration, trigger),
    recordCreates: fault.recordCreates,
    start: {
      ...START_POSITION,
      ...entry.start,
      object: trigger.object,
      recordTriggerType: EVENTS[trigger.event],
      triggerType: 'RecordAfterSave',
      ...(trigger.delivery === 'queued'
        ? { connector: first }
        : // An asynchronous path holds nothing but its connector and its type (PLATFORM 2.2).
          { scheduledPaths: [{ connector: first, pathType: 'AsyncAfterCommit' }] }),
    },
  });
}

/** `Account sync: changes of Account`; a long label gives way to the object's name. */
function flowLabel({ label }: Integration, { object }: RecordTrigger): string {
  const tail = `: changes of ${object}`;
  return `${clip(label, LABEL_LIMIT - tail.length)}${tail}`;
}

/** New records, and those in which one of the fields changed. `$Record__Prior` is empty for a new record. */
function changeDecision(trigger: RecordTrigger, action: string): Source<FlowDecision> {
  return {
    description: 'A new record is sent in any case, an existing one when a field that the receiver needs has changed.',
    name: CHANGE_DECISION,
    label: 'Relevant Change?',
    ...position(1),
    defaultConnectorLabel: 'Nothing Relevant',
    rules: [
      {
        name: 'New_or_Changed',
        conditionLogic: 'or',
        conditions: [
          { leftValueReference: '$Record__Prior', operator: 'IsNull', rightValue: flag(true) },
          ...trigger.changedFields.map((field) => ({
            leftValueReference: `$Record.${field}`,
            operator: 'IsChanged' as const,
            rightValue: flag(true),
          })),
        ],
        connector: to(action),
        label: 'New or Changed',
      },
    ],
  };
}
