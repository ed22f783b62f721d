import type { OrgEvent } from './events.js';

/** How the log calls a kind of transaction, in the words of people. */
const REASONS: Readonly<Record<string, string>> = {
  ANONYMOUS: 'anonymous Apex',
  BATCH_APEX: 'batch',
  FINALIZER: 'finalizer',
  FUTURE: 'future method',
  INVOCABLE_ACTION: 'action',
  PLATFORM_EVENT_PUBLISH_CALLBACK: 'event trigger',
  QUEUEABLE: 'queueable',
  REST: 'API request',
  RUNTEST_SYNC: 'test',
  SCHEDULED: 'scheduled job',
};

/** One line for one event: time, what, who, how it ended. */
export function eventLine(event: OrgEvent): string {
  const time = event.at.slice(11, 23);
  if (event.kind === 'note') return `${time}  ${event.event.toLowerCase().replaceAll('_', ' ')}  ${event.text}`;
  const { quiddity, user, milliseconds, callouts, error } = event;
  const calls = callouts === 0 ? '' : `, ${callouts} ${callouts === 1 ? 'callout' : 'callouts'}`;
  const reason = REASONS[quiddity] ?? quiddity.toLowerCase().replaceAll('_', ' ');
  return `${time}  ${error === undefined ? '✔' : '✖'} ${reason} as ${user}  ${milliseconds} ms${calls}${error === undefined ? '' : `  ${error}`}`;
}
