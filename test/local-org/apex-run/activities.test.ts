import { expect } from 'chai';
import { field, object } from './metadata.js';
import { run } from './run.js';

describe('Activities', () => {
  const activity = object('Activity', field('Plan__c', 'Text', '<length>20</length>'));

  it('have the custom fields that are declared on Activity, tasks and events both', () => {
    const lines = run(
      `insert new Task(Subject = 'Call', Plan__c = 'A');
       insert new Event(Subject = 'Meet', Plan__c = 'B', DurationInMinutes = 10, ActivityDateTime = System.now());
       System.debug([SELECT Plan__c FROM Task].Plan__c + [SELECT Plan__c FROM Event].Plan__c);
       System.debug(Schema.SObjectType.Task.fields.Plan__c.getLength());`,
      activity,
    );
    expect(lines).to.deep.equal(['AB', '20']);
  });

  it('keep what metadata of the task itself adds', () => {
    const task = object('Task', `${field('Own__c', 'Text', '<length>5</length>')}`);
    expect(run(`System.debug(new Task(Own__c = 'x', Plan__c = 'y').Own__c);`, task, activity)).to.deep.equal(['x']);
  });
});

describe('Feeds', () => {
  it('keep who is said to have posted', () => {
    const lines = run(
      `Profile profile = [SELECT Id FROM Profile WHERE Name = 'Standard User'];
       User author = new User(LastName = 'A', Alias = 'a', Username = 'author@feeds.example', Email = 'a@feeds.example', ProfileId = profile.Id,
         TimeZoneSidKey = 'GMT', LocaleSidKey = 'en_US', LanguageLocaleKey = 'en_US', EmailEncodingKey = 'UTF-8');
       insert author;
       insert new FeedItem(ParentId = UserInfo.getUserId(), Body = 'Hello', CreatedById = author.Id);
       System.debug([SELECT CreatedById FROM FeedItem].CreatedById == author.Id);`,
    );
    expect(lines).to.deep.equal(['true']);
  });
});
