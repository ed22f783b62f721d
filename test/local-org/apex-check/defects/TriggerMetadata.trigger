trigger TriggerMetadata on Limit__mdt(after insert) { // error: SObject type does not allow triggers: Limit__mdt
}
