import { expect } from 'chai';

import { runAnonymousSuspendable } from '../../../local-org/src/apex/test-runner/index.js';
import { echo, HeldCallouts, settle } from '../apex-run/run-suspendable.js';
import { eventObject, HOUR, MINUTE, orgOf } from './kit.js';

const JOB =
  "public class Job implements Queueable { String name; public Job(String name) { this.name = name; } public void execute(QueueableContext c) { System.debug('ran ' + name + ' ' + UserInfo.getUserName()); } }";
const CALL =
  "public class Call { public static String get(String name) { HttpRequest r = new HttpRequest(); r.setEndpoint('https://x.example/' + name); r.setMethod('GET'); return new Http().send(r).getBody(); } }";

describe('queueables', () => {
  // PLATFORM 3.3
  it('start after the commit, with the state that they had when they were enqueued', async () => {
    const org = orgOf([
      "public class Job implements Queueable { public String name; public List<Account> rows = new List<Account>(); transient String gone = 'x'; public void execute(QueueableContext c) { System.debug(name + ' ' + rows + ' ' + gone + ' ' + [SELECT COUNT() FROM Account]); } }",
    ]);
    await org.run(
      "Job j = new Job(); j.name = 'before'; j.rows.add(new Account(Name = 'A')); System.enqueueJob(j); j.name = 'after'; insert new Account(Name = 'B'); System.debug('enqueued');",
    );
    expect(org.lines).to.deep.equal(['enqueued', 'before (Account:{Name=A}) null 1']);
  });

  it('are dropped by a rollback, of the transaction or to a savepoint', async () => {
    const org = orgOf([JOB]);
    await org.run(
      "Savepoint sp = Database.setSavepoint(); System.enqueueJob(new Job('lost')); Database.rollback(sp); System.enqueueJob(new Job('kept'));",
    );
    await org.run("System.enqueueJob(new Job('lost')); Integer.valueOf('x');").catch(() => undefined);
    await org.kernel.whenIdle();
    expect(org.lines).to.deep.equal(['ran kept admin@local.org']);
    expect(await org.ask('System.debug([SELECT COUNT() FROM AsyncApexJob]);')).to.deep.equal(['1']);
  });

  it('wait for their delay of up to ten minutes', async () => {
    const org = orgOf([JOB]);
    await org.run("System.enqueueJob(new Job('late'), 10); System.enqueueJob(new Job('soon'), 1);");
    await org.kernel.advance(MINUTE - 1);
    expect(org.lines).to.deep.equal([]);
    await org.kernel.advance(9 * MINUTE + 1);
    expect(org.lines).to.deep.equal(['ran soon admin@local.org', 'ran late admin@local.org']);
    const refused = await org.run("System.enqueueJob(new Job('x'), 11);").catch((error: unknown) => error);
    expect(refused)
      .to.have.nested.property('$x.message')
      .that.matches(/between 0 and 10/);
  });

  it('may be enqueued 50 times by a synchronous transaction and once by an asynchronous one', async () => {
    const org = orgOf([
      JOB,
      "public class Two implements Queueable { public void execute(QueueableContext c) { System.enqueueJob(new Job('one')); System.enqueueJob(new Job('two')); } }",
    ]);
    await org.run(
      "for (Integer i = 0; i < 50; i++) System.enqueueJob(new Job('n')); System.debug(Limits.getQueueableJobs() + '/' + Limits.getLimitQueueableJobs());",
    );
    expect(org.lines[0]).to.equal('50/50');
    await org.run('System.enqueueJob(new Two());');
    expect(
      await org.ask(
        "for (AsyncApexJob j : [SELECT Status, ExtendedStatus FROM AsyncApexJob WHERE Status = 'Failed']) System.debug(j.ExtendedStatus);",
      ),
    ).to.deep.equal([
      'System.LimitException: Too many queueable jobs added to the queue: 2\nClass.Two.execute: line 1, column 1',
    ]);
    expect(org.lines.filter((line) => line.startsWith('ran one'))).to.deep.equal([]);
  });

  it('chain without end, unless AsyncOptions say how deep', async () => {
    const org = orgOf([
      "public class Chain implements Queueable { Integer left; public Chain(Integer left) { this.left = left; } public void execute(QueueableContext c) { System.debug(System.AsyncInfo.getCurrentQueueableStackDepth() + ' ' + System.AsyncInfo.hasMaxStackDepth()); if (left > 0) System.enqueueJob(new Chain(left - 1)); } }",
    ]);
    await org.run('System.enqueueJob(new Chain(6));');
    expect(org.lines.splice(0)).to.deep.equal([1, 2, 3, 4, 5, 6, 7].map((depth) => `${depth} false`));
    await org.run(
      'AsyncOptions o = new AsyncOptions(); o.MaximumQueueableStackDepth = 2; System.enqueueJob(new Chain(6), o);',
    );
    expect(org.lines.splice(0)).to.deep.equal(['1 true', '2 true']);
    expect(
      await org.ask(
        "for (AsyncApexJob j : [SELECT ExtendedStatus FROM AsyncApexJob WHERE Status = 'Failed']) System.debug(j.ExtendedStatus.substringBefore('\\n'));",
      ),
    ).to.deep.equal(['System.AsyncException: Maximum stack depth has been reached.']);
  });

  it('with a duplicate signature are refused until the first is taken from the queue', async () => {
    const org = orgOf([JOB]);
    const enqueue =
      "AsyncOptions o = new AsyncOptions(); o.DuplicateSignature = new QueueableDuplicateSignature.Builder().addString('key').build(); o.MinimumQueueableDelayInMinutes = 5; try { System.enqueueJob(new Job('signed'), o); System.debug('taken'); } catch (DuplicateMessageException e) { System.debug('refused'); }";
    expect(
      await org.ask(
        `${enqueue} ${enqueue.replace('AsyncOptions o', 'o').replace('new QueueableDuplicateSignature.B', 'QueueableDuplicateSignature.B')}`,
      ),
    ).to.deep.equal(['taken', 'refused']);
    expect(await org.ask(enqueue)).to.deep.equal(['refused']);
    await org.kernel.advance(5 * MINUTE);
    expect(await org.ask(enqueue)).to.deep.equal(['taken']);
  });

  it('run as who enqueued them', async () => {
    const org = orgOf([JOB]);
    const [userId] = await org.ask(
      "User u = new User(LastName = 'X', Username = 'x@local.org', Alias = 'x', Email = 'x@local.org', ProfileId = UserInfo.getProfileId(), TimeZoneSidKey = 'GMT', LocaleSidKey = 'en_US', LanguageLocaleKey = 'en_US', EmailEncodingKey = 'UTF-8'); insert u; System.debug(u.Id);",
    );
    await org.run("System.enqueueJob(new Job('mine'));", userId);
    expect(org.lines).to.deep.equal(['ran mine x@local.org']);
  });

  it('need Database.AllowsCallouts to call out', async () => {
    const org = orgOf(
      [
        CALL,
        "public class Deaf implements Queueable { public void execute(QueueableContext c) { Call.get('x'); } }",
        "public class Open implements Queueable, Database.AllowsCallouts { public void execute(QueueableContext c) { System.debug(Call.get('heard')); insert new Account(Name = 'after'); } }",
      ],
      { engine: { callouts: echo } },
    );
    await org.run('System.enqueueJob(new Deaf()); System.enqueueJob(new Open());');
    expect(org.lines).to.deep.equal(['heard']);
    expect(
      await org.ask(
        "for (AsyncApexJob j : [SELECT ApexClass.Name, Status, ExtendedStatus FROM AsyncApexJob ORDER BY Id]) System.debug(j.ApexClass.Name + ' ' + j.Status + ' ' + j.ExtendedStatus?.substringBefore('\\n'));",
      ),
    ).to.deep.equal([
      'Deaf Failed System.CalloutException: Callout not allowed from this future method. Please enable callout by annotating the future method. eg: @Future(callout=true)',
      'Open Completed null',
    ]);
  });

  it('overlap at callouts, as many as there are lanes', async () => {
    const held = new HeldCallouts();
    const org = orgOf(
      [
        CALL,
        "public class Caller implements Queueable, Database.AllowsCallouts { String name; public Caller(String name) { this.name = name; } public void execute(QueueableContext c) { System.debug(name + ' got ' + Call.get(name)); } }",
      ],
      { engine: { callouts: held.port }, kernel: { concurrency: 2 } },
    );
    const run = org.run(
      "System.enqueueJob(new Caller('a')); System.enqueueJob(new Caller('b')); System.enqueueJob(new Caller('c'));",
    );
    await settle();
    await settle();
    expect(held.requests.map(({ endpoint }) => endpoint.at(-1))).to.deep.equal(['a', 'b']);
    held.answer('1');
    await settle();
    await settle();
    expect(held.requests.map(({ endpoint }) => endpoint.at(-1))).to.deep.equal(['a', 'b', 'c']);
    held.answer('2');
    held.answer('3');
    await run;
    expect(org.lines).to.deep.equal(['a got 1', 'b got 2', 'c got 3']);
  });

  it('that enqueue each other without end do not keep the time from being put ahead', async () => {
    const org = orgOf(
      [
        'public class Endless implements Queueable { public void execute(QueueableContext c) { System.enqueueJob(new Endless()); } }',
      ],
      { kernel: { mostAtOneTime: 50 } },
    );
    await runAnonymousSuspendable(org.engine, 'System.enqueueJob(new Endless());');
    const error: unknown = await org.kernel.advance(MINUTE).catch((caught: unknown) => caught);
    await org.kernel.close();
    expect(error).to.be.instanceOf(Error).with.property('name', 'RestlessOrgError');
  });

  it('whose callout fails in a way that no Apex can catch end as failed, once', async () => {
    const org = orgOf(
      [
        CALL,
        "public class Broken implements Queueable, Database.AllowsCallouts { public void execute(QueueableContext c) { try { Call.get('x'); } catch (Exception e) { System.debug('caught'); } finally { System.debug('finally'); } } }",
      ],
      { engine: { callouts: () => Promise.reject(new Error('a defect')) } },
    );
    await org.run('System.enqueueJob(new Broken());');
    await org.kernel.advance(HOUR);
    expect(
      await org.ask(
        "AsyncApexJob j = [SELECT Status, ExtendedStatus FROM AsyncApexJob]; System.debug(j.Status + ' ' + j.ExtendedStatus);",
      ),
    ).to.deep.equal(['Failed a defect']);
    expect(org.lines).not.to.include('caught');
  });

  it('are limited in 24 hours for the org', async () => {
    const org = orgOf([JOB], { kernel: { limits: { asyncApex: 2 } } });
    await org.run("System.enqueueJob(new Job('a')); System.enqueueJob(new Job('b'));");
    const refused: unknown = await org.run("System.enqueueJob(new Job('c'));").catch((error: unknown) => error);
    expect(refused).to.have.nested.property('$x.message', 'AsyncApexExecutions Limit exceeded.');
    await org.kernel.advance(25 * HOUR);
    await org.run("System.enqueueJob(new Job('d'));");
    expect(org.lines.map((line) => line.slice(0, 5))).to.deep.equal(['ran a', 'ran b', 'ran d']);
  });

  it('that wait at callouts do not keep events from being delivered', async () => {
    const held = new HeldCallouts();
    const org = orgOf(
      [
        CALL,
        "public class Caller implements Queueable, Database.AllowsCallouts { public void execute(QueueableContext c) { System.debug(Call.get('x')); } }",
        eventObject('Ping'),
        "trigger Seen on Ping__e (after insert) { System.debug('delivered'); }",
      ],
      { engine: { callouts: held.port }, kernel: { concurrency: 1 } },
    );
    const run = org.run("System.enqueueJob(new Caller()); EventBus.publish(new Ping__e(Text__c = 'x'));");
    for (let round = 0; round < 5; round++) await settle();
    expect(org.lines).to.deep.equal(['delivered']);
    held.answer('answered');
    await run;
    expect(org.lines).to.deep.equal(['delivered', 'answered']);
  });

  it('can be aborted while they wait', async () => {
    const org = orgOf([JOB]);
    await org.run("Id id = System.enqueueJob(new Job('never'), 5); System.abortJob(id);");
    const [id] = await org.ask("Id id = System.enqueueJob(new Job('never'), 5); System.debug(id);");
    await org.run(`System.abortJob('${String(id)}');`);
    await org.kernel.advance(HOUR);
    expect(org.lines).to.deep.equal([]);
    expect(await org.ask('System.debug([SELECT Status FROM AsyncApexJob]);')).to.have.length(1);
    expect(await org.ask("System.debug([SELECT COUNT() FROM AsyncApexJob WHERE Status = 'Aborted']);")).to.deep.equal([
      '2',
    ]);
  });
});

describe('finalizers', () => {
  const FAILING = (more: string): string =>
    `public class Failing implements Queueable, Finalizer { public void execute(QueueableContext c) { System.attachFinalizer(this); insert new Account(Name = 'taken back'); Integer.valueOf('x'); } public void execute(FinalizerContext c) { System.debug(c.getResult() + ' ' + c.getException()?.getTypeName()); ${more} } }`;

  it('run in a transaction of their own after a failure, also after one that nobody can catch', async () => {
    const org = orgOf([
      FAILING("insert new Account(Name = 'finalized');"),
      'public class Limited implements Queueable, Finalizer { public void execute(QueueableContext c) { System.attachFinalizer(this); for (Integer i = 0; i < 201; i++) { Integer n = [SELECT COUNT() FROM Account]; } } public void execute(FinalizerContext c) { System.debug(c.getException().getMessage()); } }',
    ]);
    await org.run('System.enqueueJob(new Failing()); System.enqueueJob(new Limited());');
    expect(org.lines.splice(0)).to.deep.equal([
      'UNHANDLED_EXCEPTION System.TypeException',
      'Too many SOQL queries: 201',
    ]);
    expect(await org.ask('System.debug([SELECT Name FROM Account]);')).to.deep.equal([
      '(Account:{Name=finalized, Id=001000000000002AAA})',
    ]);
  });

  it('may enqueue a failed job again five times in a row', async () => {
    const org = orgOf([FAILING('System.enqueueJob(new Failing());')]);
    await org.run('System.enqueueJob(new Failing());');
    expect(org.lines).to.have.length(6);
    expect(await org.ask("System.debug([SELECT COUNT() FROM AsyncApexJob WHERE Status = 'Failed']);")).to.deep.equal([
      '6',
    ]);
  });

  it('may call out, and enqueue one job', async () => {
    const org = orgOf(
      [
        CALL,
        JOB,
        FAILING(
          "System.debug(Call.get('told')); System.enqueueJob(new Job('next')); System.enqueueJob(new Job('too many'));",
        ),
      ],
      { engine: { callouts: echo } },
    );
    await org.run('System.enqueueJob(new Failing());');
    expect(org.lines).to.deep.equal(['UNHANDLED_EXCEPTION System.TypeException', 'told']);
  });
});

describe('future methods', () => {
  it('run later with their arguments, and call out when they say so', async () => {
    const org = orgOf(
      [
        CALL,
        "public class F { @Future(callout=true) public static void open(String name, List<Integer> numbers) { System.debug(Call.get(name) + numbers + System.isFuture()); } @Future public static void deaf() { Call.get('x'); } public static void go() { open('later', new List<Integer>{1, 2}); deaf(); System.debug('first'); } }",
      ],
      { engine: { callouts: echo } },
    );
    await org.run('F.go();');
    expect(org.lines.splice(0)).to.deep.equal(['first', 'later(1, 2)true']);
    expect(
      await org.ask(
        "for (AsyncApexJob j : [SELECT JobType, MethodName, Status FROM AsyncApexJob ORDER BY Id]) System.debug(j.JobType + ' ' + j.MethodName + ' ' + j.Status);",
      ),
    ).to.deep.equal(['Future open Completed', 'Future deaf Failed']);
  });
});

describe('batch jobs', () => {
  const BATCH =
    "public class B implements Database.Batchable<SObject>, Database.Stateful { Integer seen = 0; public Database.QueryLocator start(Database.BatchableContext c) { return Database.getQueryLocator('SELECT Name FROM Account ORDER BY Name'); } public void execute(Database.BatchableContext c, List<Account> rows) { seen += rows.size(); if (rows[0].Name == 'A2') Integer.valueOf('x'); update rows; } public void finish(Database.BatchableContext c) { System.debug('seen ' + seen); } }";

  it('run scope by scope, keep the state of the scopes that succeed, and tell how far they are', async () => {
    const org = orgOf([BATCH]);
    await org.run(
      "List<Account> rows = new List<Account>(); for (Integer i = 0; i < 5; i++) rows.add(new Account(Name = 'A' + i)); insert rows;",
    );
    await org.run('Database.executeBatch(new B(), 2);');
    expect(org.lines.splice(0)).to.deep.equal(['seen 3']);
    expect(
      await org.ask(
        "AsyncApexJob j = [SELECT Status, JobItemsProcessed, TotalJobItems, NumberOfErrors, ExtendedStatus FROM AsyncApexJob]; System.debug(j.Status + ' ' + j.JobItemsProcessed + '/' + j.TotalJobItems + ' ' + j.NumberOfErrors + ' ' + j.ExtendedStatus.substringBefore('\\n'));",
      ),
    ).to.deep.equal(['Completed 3/3 1 First error: System.TypeException: Invalid integer: x']);
  });

  it('stop before the next scope when they are aborted', async () => {
    const held = new HeldCallouts();
    const org = orgOf(
      [
        CALL,
        "public class B implements Database.Batchable<String>, Database.AllowsCallouts { public Iterable<String> start(Database.BatchableContext c) { return new List<String>{'a', 'b'}; } public void execute(Database.BatchableContext c, List<String> names) { System.debug(Call.get(names[0])); } public void finish(Database.BatchableContext c) { System.debug('finished'); } }",
      ],
      { engine: { callouts: held.port } },
    );
    const [id] = await Promise.all([
      org.ask('System.debug(Database.executeBatch(new B(), 1));').catch(() => []),
      (async () => {
        await settle();
        await settle();
        await settle();
        const [job] = org.lines;
        await runAnonymousSuspendable(org.engine, `System.abortJob('${String(job)}');`);
        held.answer('one');
      })(),
    ]);
    expect(id.slice(1)).to.deep.equal(['one']);
    expect(await org.ask('System.debug([SELECT Status FROM AsyncApexJob].Status);')).to.deep.equal(['Aborted']);
  });
});
