/**
 * @description Keeps the promise that an edited payload travels under a new idempotency key.
 */
trigger CalloutQueueTrigger on CalloutQueue__c(before update) {
    CalloutQueue.renewKeys(Trigger.new, Trigger.oldMap);
}
