trigger TriggerEvent on Moved__e(after insert, after update) { // error: SObject type does not allow triggers on after update: Moved__e
}
