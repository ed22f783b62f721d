import { expect } from 'chai';
import { runComponentTests } from '../../../local-org/src/apex/test-runner/index.js';
import { apex } from './run.js';

const TRIGGER = apex(`trigger Failures on BatchApexErrorEvent (after insert) {
  List<Account> notes = new List<Account>();
  for (BatchApexErrorEvent e : Trigger.new) notes.add(new Account(Name = e.Phase + ' ' + e.ExceptionType + ' ' + e.Message, Site = e.JobScope));
  insert notes;
}`);

/** A batch job that fails in the given phase. */
const job = (more: string): string => `public class Job implements Database.Batchable<SObject>${more} {
  String phase;
  public Job(String phase) { this.phase = phase; }
  void check(String now) { if (now == phase) throw new IllegalArgumentException('no'); }
  public Database.QueryLocator start(Database.BatchableContext c) { check('START'); return Database.getQueryLocator('SELECT Id FROM Contact'); }
  public void execute(Database.BatchableContext c, List<Contact> rows) { check('EXECUTE'); }
  public void finish(Database.BatchableContext c) { check('FINISH'); }
}`;

const TEST = apex(`@IsTest private class JobTest {
  static List<Account> fail(String phase) {
    insert new Contact(LastName = 'c');
    try { Test.startTest(); Database.executeBatch(new Job(phase)); Test.stopTest(); } catch (Exception e) { Assert.areEqual('no', e.getMessage()); }
    Test.getEventBus().deliver();
    return [SELECT Name, Site FROM Account];
  }
  @IsTest static void execute() { Assert.areEqual([SELECT Id FROM Contact].size(), 0); Account a = fail('EXECUTE')[0]; Assert.areEqual('EXECUTE System.IllegalArgumentException no', a.Name); Assert.areEqual([SELECT Id FROM Contact].Id, a.Site); }
  @IsTest static void start() { Assert.areEqual('START System.IllegalArgumentException no', fail('START')[0].Name); }
  @IsTest static void finish() { Assert.areEqual('FINISH System.IllegalArgumentException no', fail('FINISH')[0].Name); }
  @IsTest static void none() { Assert.areEqual(0, fail('START').size()); }
}`);

async function outcomes(source: string): Promise<Readonly<Record<string, string>>> {
  const result = await runComponentTests([TRIGGER, TEST, apex(source)], {});
  expect(result.compileErrors).to.deep.equal([]);
  return Object.fromEntries(result.tests.map((test) => [test.methodName, test.outcome]));
}

// Platform Events Developer Guide: Fire Platform Events from Batch Apex.
describe('a batch job that fails', () => {
  it('publishes a BatchApexErrorEvent for each phase when its class raises platform events', async () => {
    expect(await outcomes(job(', Database.RaisesPlatformEvents'))).to.include({
      execute: 'pass',
      start: 'pass',
      finish: 'pass',
    });
  });

  it('publishes nothing otherwise', async () => {
    expect(await outcomes(job(''))).to.include({ none: 'pass', start: 'fail' });
  });
});
