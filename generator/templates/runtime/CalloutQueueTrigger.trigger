/**
 * @description Keeps what must hold whoever writes a row: its work key says what is left to do, and an edited payload travels under a
 * new idempotency key.
 */
trigger CalloutQueueTrigger on CalloutQueue__c(before insert, before update) {
    CalloutQueue.beforeSave(Trigger.new, Trigger.oldMap);
}
