trigger TriggerEvent on Moved__e(after insert, after update) { // error: Platform Event SObjects only supports after insert: Moved__e
}
