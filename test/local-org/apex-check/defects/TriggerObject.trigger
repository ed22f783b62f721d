trigger TriggerObject on Acount(before insert) { // error: Invalid type: Acount
}
