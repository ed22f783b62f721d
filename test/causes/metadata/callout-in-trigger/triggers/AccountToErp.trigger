trigger AccountToErp on Account(after update) {
    for (Account changed : Trigger.new) {
        if (changed.Name != Trigger.oldMap.get(changed.Id).Name) {
            ErpClient.store(changed.Id);
        }
    }
}
