import { expect } from 'chai';

import { runComponentTests } from '../../../local-org/src/apex/test-runner/index.js';
import { eventObject } from '../kernel/kit.js';
import type { Component } from '../../../local-org/src/model/index.js';
import { apex } from './run.js';

/** How the tests of a class end, by method. */
async function outcomes(source: string, ...more: readonly Component[]): Promise<Readonly<Record<string, string>>> {
  const result = await runComponentTests([apex(source), ...more], {});
  expect(result.compileErrors).to.deep.equal([]);
  return Object.fromEntries(
    result.tests.map((test) => [test.methodName, test.outcome === 'pass' ? 'pass' : (test.message ?? '')]),
  );
}

/** A test that starts something and sees how many accounts it has left. */
const counting = (members: string, start: string, accounts: number): string =>
  `@IsTest private class ChainTest { ${members} @IsTest static void runs() { Test.startTest(); ${start} Test.stopTest(); Assert.areEqual(${accounts}, [SELECT COUNT() FROM Account]); } }`;

describe('chains of asynchronous work in tests', () => {
  // Apex Developer Guide: Queueable Apex (a test cannot chain jobs; Maximum stack depth has been reached).
  it('of queueables end with the second job', async () => {
    expect(
      await outcomes(
        counting(
          "public class Job implements Queueable { public void execute(QueueableContext c) { insert new Account(Name = 'x'); System.enqueueJob(new Job()); } }",
          'System.enqueueJob(new Job());',
          0,
        ),
      ),
    ).to.deep.equal({ runs: 'System.AsyncException: Maximum stack depth has been reached.' });
  });

  it('of queueables can be kept from it by Test.isRunningTest', async () => {
    expect(
      await outcomes(
        counting(
          "public class Job implements Queueable { public void execute(QueueableContext c) { insert new Account(Name = 'x'); if (!Test.isRunningTest()) System.enqueueJob(new Job()); } }",
          'System.enqueueJob(new Job());',
          1,
        ),
      ),
    ).to.deep.equal({ runs: 'pass' });
  });

  it('of a finalizer that enqueues its job again without end are refused by name', async () => {
    expect(
      await outcomes(
        counting(
          "public class Job implements Queueable, Finalizer { public void execute(QueueableContext c) { System.attachFinalizer(this); insert new Account(Name = 'x'); } public void execute(FinalizerContext c) { System.enqueueJob(new Job()); } }",
          'System.enqueueJob(new Job());',
          1,
        ),
      ),
    ).to.deep.equal({ runs: 'A chain of more than 50 jobs in a test is not supported by the local org.' });
  });

  it('of batches without end are refused by name', async () => {
    expect(
      await outcomes(
        counting(
          "public class Many implements Database.Batchable<Integer> { public Iterable<Integer> start(Database.BatchableContext c) { return new List<Integer>{ 1 }; } public void execute(Database.BatchableContext c, List<Integer> scope) { insert new Account(Name = 'x'); } public void finish(Database.BatchableContext c) { Database.executeBatch(new Many()); } }",
          'Database.executeBatch(new Many());',
          1,
        ),
      ),
    ).to.deep.equal({ runs: 'A chain of more than 50 jobs in a test is not supported by the local org.' });
  });

  // PLATFORM 3.5: a test publishes 500 events at most.
  it('of triggers that publish what they are subscribed to end with the limit of events', async () => {
    expect(
      await outcomes(
        counting('', "EventBus.publish(new Ping__e(Text__c = 'x'));", 500),
        eventObject('Ping'),
        apex(
          "trigger Again on Ping__e (after insert) { insert new Account(Name = 'x'); EventBus.publish(new Ping__e(Text__c = 'y')); }",
        ),
      ),
    ).to.deep.equal({ runs: 'pass' });
  });

  it('of futures are refused', async () => {
    expect(await outcomes(counting('@Future static void later() { later(); }', 'later();', 0))).to.deep.equal({
      runs: 'System.AsyncException: Future method cannot be called from a future or batch method: ChainTest.later',
    });
  });
});
