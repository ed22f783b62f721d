import {
  ApexList,
  ApexSet,
  currentLine,
  elementsOf,
  PlatformObject,
  type ApexRuntime,
  type LibraryModule,
} from '../runtime/index.js';
import { platform } from '../types/types.js';
import { required } from './arguments.js';

/** What a transaction would have sent; nothing leaves the local org. */
export interface SentMessage {
  readonly kind: 'email' | 'notification';
  readonly to: readonly string[];
  readonly subject: string;
  readonly body: string;
}

const sent = new WeakMap<ApexRuntime, SentMessage[]>();

/** Messages that were recorded, oldest first. */
export function sentMessages(runtime: ApexRuntime): SentMessage[] {
  let messages = sent.get(runtime);
  if (messages === undefined) {
    messages = [];
    sent.set(runtime, messages);
  }
  return messages;
}

/** Records a message when the running transaction commits. Until then a mail is uncommitted work (PLATFORM 3.1). */
export function recordMessage(runtime: ApexRuntime, message: SentMessage): void {
  if (message.kind === 'email') runtime.tx.pendingWork = true;
  runtime.tx.afterCommit.push(() => void sentMessages(runtime).push(message));
}

/** Messaging.SingleEmailMessage and CustomNotification: a bag of what setters stored, by lower-cased property name. */
class MessageObject extends PlatformObject {
  readonly values = new Map<string, unknown>();
  constructor(override readonly typeName: string) {
    super();
  }
  text(name: string): string {
    const value = this.values.get(name);
    return typeof value === 'string' ? value : '';
  }
  list(name: string): readonly string[] {
    const value = this.values.get(name);
    return value instanceof ApexList || value instanceof ApexSet ? elementsOf(value).map(String) : [];
  }
}

const EMAIL_PROPERTIES = [
  'ToAddresses',
  'CcAddresses',
  'BccAddresses',
  'Subject',
  'PlainTextBody',
  'HtmlBody',
  'SenderDisplayName',
  'ReplyTo',
  'TargetObjectId',
  'WhatId',
  'SaveAsActivity',
  'TemplateId',
  'OrgWideEmailAddressId',
  'UseSignature',
  'BccSender',
  'Charset',
  'References',
  'InReplyTo',
  'TreatTargetObjectAsRecipient',
  'OptOutPolicy',
  'EmailPriority',
];
const NOTIFICATION_PROPERTIES = ['Title', 'Body', 'NotificationTypeId', 'SenderId', 'TargetId', 'TargetPageRef'];

function accessors(type: string, properties: readonly string[]): LibraryModule {
  const own = properties.flatMap((property) => [
    [
      `set${property}`,
      (self: MessageObject, value: unknown) => void self.values.set(property.toLowerCase(), value),
    ] as const,
    [`get${property}`, (self: MessageObject) => self.values.get(property.toLowerCase()) ?? null] as const,
  ]);
  return {
    owner: type,
    members: (runtime) => ({
      ...Object.fromEntries(own),
      '<init>': () => new MessageObject(type),
      ...(type.endsWith('Notification')
        ? { send: (self: MessageObject, users: unknown) => notify(runtime, self, users) }
        : {}),
    }),
  };
}

function notify(runtime: ApexRuntime, message: MessageObject, users: unknown): void {
  runtime.tx.afterCommit.push(() => {
    sentMessages(runtime).push({
      kind: 'notification',
      to: elementsOf(required(users)).map(String),
      subject: message.text('title'),
      body: message.text('body'),
    });
  });
}

class SendEmailResult extends PlatformObject {
  override readonly typeName = 'Messaging.SendEmailResult';
}

function noteMail(runtime: ApexRuntime, message: MessageObject): void {
  if (!runtime.traces('ApexCode', 'INFO')) return;
  const text = `replyTo: ${message.text('replyto')}, subject: ${message.text('subject')}, toAddresses: [${message.list('toaddresses').join(', ')}]`;
  runtime.trace({ category: 'ApexCode', level: 'INFO', event: 'EMAIL_QUEUE', line: currentLine(), parts: [text] });
}

/** Mails count, and are recorded when the transaction commits. */
function sendEmail(runtime: ApexRuntime, messages: readonly unknown[]): ApexList {
  const { tx } = runtime;
  tx.limits.count('emailInvocations');
  tx.pendingWork = true;
  for (const message of messages) {
    if (!(message instanceof MessageObject)) continue;
    noteMail(runtime, message);
    tx.afterCommit.push(() => {
      const to = [...message.list('toaddresses'), message.text('targetobjectid')].filter((address) => address !== '');
      sentMessages(runtime).push({
        kind: 'email',
        to,
        subject: message.text('subject'),
        body: message.text('plaintextbody') || message.text('htmlbody'),
      });
    });
  }
  return new ApexList(
    platform('Messaging.SendEmailResult'),
    messages.map(() => new SendEmailResult()),
  );
}

export const messagingModules: readonly LibraryModule[] = [
  accessors('Messaging.SingleEmailMessage', EMAIL_PROPERTIES),
  { ...accessors('Messaging.SingleEmailMessage', EMAIL_PROPERTIES), owner: 'Messaging.Email' },
  accessors('Messaging.CustomNotification', NOTIFICATION_PROPERTIES),
  {
    owner: 'System.Messaging',
    members: (runtime) => ({
      sendEmail: (messages: unknown) => sendEmail(runtime, elementsOf(required(messages))),
      reserveSingleEmailCapacity: () => undefined,
    }),
  },
  {
    owner: 'Messaging.SendEmailResult',
    members: () => ({ isSuccess: () => true, getErrors: () => new ApexList(platform('Messaging.SendEmailError')) }),
  },
];
