import { expect } from 'chai';

import { runComponentTests } from '../../../local-org/src/apex/test-runner/index.js';
import type { Component } from '../../../local-org/src/model/index.js';
import { apex, run } from './run.js';

/** A custom object from the XML inside its root element. */
const object = (fullName: string, inner: string): Component => ({
  type: 'CustomObject',
  fullName,
  fileName: `${fullName}.object`,
  content: `<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata"><label>X</label>${inner}</CustomObject>`,
  metaXml: undefined,
});

const EVENT: Component = {
  type: 'CustomObject',
  fullName: 'Ping__e',
  fileName: 'objects/Ping__e.object',
  metaXml: undefined,
  content:
    '<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata"><deploymentStatus>Deployed</deploymentStatus><eventType>HighVolume</eventType><label>Ping</label><pluralLabel>Pings</pluralLabel><publishBehavior>PublishAfterCommit</publishBehavior><fields><fullName>Text__c</fullName><label>Text</label><length>40</length><type>Text</type></fields></CustomObject>',
};

async function outcomes(source: string, ...more: readonly Component[]): Promise<Readonly<Record<string, string>>> {
  const result = await runComponentTests([apex(source), ...more], {});
  if (result.compileErrors.length > 0)
    throw new Error(result.compileErrors.map((error) => `${error.line}: ${error.message}`).join('\n'));
  return Object.fromEntries(
    result.tests.map((test) => [test.methodName, test.outcome === 'pass' ? 'pass' : (test.message ?? '')]),
  );
}

describe('the platform around Apex', () => {
  it('runs triggers with context variables in batches of 200, and rolls back on an uncaught exception', () => {
    const trigger =
      "trigger Mark on Account (before insert, after update) { if (Trigger.isBefore) { for (Account a : Trigger.new) a.Site = 'S' + Trigger.size; } else { for (Account a : Trigger.new) if (a.Name != Trigger.oldMap.get(a.Id).Name) a.addError('no renaming'); } }";
    const shown = run(
      `List<Account> rows = new List<Account>(); for (Integer i = 0; i < 250; i++) rows.add(new Account(Name = 'A' + i)); insert rows;
      System.debug([SELECT COUNT() FROM Account WHERE Site = 'S200'] + ' ' + [SELECT COUNT() FROM Account WHERE Site = 'S50']);
      rows[0].Name = 'other';
      try { update rows[0]; } catch (DmlException e) { System.debug(e.getDmlMessage(0) + '|' + e.getDmlStatusCode(0)); }
      Savepoint sp = Database.setSavepoint(); delete rows; Database.rollback(sp); System.debug([SELECT COUNT() FROM Account]);
      Database.SaveResult[] results = Database.insert(new List<Account>{new Account(), new Account(Name = 'ok')}, false);
      System.debug(results[0].isSuccess() + ' ' + results[0].getErrors()[0].getStatusCode() + ' ' + results[1].isSuccess());`,
      trigger,
    );
    expect(shown).to.deep.equal([
      '200 50',
      'no renaming|FIELD_CUSTOM_VALIDATION_EXCEPTION',
      '250',
      'false REQUIRED_FIELD_MISSING true',
    ]);
  });

  it('isolates tests: setup data for each method, nothing left over, fresh statics', async () => {
    const result = await outcomes(`@IsTest private class IsolationTest {
      static Integer calls = 0;
      @TestSetup static void setup() { insert new Account(Name = 'seed'); }
      @IsTest static void first() { calls++; insert new Account(Name = 'more'); Assert.areEqual(2, [SELECT COUNT() FROM Account]); Assert.areEqual(1, calls); }
      @IsTest static void second() { calls++; Assert.areEqual(1, [SELECT COUNT() FROM Account]); Assert.areEqual(1, calls); }
    }`);
    expect(result).to.deep.equal({ first: 'pass', second: 'pass' });
  });

  it('runs queueables, futures and finalizers at stopTest, with fresh limits in between', async () => {
    const result = await outcomes(`@IsTest private class AsyncTest {
      public class Job implements Queueable { public String name; public Job(String name) { this.name = name; } public void execute(QueueableContext c) { System.attachFinalizer(new Cleaner()); insert new Account(Name = name); } }
      public class Cleaner implements Finalizer { public void execute(FinalizerContext c) { insert new Account(Name = 'finalized ' + c.getResult()); } }
      @IsTest static void runs() {
        for (Integer i = 0; i < 60; i++) { List<Account> a = [SELECT Id FROM Account]; }
        Test.startTest();
        Assert.areEqual(0, Limits.getQueries());
        Job job = new Job('first'); System.enqueueJob(job); job.name = 'changed later';
        Assert.areEqual(0, [SELECT COUNT() FROM Account]);
        Test.stopTest();
        Assert.areEqual(1, [SELECT COUNT() FROM Account WHERE Name = 'first']);
        Assert.areEqual(1, [SELECT COUNT() FROM Account WHERE Name = 'finalized SUCCESS']);
        Assert.areEqual('Completed', [SELECT Status FROM AsyncApexJob].Status);
      }
    }`);
    expect(result).to.deep.equal({ runs: 'pass' });
  });

  it('runs at stopTest what finalizers enqueue, and refuses what queueables of tests enqueue', async () => {
    const result = await outcomes(`@IsTest private class ChainTest {
      public class Link implements Queueable, Finalizer {
        public Integer more; public Boolean early; public Link(Integer more, Boolean early) { this.more = more; this.early = early; }
        public void execute(QueueableContext c) {
          System.attachFinalizer(this); insert new Account(Name = 'link ' + more);
          if (early) { try { System.enqueueJob(new Link(0, false)); } catch (AsyncException e) { insert new Account(Name = e.getMessage()); } }
        }
        public void execute(FinalizerContext c) { if (more > 1) System.enqueueJob(new Link(more - 1, false)); }
      }
      @IsTest static void chains() {
        Test.startTest(); System.enqueueJob(new Link(7, false)); Test.stopTest();
        Assert.areEqual(7, [SELECT COUNT() FROM Account]);
        Assert.areEqual(7, [SELECT COUNT() FROM AsyncApexJob WHERE Status = 'Completed']);
      }
      @IsTest static void refuses() {
        Test.startTest(); System.enqueueJob(new Link(1, true)); Test.stopTest();
        Assert.areEqual(1, [SELECT COUNT() FROM Account WHERE Name = 'Maximum stack depth has been reached.']);
      }
      @IsTest static void ends() {
        Test.startTest(); System.enqueueJob(new Link(2000000, false));
        Test.stopTest();
      }
    }`);
    expect(result).to.deep.equal({
      chains: 'pass',
      refuses: 'pass',
      ends: 'A chain of more than 50 jobs in a test is not supported by the local org.',
    });
  });

  it('leaves queued at stopTest what scheduled jobs and futures enqueue', async () => {
    const result = await outcomes(`@IsTest private class LeftTest {
      public class Late implements Queueable { public void execute(QueueableContext c) { insert new Account(Name = 'late'); } }
      public class Nightly implements Schedulable { public void execute(SchedulableContext c) { System.enqueueJob(new Late()); } }
      @Future static void soon() { System.enqueueJob(new Late()); }
      @IsTest static void scheduled() {
        Test.startTest(); System.schedule('nightly', '0 0 0 1 1 ? 2099', new Nightly()); soon(); Test.stopTest();
        Assert.areEqual(0, [SELECT COUNT() FROM Account]);
        Assert.areEqual(2, [SELECT COUNT() FROM AsyncApexJob WHERE JobType = 'Queueable' AND Status = 'Queued']);
      }
    }`);
    expect(result).to.deep.equal({ scheduled: 'pass' });
  });

  it('aborts scheduled jobs in tests, before they run and from themselves, and takes them out of CronTrigger', async () => {
    const result = await outcomes(`@IsTest private class AbortTest {
      public class Once implements Schedulable {
        public void execute(SchedulableContext c) { insert new Account(Name = 'ran'); System.abortJob(c.getTriggerId()); }
      }
      @IsTest static void fromItself() {
        Test.startTest(); System.schedule('once', '0 0 0 1 1 ? 2099', new Once());
        Assert.areEqual(1, [SELECT COUNT() FROM CronTrigger WHERE CronJobDetail.Name = 'once']);
        Test.stopTest();
        Assert.areEqual(1, [SELECT COUNT() FROM Account]);
        Assert.areEqual(0, [SELECT COUNT() FROM CronTrigger WHERE CronJobDetail.Name = 'once']);
      }
      @IsTest static void before() {
        Test.startTest();
        System.abortJob(System.schedule('once', '0 0 0 1 1 ? 2099', new Once()));
        System.schedule('once', '0 0 0 1 1 ? 2099', new Once());
        Test.stopTest();
        Assert.areEqual(1, [SELECT COUNT() FROM Account]);
        try { System.abortJob('08e000000000009'); Assert.fail(); } catch (System.StringException e) { Assert.isTrue(e.getMessage().startsWith('Invalid job id')); }
      }
    }`);
    expect(result).to.deep.equal({ fromItself: 'pass', before: 'pass' });
  });

  it('gives web service calls of tests to their mock, with what the stub says about the request', async () => {
    const result = await outcomes(`@IsTest private class SoapTest implements WebServiceMock {
      public void doInvoke(Object stub, Object request, Map<String, Object> response, String endpoint, String soapAction, String requestName, String responseNS, String responseName, String responseType) {
        response.put('response_x', stub + ' ' + request + ' ' + String.join(new List<String>{ endpoint, soapAction, requestName, responseNS, responseName, responseType }, ' '));
      }
      static Object ask() {
        Map<String, Object> response = new Map<String, Object>();
        WebServiceCallout.invoke('stub', 'request', response, new List<String>{ 'https://x', 'act', 'urn:in', 'ask', 'urn:out', 'answer', 'Answer' });
        return response.get('response_x');
      }
      @IsTest static void mocked() {
        Test.setMock(WebServiceMock.class, new SoapTest());
        Assert.areEqual('stub request https://x act ask urn:out answer Answer', ask());
        Assert.areEqual(1, Limits.getCallouts());
      }
      @IsTest static void alone() { ask(); }
    }`);
    expect(result).to.deep.equal({
      mocked: 'pass',
      alone: 'System.TypeException: Methods defined as TestMethod do not support Web service callouts',
    });
  });

  it('publishes events beside changes of setup objects', async () => {
    const result = await outcomes(
      `@IsTest private class MixedTest {
      @IsTest static void publishes() {
        Group team = new Group(Name = 'Team', DeveloperName = 'Team'); insert team;
        insert new GroupMember(GroupId = team.Id, UserOrGroupId = UserInfo.getUserId());
        Assert.isTrue(EventBus.publish(new Ping__e(Text__c = 'x')).isSuccess());
        try { insert new Account(Name = 'x'); Assert.fail(); } catch (DmlException e) { Assert.isTrue(e.getMessage().contains('MIXED_DML_OPERATION')); }
      }
    }`,
      EVENT,
    );
    expect(result).to.deep.equal({ publishes: 'pass' });
  });

  it('keeps user names in lower case', async () => {
    const result = await outcomes(`@IsTest private class NameTest {
      @IsTest static void lower() {
        User u = new User(LastName = 'S', Username = 'John.S@Example.com', Email = 'j@example.com', Alias = 'js', ProfileId = UserInfo.getProfileId(), TimeZoneSidKey = 'GMT', LanguageLocaleKey = 'en_US', EmailEncodingKey = 'UTF-8', LocaleSidKey = 'en_US');
        insert u;
        System.runAs(u) { Assert.areEqual('john.s@example.com', UserInfo.getUserName()); }
      }
    }`);
    expect(result).to.deep.equal({ lower: 'pass' });
  });

  it('tells by name, too, of which object a parent is that may be of several', () => {
    const shown = run(
      "insert new Account(Name = 'x'); SObject a = Database.query('SELECT Owner.Type FROM Account'); System.debug(a.getSObject('Owner').get('type'));",
    );
    expect(shown).to.deep.equal(['User']);
  });

  it('gives rows that tests insert no Ids that tests make up', async () => {
    const result = await outcomes(
      `@IsTest private class IdTest { @IsTest static void apart() { Account a = new Account(Name = 'x'); insert a; Assert.areNotEqual('001000000000001AAA', (String) a.Id); } }`,
    );
    expect(result).to.deep.equal({ apart: 'pass' });
  });

  it('writes the context of a batch job to JSON', async () => {
    const result = await outcomes(`@IsTest private class ContextTest {
      public class Job implements Database.Batchable<Integer> {
        public Iterable<Integer> start(Database.BatchableContext c) { return new List<Integer>{ 1 }; }
        public void execute(Database.BatchableContext c, List<Integer> scope) {}
        public void finish(Database.BatchableContext c) { insert new Account(Name = JSON.serialize(c)); }
      }
      @IsTest static void logs() {
        Test.startTest(); Database.executeBatch(new Job()); Test.stopTest();
        Assert.areEqual('{}', [SELECT Name FROM Account].Name);
      }
    }`);
    expect(result).to.deep.equal({ logs: 'pass' });
  });

  it('gives tests a session that opens nothing', async () => {
    const result = await outcomes(
      `@IsTest private class SessionTest { @IsTest static void session() { Assert.isTrue(UserInfo.getSessionId().endsWith('!ApexTestSession')); } }`,
    );
    expect(result).to.deep.equal({ session: 'pass' });
  });

  it('counts queries of custom metadata only where they ask for long text', async () => {
    const rule = object(
      'Rule__mdt',
      '<fields><fullName>Long__c</fullName><label>Long</label><type>LongTextArea</type><length>32768</length></fields>' +
        '<fields><fullName>Short__c</fullName><label>Short</label><type>Text</type><length>20</length></fields>',
    );
    const result = await outcomes(
      `@IsTest private class CountTest { @IsTest static void counts() {
        List<Rule__mdt> rules = [SELECT Short__c FROM Rule__mdt]; Assert.areEqual(0, Limits.getQueries());
        rules = [SELECT Long__c FROM Rule__mdt]; Assert.areEqual(1, Limits.getQueries());
      } }`,
      rule,
    );
    expect(result).to.deep.equal({ counts: 'pass' });
  });

  it('refuses to schedule for a day that neither the month nor the week says', () => {
    expect(
      run(
        "try { System.schedule('x', '0 0 2 ? * ?', new Nightly()); } catch (System.StringException e) { System.debug(e.getMessage()); }",
        'public class Nightly implements Schedulable { public void execute(SchedulableContext c) {} }',
      ),
    ).to.deep.equal(["'?' can only be specified for Day-of-Month -OR- Day-of-Week."]);
  });

  it('deploys no metadata from tests', async () => {
    const result = await outcomes(`@IsTest private class DeployTest {
      @IsTest static void deploys() {
        try { Metadata.Operations.enqueueDeployment(new Metadata.DeployContainer(), null); Assert.fail(); }
        catch (System.AsyncException e) { Assert.areEqual('Metadata cannot be deployed from within a test', e.getMessage()); }
      }
    }`);
    expect(result).to.deep.equal({ deploys: 'pass' });
  });

  it('runs future methods at stopTest, and not before', async () => {
    const result = await outcomes(`@IsTest private class FutureTest {
      @Future static void later(String name) { Assert.isTrue(System.isFuture()); insert new Account(Name = name); }
      @IsTest static void runs() {
        Test.startTest();
        later('x');
        Assert.areEqual(0, [SELECT COUNT() FROM Account]);
        Assert.areEqual(1, Limits.getFutureCalls());
        Test.stopTest();
        Assert.areEqual('x', [SELECT Name FROM Account].Name);
      }
    }`);
    expect(result).to.deep.equal({ runs: 'pass' });
  });

  it('runs batches chunk by chunk', async () => {
    const result = await outcomes(`@IsTest private class BatchTest {
      public class Renamer implements Database.Batchable<SObject>, Database.Stateful {
        public Integer chunks = 0;
        public Database.QueryLocator start(Database.BatchableContext c) { return Database.getQueryLocator('SELECT Name FROM Account'); }
        public void execute(Database.BatchableContext c, List<Account> rows) { chunks++; for (Account a : rows) a.Site = 'chunk ' + chunks; update rows; }
        public void finish(Database.BatchableContext c) { insert new Contact(LastName = 'chunks ' + chunks); }
      }
      @IsTest static void runs() {
        List<Account> rows = new List<Account>(); for (Integer i = 0; i < 5; i++) rows.add(new Account(Name = 'A' + i)); insert rows;
        Test.startTest(); Database.executeBatch(new Renamer(), 2); Test.stopTest();
        Assert.areEqual('chunks 3', [SELECT LastName FROM Contact].LastName);
        Assert.areEqual(2, [SELECT COUNT() FROM Account WHERE Site = 'chunk 2']);
      }
    }`);
    expect(result).to.deep.equal({ runs: 'pass' });
  });

  // Apex Developer Guide: Using the runAs Method. Records that exist do not keep it from inserting its user.
  it('inserts the user of runAs, whose profile is named, when nobody has', async () => {
    const result = await outcomes(`@IsTest private class RunAsTest {
      @IsTest static void inserts() {
        insert new Account(Name = 'x');
        User u = new User(Alias = 'n', Email = 'n@example.com', EmailEncodingKey = 'UTF-8', LastName = 'N', LanguageLocaleKey = 'en_US', LocaleSidKey = 'en_US', TimeZoneSidKey = 'GMT', Username = 'n@example.com.test', Profile = new Profile(Name = 'Minimum Access - Salesforce'));
        System.runAs(u) { Assert.areEqual('N', UserInfo.getLastName()); Assert.areEqual('Minimum Access - Salesforce', [SELECT Profile.Name FROM User WHERE Id = :UserInfo.getUserId()].Profile.Name); insert new Account(Name = 'y'); }
        insert new Account(Name = 'z');
      }
      @IsTest static void page() { ApexPages.currentPage().getParameters().put('id', '1'); Assert.areEqual('1', ApexPages.currentPage().getParameters().get('id')); }
    }`);
    expect(result).to.deep.equal({ inserts: 'pass', page: 'pass' });
  });

  // force-di: di_BindingConfigWrapper, which reads a parent that most of its records lack.
  it('reads fields of parents that are not there as null, and nothing else of them', () => {
    const shown = run(
      `insert new Contact(LastName = 'x'); Contact c = [SELECT Account.Name, Account.Parent.Name FROM Contact];
      System.debug(c.Account.Name + ' ' + c.Account.Parent.Name + ' ' + new Contact().Account.Name);
      try { c.Account.Name.length(); } catch (NullPointerException e) { System.debug('no text'); }
      try { c.Account.Name = 'y'; } catch (NullPointerException e) { System.debug('no record'); }`,
    );
    expect(shown).to.deep.equal(['null null null', 'no text', 'no record']);
  });

  // apex-rollup: RollupLimitsTest.doesNotThrowForNullControl.
  it('reads fields of a record that a field of an object does not hold as null', () => {
    const shown = run(
      `System.debug(new Holder().name()); Account none; try { System.debug(none.Name); } catch (NullPointerException e) { System.debug('no record'); }`,
      'public class Holder { private Account held; public String name() { return this.held.Name; } }',
    );
    expect(shown).to.deep.equal(['null', 'no record']);
  });

  it('gives lists of dynamic queries the type of the queried object, also without rows', () => {
    const shown = run(
      "List<SObject> rows = Database.query('SELECT Id FROM Contact'); System.debug(rows.getSObjectType() + ' ' + rows.size());",
    );
    expect(shown).to.deep.equal(['Contact 0']);
  });

  // soql-lib: SOQLCache_Full_Test.
  it('show tests the licenses of profiles', async () => {
    const result = await outcomes(`@IsTest private class LicenseTest {
      @IsTest static void named() { Assert.areEqual('Salesforce', [SELECT UserLicense.Name FROM Profile WHERE Name = 'System Administrator'].UserLicense.Name); }
    }`);
    expect(result).to.deep.equal({ named: 'pass' });
  });

  it('answers callouts with the mock and refuses them after DML', async () => {
    const result = await outcomes(`@IsTest private class CalloutTest implements HttpCalloutMock {
      public HttpResponse respond(HttpRequest request) { HttpResponse r = new HttpResponse(); r.setStatusCode(201); r.setBody(request.getEndpoint() ?? 'nowhere'); return r; }
      private static HttpResponse send() { HttpRequest r = new HttpRequest(); r.setEndpoint('callout:X/y'); r.setMethod('GET'); return new Http().send(r); }
      @IsTest static void mocked() { Test.setMock(HttpCalloutMock.class, new CalloutTest()); HttpResponse r = send(); Assert.areEqual(201, r.getStatusCode()); Assert.areEqual('callout:X/y', r.getBody()); }
      @IsTest static void pending() { Test.setMock(HttpCalloutMock.class, new CalloutTest()); insert new Account(Name = 'x'); try { send(); Assert.fail('sent'); } catch (CalloutException e) { Assert.isTrue(e.getMessage().startsWith('You have uncommitted work pending')); } }
      @IsTest static void afterStart() { insert new Account(Name = 'x'); Test.startTest(); Test.setMock(HttpCalloutMock.class, new CalloutTest()); Assert.areEqual(201, send().getStatusCode()); Test.stopTest(); }
      @IsTest static void unmocked() { send(); }
      @IsTest static void emptyRequest() { Test.setMock(HttpCalloutMock.class, new CalloutTest()); Assert.areEqual('nowhere', new Http().send(new HttpRequest()).getBody()); }
    }`);
    expect(result).to.deep.equal({
      mocked: 'pass',
      emptyRequest: 'pass',
      pending: 'pass',
      afterStart: 'pass',
      unmocked: 'System.TypeException: Methods defined as TestMethod do not support Web service callouts',
    });
  });

  it('delivers platform events to triggers as the automated process user', async () => {
    const result = await outcomes(
      `@IsTest private class EventTest {
      @IsTest static void delivered() {
        Test.startTest();
        Database.SaveResult r = EventBus.publish(new Ping__e(Text__c = 'hello'));
        Assert.isTrue(r.isSuccess());
        Assert.areEqual(0, [SELECT COUNT() FROM Account]);
        Test.getEventBus().deliver();
        Test.stopTest();
        Account a = [SELECT Name, CreatedBy.Name FROM Account];
        Assert.areEqual('hello', a.Name);
        Assert.areEqual('Automated Process', a.CreatedBy.Name);
      }
    }`,
      EVENT,
      apex(
        'trigger OnPing on Ping__e (after insert) { for (Ping__e p : Trigger.new) insert new Account(Name = p.Text__c); }',
      ),
    );
    expect(result).to.deep.equal({ delivered: 'pass' });
  });

  // PLATFORM 3.5
  it('publishes at most 500 events in a test', async () => {
    const result = await outcomes(
      `@IsTest private class ManyTest {
      @IsTest static void publishes() {
        List<Ping__e> events = new List<Ping__e>(); for (Integer i = 0; i < 501; i++) events.add(new Ping__e(Text__c = 'x'));
        List<Database.SaveResult> results = EventBus.publish(events);
        Assert.isTrue(results[499].isSuccess()); Assert.isFalse(results[500].isSuccess());
      }
    }`,
      EVENT,
    );
    expect(result).to.deep.equal({ publishes: 'pass' });
  });

  it('counts covered lines and says what is not', async () => {
    const result = await runComponentTests(
      [
        apex(
          'public class Half {\n  public static Integer sign(Integer n) {\n    if (n < 0) {\n      return -1;\n    }\n    return 1;\n  }\n}',
        ),
        apex('@IsTest private class HalfTest { @IsTest static void positive() { Assert.areEqual(1, Half.sign(5)); } }'),
      ],
      { coverage: true },
    );
    expect(result.coverage).to.deep.equal([
      { name: 'Half', kind: 'class', fileName: 'Half.cls', coveredLines: [3, 6], uncoveredLines: [4] },
    ]);
  });

  it('reads and writes JSON, typed and untyped', () => {
    const shown = run(
      `Shape s = (Shape) JSON.deserialize('{"name":"box","sides":[1,2.5],"part":{"name":"in"},"other":1}', Shape.class);
      System.debug(JSON.serialize(s)); System.debug(JSON.serialize(s.part, true));
      Map<String, Object> m = (Map<String, Object>) JSON.deserializeUntyped('{"a":1,"b":[true,null],"c":1.5,"d":5000000000}');
      System.debug(m.get('a') instanceof Integer); System.debug(m.get('d') instanceof Long); System.debug(m.get('b'));
      try { JSON.deserializeStrict('{"nope":1}', Shape.class); } catch (JSONException e) { System.debug('strict'); }
      System.debug(JSON.serialize(new Account(Name = 'A')));`,
      'public class Shape { public String name; public List<Decimal> sides; public Shape part; public transient Integer skipped; }',
    );
    expect(shown).to.deep.equal([
      '{"sides":[1,2.5],"part":{"sides":null,"part":null,"name":"in"},"name":"box"}',
      '{"name":"in"}',
      'true',
      'true',
      '(true, null)',
      'strict',
      '{"attributes":{"type":"Account"},"Name":"A"}',
    ]);
  });

  // Apex Developer Guide: Dynamic SOQL (simple bind variables).
  it('binds fields and properties of the class in dynamic SOQL by name', () => {
    const shown = run(
      "insert new List<Account>{ new Account(Name = 'x'), new Account(Name = 'y') }; System.debug(new Finder().found());try { Finder.hidden(); } catch (QueryException e) { System.debug(e.getMessage()); }",
      `public class Finder extends Base {
        private static final String FIRST = 'x';
        public String second { get { return 'y'; } }
        public Integer found() {
          return Database.query('SELECT Name FROM Account WHERE Name = :FIRST').size() * 100
            + Database.query('SELECT Name FROM Account WHERE Name = :second').size() * 10
            + Database.query('SELECT Name FROM Account WHERE Name IN :both').size();
        }
        public static Integer hidden() { return Database.query('SELECT Name FROM Account WHERE Name = :second').size(); }
      }`,
      `public virtual class Base { protected Set<String> both = new Set<String>{ 'x', 'y' }; }`,
    );
    expect(shown).to.deep.equal(['112', 'Variable does not exist: second']);
  });

  it('binds local variables of dynamic SOQL by name', () => {
    const shown = run(`insert new List<Account>{new Account(Name = 'x'), new Account(Name = 'y')}; String wanted = 'X';
      System.debug(Database.query('SELECT Name FROM Account WHERE Name = :wanted').size());
      System.debug(Database.countQuery('SELECT COUNT() FROM Account'));
      System.debug(Database.queryWithBinds('SELECT Name FROM Account WHERE Name IN :names', new Map<String, Object>{'names' => new List<String>{'y'}}, AccessLevel.SYSTEM_MODE).size());
      try { Database.query('SELECT Nope FROM Account'); } catch (QueryException e) { System.debug(e.getMessage().left(22)); }`);
    expect(shown).to.deep.equal(['1', '2', '1', "No such column 'Nope' "]);
  });

  // PLATFORM 3.5: events that are published after the commit are discarded on rollback, also when only a part is rolled back.
  it('drops the events that a trigger published for records that were tried again', () => {
    const event = object(
      'Told__e',
      '<eventType>HighVolume</eventType><publishBehavior>PublishAfterCommit</publishBehavior>',
    );
    const lines = run(
      `Database.insert(new List<Account>{ new Account(Name = 'good'), new Account(Name = 'bad') }, false);`,
      event,
      `trigger Tell on Account (after insert) { for (Account one : Trigger.new) { EventBus.publish(new Told__e()); if (one.Name == 'bad') one.addError('no'); } }`,
      `trigger Hear on Told__e (after insert) { System.debug('told ' + Trigger.new.size()); }`,
    );
    expect(lines).to.deep.equal(['told 1']);
  });

  it('asks about changes in validation rules', () => {
    const rule = object(
      'Case2__c',
      '<nameField><label>Name</label><type>Text</type></nameField><fields><fullName>A__c</fullName><label>A</label><type>Text</type><length>9</length></fields><validationRules><fullName>Fixed</fullName><active>true</active><errorConditionFormula>AND(ISCHANGED(A__c), PRIORVALUE(A__c) = "x")</errorConditionFormula><errorMessage>fixed</errorMessage></validationRules>',
    );
    const lines = run(
      `Case2__c one = new Case2__c(A__c = 'x'); insert one; one.Name = 'n'; update one; one.A__c = 'y';
      try { update one; } catch (DmlException e) { System.debug(e.getDmlMessage(0)); }`,
      rule,
    );
    expect(lines).to.deep.equal(['fixed']);
  });

  it('makes stubs whose methods go to the provider', async () => {
    const result = await outcomes(`@IsTest private class StubTest implements StubProvider {
      public virtual class Greeter { public virtual String greet(String name) { return 'real'; } }
      public Object handleMethodCall(Object stub, String name, Type returns, List<Type> types, List<String> names, List<Object> args) { return name + ':' + names[0] + '=' + args[0]; }
      @IsTest static void stubbed() { Greeter g = (Greeter) Test.createStub(Greeter.class, new StubTest()); Assert.areEqual('greet:name=Bo', g.greet('Bo')); }
    }`);
    expect(result).to.deep.equal({ stubbed: 'pass' });
  });
});
