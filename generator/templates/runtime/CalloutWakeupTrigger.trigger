/**
 * @description Runs as the integration user: starts what is due.
 */
trigger CalloutWakeupTrigger on CalloutWakeup__e(after insert) {
    new CalloutWakeupHandler().handle(Trigger.new);
}
