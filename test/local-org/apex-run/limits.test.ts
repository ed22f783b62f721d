import { expect } from 'chai';

import { runAnonymous, runComponentTests, type EngineOptions } from '../../../local-org/src/apex/test-runner/index.js';
import type { Component } from '../../../local-org/src/model/index.js';
import { eventObject, orgOf, START } from '../kernel/kit.js';
import { endingOf } from './ending.js';
import { apex, engineOf, run } from './run.js';

type Limits = NonNullable<EngineOptions['limits']>;

/** How a block ends that runs synchronously. */
function ending(body: string, sources: readonly (string | Component)[] = [], limits: Limits = {}): string {
  const components = sources.map((source) => (typeof source === 'string' ? apex(source) : source));
  const engine = engineOf(components, [], limits);
  return endingOf(() => runAnonymous(engine, body));
}

const repeat = (times: number, statement: string): string => `for (Integer i = 0; i < ${times}; i++) { ${statement} }`;

const ADD_ROWS = (count: number): string =>
  `List<Account> rows = new List<Account>(); ${repeat(count, "rows.add(new Account(Name = 'A' + i));")}`;

const FUTURE = 'public class Later { @Future public static void run(Integer i) { } }';
const JOB = 'public class Job implements Queueable { public void execute(QueueableContext c) { } }';

interface GovernorLimit {
  readonly name: string;
  /** Suffix of the methods of Limits. */
  readonly method: string;
  readonly sync: number;
  readonly async: number;
  /** Uses up that many of it. */
  readonly use?: (count: number) => string;
  readonly sources?: readonly (string | Component)[];
  /** Where the limit is not the platform's own, which takes long to reach. */
  readonly lowered?: { readonly limits: Limits; readonly at: number };
  readonly message?: string;
}

// Apex Developer Guide: Execution Governors and Limits.
const LIMITS: readonly GovernorLimit[] = [
  {
    name: 'SOQL queries',
    method: 'Queries',
    sync: 100,
    async: 200,
    use: (count) => repeat(count, 'Integer n = [SELECT COUNT() FROM Account];'),
    message: 'Too many SOQL queries',
  },
  {
    name: 'subqueries, three times as many',
    method: 'AggregateQueries',
    sync: 300,
    async: 600,
    use: (count) => repeat(count, 'List<Account> l = [SELECT Id, (SELECT Id FROM Contacts) FROM Account];'),
    lowered: { limits: { aggregateQueries: 5 }, at: 5 },
    message: 'Too many aggregate queries',
  },
  {
    name: 'rows of queries',
    method: 'QueryRows',
    sync: 50_000,
    async: 50_000,
    use: (count) => `${ADD_ROWS(10)} insert rows; List<Account> l = [SELECT Id FROM Account LIMIT ${count}];`,
    lowered: { limits: { queryRows: 8 }, at: 8 },
    message: 'Too many query rows',
  },
  {
    name: 'rows of query locators',
    method: 'QueryLocatorRows',
    sync: 10_000,
    async: 10_000,
    use: (count) =>
      `${ADD_ROWS(10)} insert rows; Database.QueryLocator l = Database.getQueryLocator('SELECT Id FROM Account LIMIT ${count}');`,
    lowered: { limits: { queryLocatorRows: 8 }, at: 8 },
    message: 'Too many query locator rows',
  },
  {
    name: 'SOSL queries',
    method: 'SoslQueries',
    sync: 20,
    async: 20,
    use: (count) => repeat(count, "List<List<SObject>> l = [FIND 'abc' RETURNING Account];"),
    message: 'Too many SOSL queries',
  },
  {
    name: 'DML statements',
    method: 'DmlStatements',
    sync: 150,
    async: 150,
    use: (count) => repeat(count, "insert new Account(Name = 'x');"),
    message: 'Too many DML statements',
  },
  {
    name: 'savepoints and rollbacks, as DML statements',
    method: 'DmlStatements',
    sync: 150,
    async: 150,
    use: (count) =>
      count % 2 === 0
        ? repeat(count / 2, 'Savepoint s = Database.setSavepoint(); Database.rollback(s);')
        : repeat(count, 'Savepoint s = Database.setSavepoint();'),
    message: 'Too many DML statements',
  },
  {
    name: 'events that are published after the commit, as DML statements',
    method: 'DmlStatements',
    sync: 150,
    async: 150,
    use: (count) => repeat(count, "EventBus.publish(new Ping__e(Text__c = 'x'));"),
    sources: [eventObject('Ping')],
    message: 'Too many DML statements',
  },
  {
    name: 'events that are published immediately',
    method: 'PublishImmediateDML',
    sync: 150,
    async: 150,
    use: (count) => repeat(count, "EventBus.publish(new Ping__e(Text__c = 'x'));"),
    sources: [eventObject('Ping', 'PublishImmediately')],
    message: 'Too many Immediate Platform Event DML',
  },
  {
    name: 'rows of DML statements',
    method: 'DmlRows',
    sync: 10_000,
    async: 10_000,
    use: (count) => `${ADD_ROWS(count)} insert rows;`,
    lowered: { limits: { dmlRows: 20 }, at: 20 },
    message: 'Too many DML rows',
  },
  {
    name: 'future calls',
    method: 'FutureCalls',
    sync: 50,
    async: 50,
    use: (count) => repeat(count, 'Later.run(i);'),
    sources: [FUTURE],
    message: 'Too many future calls',
  },
  {
    name: 'queueable jobs',
    method: 'QueueableJobs',
    sync: 50,
    async: 1,
    use: (count) => repeat(count, 'System.enqueueJob(new Job());'),
    sources: [JOB],
    message: 'Too many queueable jobs added to the queue',
  },
  {
    name: 'calls of sendEmail',
    method: 'EmailInvocations',
    sync: 10,
    async: 10,
    use: (count) =>
      repeat(
        count,
        "Messaging.SingleEmailMessage m = new Messaging.SingleEmailMessage(); m.setToAddresses(new List<String>{ 'a@b.example' }); m.setSubject('s'); m.setPlainTextBody('b'); Messaging.sendEmail(new List<Messaging.Email>{ m });",
      ),
    message: 'Too many Email Invocations',
  },
  {
    name: 'fetches of cursors',
    method: 'FetchCallsOnApexCursor',
    sync: 100,
    async: 100,
    use: (count) =>
      `${ADD_ROWS(1)} insert rows; Database.Cursor c = Database.getCursor('SELECT Id FROM Account'); ${repeat(count, 'c.fetch(0, 1);')}`,
    lowered: { limits: { cursorFetches: 5 }, at: 5 },
    message: 'Too many fetch calls on Apex cursors',
  },
  {
    name: 'pagination cursors',
    method: 'ApexPaginationCursors',
    sync: 50,
    async: 50,
    use: (count) => repeat(count, "Database.getPaginationCursor('SELECT Id FROM Account');"),
    message: 'Too many Apex pagination cursors',
  },
  { name: 'rows of cursors', method: 'ApexCursorRows', sync: 50_000_000, async: 50_000_000 },
  { name: 'rows of pagination cursors', method: 'ApexPaginationCursorRows', sync: 100_000, async: 100_000 },
  { name: 'callouts', method: 'Callouts', sync: 100, async: 100 },
  { name: 'CPU time', method: 'CpuTime', sync: 10_000, async: 60_000 },
  { name: 'the heap', method: 'HeapSize', sync: 6_000_000, async: 12_000_000 },
  { name: 'push notifications', method: 'MobilePushApexCalls', sync: 10, async: 10 },
];

describe('governor limits', () => {
  for (const { name, method, use, sources, lowered, message, sync } of LIMITS) {
    if (use === undefined || message === undefined) continue;
    it(`end a transaction that uses too many ${name}`, () => {
      const most = lowered?.at ?? sync;
      const counted = `if (Limits.get${method}() != ${most}) throw new IllegalArgumentException(String.valueOf(Limits.get${method}()));`;
      expect(ending(`${use(most)} ${counted}`, sources, lowered?.limits)).to.equal('no end');
      expect(ending(use(most + 1), sources, lowered?.limits)).to.equal(
        `System.LimitException: ${message}: ${most + 1}`,
      );
    });
  }

  it('have the documented values synchronously and asynchronously', async () => {
    const values = LIMITS.map(({ method }) => `Limits.getLimit${method}()`);
    const show = `System.debug(String.join(new List<Object>{ ${values.join(', ')} }, ','));`;
    const org = orgOf([
      `public class Job implements Queueable { public void execute(QueueableContext c) { ${show} } }`,
    ]);
    expect(await org.ask(show)).to.deep.equal([LIMITS.map(({ sync }) => sync).join(',')]);
    expect(await org.ask('System.enqueueJob(new Job());')).to.deep.equal([
      LIMITS.map((limit) => limit.async).join(','),
    ]);
  });

  it('give scheduled Apex those of synchronous Apex, and allow no future calls in futures and batches', async () => {
    const show = "Limits.getLimitQueries() + ' ' + Limits.getLimitQueueableJobs() + ' ' + Limits.getLimitFutureCalls()";
    const org = orgOf([
      `public class Daily implements Schedulable { public void execute(SchedulableContext c) { System.debug(${show}); } }`,
      `public class Later { @Future public static void run() { System.debug(${show}); } }`,
      `public class Many implements Database.Batchable<Integer> { public Iterable<Integer> start(Database.BatchableContext c) { return new List<Integer>{ 1 }; } public void execute(Database.BatchableContext c, List<Integer> scope) { System.debug(${show}); } public void finish(Database.BatchableContext c) { } }`,
      `public class Job implements Queueable { public void execute(QueueableContext c) { System.debug(${show}); } }`,
    ]);
    expect(await org.ask('Later.run();')).to.deep.equal(['200 1 0']);
    expect(await org.ask('Database.executeBatch(new Many());')).to.deep.equal(['200 1 0']);
    expect(await org.ask('System.enqueueJob(new Job());')).to.deep.equal(['200 1 50']);
    await org.run("System.schedule('daily', '0 0 10 * * ?', new Daily());");
    await org.kernel.advance(Date.UTC(2026, 2, 2, 11) - START);
    expect(org.lines.at(-1)).to.equal('100 50 50');
  });

  it('cannot be caught, and no finally block runs after them', () => {
    for (const { use, message, sources, lowered, sync } of LIMITS) {
      if (use === undefined || message === undefined) continue;
      const lines: string[] = [];
      const components = (sources ?? []).map((source) => (typeof source === 'string' ? apex(source) : source));
      const engine = engineOf(components, lines, lowered?.limits);
      const body = `try { try { ${use((lowered?.at ?? sync) + 1)} } finally { System.debug('finally'); } } catch (Exception e) { System.debug('caught'); }`;
      expect(endingOf(() => runAnonymous(engine, body))).to.match(/^System\.LimitException/);
      expect(lines).to.deep.equal([]);
    }
  });

  // Release Notes Summer '19: COUNT() counts as one row; other aggregates count what they add up.
  it('count COUNT() as one row, and the rows that other aggregate functions add up', () => {
    const used = (query: string): string =>
      run(
        `insert new List<Account>{ new Account(Name = 'a', NumberOfEmployees = 1), new Account(Name = 'a', NumberOfEmployees = 2), new Account(Name = 'b') }; Object o = ${query}; System.debug(Limits.getQueries() + ' ' + Limits.getQueryRows() + ' ' + Limits.getAggregateQueries());`,
      ).join();
    expect(used('[SELECT COUNT() FROM Account]')).to.equal('1 1 0');
    expect(used("Database.countQuery('SELECT COUNT() FROM Account')")).to.equal('1 1 0');
    expect(used('[SELECT COUNT(Id) n FROM Account]')).to.equal('1 1 0');
    expect(used('[SELECT Name, COUNT(Id) n FROM Account GROUP BY Name]')).to.equal('1 2 0');
    expect(used('[SELECT SUM(NumberOfEmployees) n FROM Account]')).to.equal('1 3 0');
    expect(used('[SELECT Name, MAX(NumberOfEmployees) n FROM Account GROUP BY Name]')).to.equal('1 3 0');
    expect(used('[SELECT Id FROM Account]')).to.equal('1 3 0');
  });

  it('count the rows of subqueries, but neither parents nor semi-joins', () => {
    const used = run(
      `Account a = new Account(Name = 'a'); insert a; insert new List<Contact>{ new Contact(LastName = 'x', AccountId = a.Id), new Contact(LastName = 'y', AccountId = a.Id) };
      Object o = [SELECT Id, (SELECT Id FROM Contacts) FROM Account]; System.debug(Limits.getQueries() + ' ' + Limits.getQueryRows() + ' ' + Limits.getAggregateQueries());
      o = [SELECT Id, Account.Name FROM Contact WHERE AccountId IN (SELECT Id FROM Account)]; System.debug(Limits.getQueries() + ' ' + Limits.getQueryRows() + ' ' + Limits.getAggregateQueries());`,
    );
    expect(used).to.deep.equal(['1 3 1', '2 5 1']);
  });

  it('let a batch locate more rows than a transaction may query', async () => {
    const org = orgOf(
      [
        "public class Many implements Database.Batchable<SObject> { public Database.QueryLocator start(Database.BatchableContext c) { return Database.getQueryLocator('SELECT Id FROM Account'); } public void execute(Database.BatchableContext c, List<Account> scope) { Integer before = Limits.getQueries(); Integer n = [SELECT COUNT() FROM Account]; System.debug(before + ' ' + Limits.getQueries() + ' ' + Limits.getQueryLocatorRows()); } public void finish(Database.BatchableContext c) { System.debug('finish ' + Limits.getQueries()); } }",
      ],
      { engine: { limits: { queryLocatorRows: 2, queryRows: 2 } } },
    );
    await org.run(`${ADD_ROWS(5)} insert rows; Database.executeBatch(new Many(), 2);`);
    // Every scope and the finish have counters of their own.
    expect(org.lines).to.deep.equal(['0 1 0', '0 1 0', '0 1 0', 'finish 0']);
  });

  it('count DML in triggers, and rows once however many batches of 200 they are', () => {
    const chunks = run(
      `${ADD_ROWS(450)} insert rows; System.debug(Limits.getDmlStatements() + ' ' + Limits.getDmlRows());`,
      "trigger Chunk on Account (before insert) { System.debug(Trigger.new.size()); insert new Contact(LastName = 'x'); }",
    );
    expect(chunks).to.deep.equal(['200', '200', '50', '4 453']);
  });

  it('are not used up by DML of no rows, and count a record as often as it is changed', () => {
    expect(
      run(
        "insert new List<Account>(); Account a = new Account(Name = 'x'); insert a; update a; update a; delete a; undelete a; System.debug(Limits.getDmlStatements() + ' ' + Limits.getDmlRows());",
      ),
    ).to.deep.equal(['5 5']);
  });

  it('are fresh between startTest and stopTest, and go on afterwards', async () => {
    const result = await runComponentTests(
      [
        apex(`@IsTest private class FreshTest {
        static void use(Integer n) { for (Integer i = 0; i < n; i++) { Integer c = [SELECT COUNT() FROM Account]; insert new Account(Name = 'x'); } }
        @IsTest static void fresh() {
          use(70);
          Test.startTest();
          Assert.areEqual(0, Limits.getQueries()); Assert.areEqual(0, Limits.getDmlStatements()); Assert.areEqual(0, Limits.getDmlRows());
          use(90);
          Assert.areEqual(90, Limits.getQueries());
          Test.stopTest();
          Assert.areEqual(70, Limits.getQueries()); Assert.areEqual(70, Limits.getDmlStatements());
          use(30);
        }
        @IsTest static void counts() { Assert.areEqual(0, Limits.getQueries()); use(101); }
        @IsTest static void runAsCounts() {
          User u = [SELECT Id FROM User WHERE Id = :UserInfo.getUserId()];
          System.runAs(u) { } System.runAs(u) { }
          Assert.areEqual(2, Limits.getDmlStatements());
        }
      }`),
      ],
      {},
    );
    expect(result.tests.map(({ methodName, outcome, message }) => [methodName, outcome, message])).to.deep.equal([
      ['fresh', 'pass', undefined],
      ['counts', 'fail', 'System.LimitException: Too many SOQL queries: 101'],
      ['runAsCounts', 'pass', undefined],
    ]);
  });

  it('give answers to every pair of methods of Limits', () => {
    const names =
      'AggregateQueries ApexCursorRows ApexCursors ApexPaginationCursorRows ApexPaginationCursors AsyncCalls Callouts ChildRelationshipsDescribes CpuTime DatabaseTime DmlRows DmlStatements EmailInvocations FetchCallsOnApexCursor FieldSetsDescribes FieldsDescribes FindSimilarCalls FutureCalls HeapSize MobilePushApexCalls PicklistDescribes PublishImmediateDML Queries QueryLocatorRows QueryRows QueueableJobs RecordTypesDescribes RunAs SavepointRollbacks Savepoints ScriptStatements SoslQueries'.split(
        ' ',
      );
    const checks = names.map(
      (name) =>
        `if (Limits.get${name}() == null || Limits.get${name}() > Limits.getLimit${name}() || Limits.getLimit${name}() <= 0) System.debug('${name}');`,
    );
    expect(run(checks.join('\n'))).to.deep.equal([]);
  });

  // Apex Developer Guide: Execution Governors and Limits (stack depth 16 of triggers).
  it('end triggers that start each other without end', () => {
    const both = [
      "trigger A on Account (after update) { List<Contact> l = [SELECT Id, Title FROM Contact]; for (Contact c : l) c.Title = (c.Title == 'x' ? 'y' : 'x'); update l; }",
      "trigger C on Contact (after update) { List<Account> l = [SELECT Id, Site FROM Account]; for (Account a : l) a.Site = (a.Site == 'x' ? 'y' : 'x'); update l; }",
    ];
    const setup =
      "Account a = new Account(Name = 'x'); insert a; insert new Contact(LastName = 'x', AccountId = a.Id);";
    expect(ending(`${setup} update a;`, both)).to.match(
      /^System\.DmlException: Update failed\. First exception on row 0 .*CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY.*maximum trigger depth exceeded/s,
    );
    expect(
      ending("insert new Account(Name = 'x');", [
        "trigger A on Account (after insert) { insert new Account(Name = 'y'); }",
      ]),
    ).to.match(/maximum trigger depth exceeded/);
    const deep = run(
      "insert new Account(Name = '1');",
      'trigger A on Account (after insert) { Integer n = Integer.valueOf(Trigger.new[0].Name); System.debug(n); if (n < 16) insert new Account(Name = String.valueOf(n + 1)); }',
    );
    expect(deep.at(-1)).to.equal('16');
  });
});
