import { recordMessage, type SentMessage } from '../../apex/library/index.js';
import type { FlowAction } from '../../metadata/index.js';
import { FlowFault } from '../fault.js';
import { operandValue, type Interview } from '../interview/index.js';
import type { FlowOrg } from '../org.js';
import type { BulkCall, FlowRun } from '../run/bulk.js';
import { isCollection, textOfValue, type FlowValue } from '../values/index.js';

type Inputs = ReadonlyMap<string, FlowValue>;

function inputsOf({ interview, element }: BulkCall<FlowAction>): Inputs {
  return new Map(
    element.inputs.map(({ name, value }) => [name.toLowerCase(), operandValue(interview, value)] as const),
  );
}

const textInput = ({ zone }: Interview, inputs: Inputs, name: string): string =>
  textOfValue(inputs.get(name.toLowerCase()) ?? null, zone);

function listInput({ zone }: Interview, inputs: Inputs, name: string): readonly string[] {
  const value = inputs.get(name.toLowerCase()) ?? null;
  return isCollection(value) ? value.map((item) => textOfValue(item, zone)) : [];
}

const addresses = (text: string): readonly string[] =>
  text
    .split(/[,;]/)
    .map((address) => address.trim())
    .filter((address) => address !== '');

function required(text: string, name: string): string {
  if (text === '') throw new FlowFault(`Missing required input parameter: ${name}`);
  return text;
}

/** Users or groups at most that a notification goes to (Salesforce Help: Flow Core Action: Send Custom Notification). */
const MAX_RECIPIENTS = 500;

function notification({ interview }: BulkCall<FlowAction>, inputs: Inputs): SentMessage {
  const { runtime } = interview.org;
  const type = required(textInput(interview, inputs, 'customNotifTypeId'), 'customNotifTypeId');
  if (runtime.data.store.rowOfId(type)?.object.name !== 'CustomNotificationType')
    throw new FlowFault(`The notification type ${type} doesn't exist.`);
  const to = listInput(interview, inputs, 'recipientIds');
  if (to.length === 0) throw new FlowFault('Missing required input parameter: recipientIds');
  if (to.length > MAX_RECIPIENTS) throw new FlowFault(`A notification can have at most ${MAX_RECIPIENTS} recipients.`);
  if (textInput(interview, inputs, 'targetId') === '')
    required(textInput(interview, inputs, 'targetPageRef'), 'targetId');
  return {
    kind: 'notification',
    to,
    subject: textInput(interview, inputs, 'title'),
    body: required(textInput(interview, inputs, 'body'), 'body'),
  };
}

function simpleEmail({ interview }: BulkCall<FlowAction>, inputs: Inputs): SentMessage {
  const to = [
    ...addresses(textInput(interview, inputs, 'emailAddresses')),
    ...listInput(interview, inputs, 'emailAddressesArray'),
    ...addresses(textInput(interview, inputs, 'recipientId')),
  ];
  if (to.length === 0) throw new FlowFault('Missing required input parameter: emailAddresses');
  return {
    kind: 'email',
    to,
    subject: required(textInput(interview, inputs, 'emailSubject'), 'emailSubject'),
    body: textInput(interview, inputs, 'emailBody'),
  };
}

/** An email alert is sent to the people whom its own metadata names; the local org records which alert it was, and for which record. */
function emailAlert({ interview, element }: BulkCall<FlowAction>, inputs: Inputs): SentMessage {
  const record = required(textInput(interview, inputs, 'SObjectRowId'), 'SObjectRowId');
  return { kind: 'email', to: [], subject: element.actionName, body: record };
}

const messageAction = (make: (call: BulkCall<FlowAction>, inputs: Inputs) => SentMessage) =>
  // eslint-disable-next-line require-yield
  function* ({ runtime }: FlowOrg, calls: readonly BulkCall<FlowAction>[]): FlowRun<void> {
    for (const call of calls) {
      call.attempt(() => {
        recordMessage(runtime, make(call, inputsOf(call)));
      });
    }
  };

/** Actions that tell somebody something. Nothing leaves the local org: messages are recorded when the transaction commits. */
export const runCustomNotification = messageAction(notification);
export const runSimpleEmail = messageAction(simpleEmail);
export const runEmailAlert = messageAction(emailAlert);
