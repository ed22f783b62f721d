trigger TriggerVariable on Account(before insert) {
    List<Contact> rows = Trigger.new; // error: Illegal assignment from List<Account> to List<Contact>
}
