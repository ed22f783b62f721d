trigger TriggerField on Account(before insert) {
    for (Account a : Trigger.new) {
        a.Nmae = 'x'; // error: Variable does not exist: Nmae
    }
}
