import type { PackageFiles } from '../../local-org/support/packages.js';
import { files, OBJECT } from '../../local-org/live/kit.js';

/** Where a transaction of the runtime can be made to die. */
export type FaultPoint =
  | 'before the callouts'
  | 'after 2 callouts'
  | 'after the callouts'
  | 'finalizer'
  | 'wakeup'
  | 'retryable wakeup'
  | 'claim'
  | 'settlement';

/** Rows of it, named after points, make transactions die there until they are deleted. */
export const FAULT = 'CalloutFault__c';

// A LimitException cannot be caught (Apex Developer Guide: Built-In Exceptions), so nothing in the runtime can deal with it.
const FAULT_CLASS = `public without sharing class CalloutFault {
  public static Boolean isPlanned(String point) {
    return [SELECT COUNT() FROM CalloutFault__c WHERE Name = :point WITH SYSTEM_MODE] > 0;
  }
  public static void at(String point) {
    Boolean dies = isPlanned(point);
    while (dies) {
      dies = isPlanned(point);
    }
  }
}`;

const QUEUE_TRIGGER = `trigger CalloutQueueFault on CalloutQueue__c (before update) {
  if (Trigger.new[0].Status__c == 'In Flight') {
    CalloutFault.at('claim');
  }
  if (Trigger.new[0].Status__c == 'Succeeded') {
    CalloutFault.at('settlement');
  }
}`;

/** Code of the runtime and what it becomes. Only calls that do nothing without a planned fault are added. */
const CHANGES: Readonly<Record<string, readonly (readonly [before: string, after: string])[]>> = {
  'classes/CalloutDispatcher.cls': [
    [
      'Map<Id, CalloutResult> results = send(policy, handler);',
      "CalloutFault.at('before the callouts'); Map<Id, CalloutResult> results = send(policy, handler); CalloutFault.at('after the callouts');",
    ],
    [
      'CalloutQueue__c row = rows[at];',
      "CalloutFault.at('after ' + at + ' callouts'); CalloutQueue__c row = rows[at];",
    ],
  ],
  'classes/CalloutFinalizer.cls': [
    [
      "CalloutLog.error('CalloutFinalizer.recover'",
      "CalloutFault.at('finalizer'); CalloutLog.error('CalloutFinalizer.recover'",
    ],
  ],
  'triggers/CalloutWakeupTrigger.trigger': [
    [
      'new CalloutWakeupHandler()',
      "CalloutFault.at('wakeup'); if (CalloutFault.isPlanned('retryable wakeup') && EventBus.TriggerContext.currentContext().retries < 3) { throw new EventBus.RetryableException('planned'); } new CalloutWakeupHandler()",
    ],
  ],
};

/** Components that are deployed on top of the runtime so that it can be made to die. */
export function faultPackage(runtime: PackageFiles): PackageFiles {
  const sourceOf = (path: string): string => changed(path, runtime[path]);
  return files({
    objects: { [FAULT]: OBJECT },
    classes: {
      CalloutFault: FAULT_CLASS,
      CalloutDispatcher: sourceOf('classes/CalloutDispatcher.cls'),
      CalloutFinalizer: sourceOf('classes/CalloutFinalizer.cls'),
    },
    triggers: {
      CalloutQueueFault: QUEUE_TRIGGER,
      CalloutWakeupTrigger: sourceOf('triggers/CalloutWakeupTrigger.trigger'),
    },
  });
}

function changed(path: string, source = ''): string {
  return (CHANGES[path] ?? []).reduce((text, [before, after]) => {
    if (text.split(before).length !== 2) throw new Error(`${path} does not hold once: ${before}`);
    return text.replace(before, () => after);
  }, source);
}
