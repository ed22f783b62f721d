trigger TriggerObject on Acount(before insert) { // error: Invalid type: Schema.Acount
}
