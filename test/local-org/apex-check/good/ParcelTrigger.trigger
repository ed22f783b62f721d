trigger ParcelTrigger on Parcel__c (before insert, before update, after undelete) {
    List<Id> accounts = new List<Id>();
    for (Parcel__c parcel : Trigger.new) {
        if (Trigger.isUpdate && Trigger.oldMap.get(parcel.Id).Weight__c != parcel.Weight__c) {
            parcel.Weight__c.addError('fixed');
        }
        accounts.add(parcel.Account__c);
    }
    switch on Trigger.operationType {
        when BEFORE_INSERT {
            Records.run(new Set<Id>(accounts), Trigger.new[0].Name);
        }
    }
    Integer count = Trigger.size;
}
