import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { files } from '../live/kit.js';
import { InvalidApexError, type LiveOrg } from '../../../local-org/src/platform/live/index.js';
import { toolingOf, toolingOrg, until, type ToolingOrg } from './kit.js';

const CODE = {
  classes: {
    Sum: 'public class Sum {\n  public static Integer of(Integer a, Integer b) {\n    if (a > 10) {\n      return 0;\n    }\n    return a + b;\n  }\n}',
    SumTest:
      "@IsTest private class SumTest {\n  @TestSetup static void prepare() { insert new Account(Name = 'setup'); }\n  @IsTest static void adds() { System.assertEquals(3, Sum.of(1, 2)); }\n  @IsTest static void zero() { System.assertEquals(0, Sum.of(11, 2)); }\n  @IsTest static void fails() { System.assertEquals(1, Sum.of(1, 2), 'sum'); }\n}",
    DataTest:
      "@IsTest private class DataTest {\n  @IsTest static void isolated() { System.assertEquals(0, [SELECT COUNT() FROM Account]); insert new Account(Name = 'gone'); }\n  @IsTest(SeeAllData=true) static void sees() { System.assertEquals(1, [SELECT COUNT() FROM Account]); }\n}",
  },
};

async function org(): Promise<ToolingOrg> {
  const made = toolingOrg();
  await made.deploy(files(CODE));
  return made;
}

async function finished(made: ToolingOrg, id: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  const row = (): Readonly<Record<string, unknown>> | undefined =>
    made.query(
      `SELECT Status, ClassesCompleted, ClassesEnqueued, MethodsEnqueued, MethodsCompleted, MethodsFailed FROM ApexTestRunResult WHERE AsyncApexJobId = '${id}'`,
    )[0];
  await until(() => !['Queued', 'Processing'].includes(String(row()?.['Status'])));
  return row();
}

describe('asynchronous test runs', () => {
  // Object Reference: ApexTestRunResult, ApexTestQueueItem, ApexTestResult
  it('can be followed and read in their rows', async () => {
    const made = await org();
    const id = made.tooling.startTests({ testLevel: 'RunLocalTests', category: ['Apex'] }, made.admin);
    expect(made.query(`SELECT Status FROM ApexTestQueueItem WHERE ParentJobId = '${id}'`)).to.deep.equal([
      { Status: 'Queued' },
      { Status: 'Queued' },
    ]);
    expect(await finished(made, id)).to.deep.equal({
      Status: 'Failed',
      ClassesEnqueued: 2,
      ClassesCompleted: 2,
      MethodsEnqueued: 5,
      MethodsCompleted: 5,
      MethodsFailed: 2,
    });
    expect(
      made.query(`SELECT Status, ExtendedStatus FROM ApexTestQueueItem WHERE ParentJobId = '${id}'`),
    ).to.deep.equal([
      { Status: 'Completed', ExtendedStatus: '(1/2)' },
      { Status: 'Completed', ExtendedStatus: '(2/3)' },
    ]);
    const results = made.query(
      `SELECT MethodName, Outcome, IsTestSetup, Message, StackTrace FROM ApexTestResult WHERE AsyncApexJobId = '${id}' AND ApexClass.Name = 'SumTest'`,
    );
    expect(results.map((row) => [row['MethodName'], row['Outcome'], row['IsTestSetup']])).to.deep.equal([
      ['prepare', 'Pass', true],
      ['adds', 'Pass', false],
      ['zero', 'Pass', false],
      ['fails', 'Fail', false],
    ]);
    expect(results[3]).to.include({
      Message: 'System.AssertException: Assertion Failed: sum: Expected: 1, Actual: 3',
      StackTrace: 'Class.SumTest.fails: line 5, column 1',
    });
    expect(made.runs).to.include(id);
    expect(made.query(`SELECT Id, Status, JobType FROM AsyncApexJob WHERE Id = '${id}'`)).to.deep.equal([
      { Id: id, Status: 'Completed', JobType: 'TestRequest' },
    ]);
  });

  // Apex Developer Guide: Isolation of Test Data from Organization Data in Unit Tests
  it('see the records of the org only with SeeAllData, and leave none', async () => {
    const made = await org();
    made.insert('Account', { Name: 'real' });
    const id = made.tooling.startTests({ tests: [{ className: 'DataTest', testMethods: ['sees'] }] }, made.admin);
    expect(await finished(made, id)).to.include({ Status: 'Completed', MethodsFailed: 0 });
    const other = made.tooling.startTests({ classNames: 'SumTest' }, made.admin);
    await finished(made, other);
    expect(made.query('SELECT Name FROM Account')).to.deep.equal([{ Name: 'real' }]);
  });

  const forms: readonly (readonly [form: string, body: (classId: string) => unknown, methods: number])[] = [
    ['names of classes', () => ({ classNames: 'SumTest,DataTest' }), 5],
    ['Ids of classes', (classId) => ({ classids: classId }), 3],
    ['an array', (classId) => [{ classId, testMethods: ['adds', 'ZERO'] }], 2],
    ['tests with methods', () => ({ tests: [{ className: 'sumtest', testMethods: ['adds'] }] }), 1],
    [
      'a class named twice',
      () => ({
        tests: [
          { className: 'SumTest', testMethods: ['adds'] },
          { className: 'SumTest', testMethods: ['fails'] },
        ],
      }),
      2,
    ],
    ['all tests', () => ({ testLevel: 'RunAllTestsInOrg' }), 5],
  ];
  for (const [form, body, methods] of forms) {
    // Tooling API Developer Guide: runTestsAsynchronous
    it(`take ${form}`, async () => {
      const made = await org();
      const [row] = made.query("SELECT Id FROM ApexClass WHERE Name = 'SumTest'");
      const id = made.tooling.startTests(body(String(row?.['Id'])), made.admin);
      expect(await finished(made, id)).to.include({ MethodsCompleted: methods });
    });
  }

  // Tooling API Developer Guide: runTestsAsynchronous, maxFailedTests
  it('start no further class once more tests have failed than they may', async () => {
    const made = await org();
    const id = made.tooling.startTests({ testLevel: 'RunLocalTests', maxFailedTests: 0 }, made.admin);
    expect(await finished(made, id)).to.include({ Status: 'Aborted', ClassesCompleted: 1 });
  });

  // Object Reference: ApexTestQueueItem, "To abort a class, set Status to Aborted"
  it('leave out a class that is aborted before its turn', async () => {
    const made = await org();
    const id = made.tooling.startTests({ testLevel: 'RunLocalTests' }, made.admin);
    const [, second] = made.query(`SELECT Id FROM ApexTestQueueItem WHERE ParentJobId = '${id}'`);
    made.live.dml(
      made.admin,
      'update',
      (runtime) => [runtime.record('ApexTestQueueItem', { Id: String(second?.['Id']), Status: 'Aborted' })],
      { allOrNone: true },
    );
    expect(await finished(made, id)).to.include({ Status: 'Aborted', ClassesCompleted: 1 });
  });

  it('let the server do other things between two classes', async () => {
    const made = await org();
    const id = made.tooling.startTests({ testLevel: 'RunLocalTests' }, made.admin);
    const seen: unknown[] = [];
    const look = (): void => {
      const [row] = made.query(`SELECT ClassesCompleted FROM ApexTestRunResult WHERE AsyncApexJobId = '${id}'`);
      seen.push(row?.['ClassesCompleted']);
    };
    while (
      made.query(`SELECT Id FROM ApexTestRunResult WHERE AsyncApexJobId = '${id}' AND EndTime = NULL`).length > 0
    ) {
      look();
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
    expect(seen).to.include(1);
  });

  it('keep a debug log of each class for a user with a trace flag', async () => {
    const made = await org();
    made.trace(made.admin, { ApexCode: 'DEBUG' });
    const before = made.logs.length;
    const id = made.tooling.startTests({ classNames: 'SumTest' }, made.admin);
    await finished(made, id);
    const logged = made.logs.slice(before).map((log) => made.tooling.logBody(log, made.admin) ?? '');
    const [log] = logged.filter((body) => body.includes('SumTest.adds()'));
    expect(log?.match(/\|CODE_UNIT_STARTED\|\[EXTERNAL\]\|01p\w{12}\|SumTest\.\w+\(\)/g)).to.have.length(4);
    expect(made.query(`SELECT ApexLogId FROM ApexTestResult WHERE MethodName = 'adds'`)[0]?.['ApexLogId']).to.match(
      /^07L/,
    );
  });

  it('end as failed when the Apex of the org does not compile any more at their turn', async () => {
    const made = await org();
    let calls = 0;
    const live: LiveOrg = Object.assign(Object.create(made.live), {
      program: () => {
        if (++calls < 3) return made.live.program();
        throw new InvalidApexError([{ fileName: 'Broken.cls', line: 1, column: 1, message: 'broken' }]);
      },
    });
    const id = toolingOf(live).startTests({ testLevel: 'RunLocalTests' }, made.admin);
    expect(await finished(made, id)).to.include({ Status: 'Failed', ClassesCompleted: 2 });
    const items = made.query(`SELECT Status, ExtendedStatus FROM ApexTestQueueItem WHERE ParentJobId = '${id}'`);
    expect(items.map((item) => item['Status'])).to.deep.equal(['Completed', 'Failed']);
    expect(items[1]?.['ExtendedStatus']).to.contain('The Apex of the org does not compile:\nBroken.cls:1:1 broken');
  });

  it('that the org did not finish before it stopped are aborted', async () => {
    const made = await org();
    const id = made.tooling.startTests({ testLevel: 'RunLocalTests' }, made.admin);
    await made.tooling.close();
    const again = toolingOf(made.live);
    expect(made.query(`SELECT Status FROM ApexTestRunResult WHERE AsyncApexJobId = '${id}'`)).to.deep.equal([
      { Status: 'Aborted' },
    ]);
    await again.close();
  });

  const refused: readonly (readonly [why: string, body: unknown, message: RegExp])[] = [
    ['nothing to run', {}, /Always provide a classes, suites, tests, or testLevel property/],
    ['a class that is not there', { classNames: 'Nobody' }, /This class name's value is invalid: Nobody/],
    ['a class without tests', { classNames: 'Sum' }, /Provide the name of an Apex class that has test methods/],
    [
      'a method that is not there',
      { tests: [{ className: 'SumTest', testMethods: ['nothing'] }] },
      /The class SumTest has no test method nothing/,
    ],
    ['suites', { suiteNames: 'All' }, /does not support Apex test suites/],
    [
      'flow tests',
      { testLevel: 'RunLocalTests', category: ['Flow'] },
      /does not support tests other than those of Apex/,
    ],
    ['a level that is none', { testLevel: 'RunSome' }, /malformed/],
  ];
  for (const [why, body, message] of refused) {
    it(`are refused for ${why}`, async () => {
      const made = await org();
      expect(() => made.tooling.startTests(body, made.admin)).to.throw(message);
    });
  }
});

describe('synchronous test runs', () => {
  // Tooling API Developer Guide: runTestsSynchronous
  it('answer with what each test did', async () => {
    const made = await org();
    const body = { tests: [{ className: 'SumTest' }], testLevel: 'RunSpecifiedTests', skipCodeCoverage: true };
    const result = await made.tooling.runTests(body, made.admin);
    const [row] = made.query("SELECT Id FROM ApexClass WHERE Name = 'SumTest'");
    expect(result).to.include({ numTestsRun: 3, numFailures: 1, apexLogId: null });
    expect(result.successes.map(({ id, name, methodName }) => [id, name, methodName])).to.deep.equal([
      [row?.['Id'], 'SumTest', 'adds'],
      [row?.['Id'], 'SumTest', 'zero'],
    ]);
    expect(result.failures[0]).to.include({
      methodName: 'fails',
      message: 'System.AssertException: Assertion Failed: sum: Expected: 1, Actual: 3',
      stackTrace: 'Class.SumTest.fails: line 5, column 1',
    });
    expect(made.query('SELECT COUNT() FROM ApexCodeCoverage')).to.deep.equal([{ count: 0 }]);
  });

  it('are refused while the Apex of the org does not compile', async () => {
    const made = await org();
    await made.deploy(files({ classes: { Broken: 'public class Broken { Nothing n; }' } }));
    const error = await rejection(made.tooling.runTests({ classNames: 'SumTest' }, made.admin));
    expect(error.message).to.contain('The Apex of the org does not compile');
  });
});

describe('coverage of test runs', () => {
  const unit = (made: ToolingOrg): unknown =>
    made.query(
      "SELECT NumLinesCovered, NumLinesUncovered, Coverage FROM ApexCodeCoverageAggregate WHERE ApexClassOrTrigger.Name = 'Sum'",
    );
  const percent = (made: ToolingOrg): unknown =>
    made.query('SELECT PercentCovered FROM ApexOrgWideCoverage')[0]?.['PercentCovered'];

  // Tooling API Developer Guide: ApexCodeCoverage, ApexCodeCoverageAggregate, ApexOrgWideCoverage
  it('stands in rows, per test method and added up', async () => {
    const made = await org();
    await made.tooling.runTests({ tests: [{ className: 'SumTest', testMethods: ['adds'] }] }, made.admin);
    expect(
      made.query(
        "SELECT TestMethodName, ApexTestClass.Name, NumLinesCovered, Coverage FROM ApexCodeCoverage WHERE ApexClassOrTrigger.Name = 'Sum'",
      ),
    ).to.deep.include({
      ApexTestClassId: made.query("SELECT Id FROM ApexClass WHERE Name = 'SumTest'")[0]?.['Id'],
      TestMethodName: 'adds',
      NumLinesCovered: 2,
      Coverage: '{"coveredLines":[3,6],"uncoveredLines":[4]}',
    });
    expect(unit(made)).to.deep.equal([
      { NumLinesCovered: 2, NumLinesUncovered: 1, Coverage: '{"coveredLines":[3,6],"uncoveredLines":[4]}' },
    ]);
    expect(percent(made)).to.equal(66);
    await made.tooling.runTests({ tests: [{ className: 'SumTest', testMethods: ['zero'] }] }, made.admin);
    expect(unit(made)).to.deep.equal([
      { NumLinesCovered: 3, NumLinesUncovered: 0, Coverage: '{"coveredLines":[3,4,6],"uncoveredLines":[]}' },
    ]);
    expect(percent(made)).to.equal(100);
  });

  it('counts nothing that ran outside of tests', async () => {
    const made = await org();
    await made.tooling.executeAnonymous({ source: 'Sum.of(11, 1);', userId: made.admin, operation: 'test' });
    await made.tooling.runTests({ tests: [{ className: 'DataTest', testMethods: ['isolated'] }] }, made.admin);
    expect(unit(made)).to.deep.equal([
      { NumLinesCovered: 0, NumLinesUncovered: 3, Coverage: '{"coveredLines":[],"uncoveredLines":[3,4,6]}' },
    ]);
  });

  it('stays until code changes', async () => {
    const made = await org();
    await made.tooling.runTests({ classNames: 'SumTest' }, made.admin);
    await made.deploy(files({ classes: { Other: 'public class Other { }' } }));
    expect(unit(made)).to.have.length(1);
    await made.deploy(files({ classes: { Sum: CODE.classes.Sum.replace('a + b', 'b + a') } }));
    expect(unit(made)).to.deep.equal([]);
    expect(made.query('SELECT COUNT() FROM ApexCodeCoverage')).to.deep.equal([{ count: 0 }]);
    expect(percent(made)).to.equal(0);
  });
});
