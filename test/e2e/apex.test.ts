import { expect } from 'chai';
import { z } from 'zod';
import { createLocalOrg, type LocalOrg } from '../../local-org/src/index.js';
import { authorized, call } from '../local-org/support/http.js';
import { apexSource, SfWorkspace, SOURCE } from './support/sfCli.js';

const ADDER = `  public static Integer add(Integer a, Integer b) {
    if (a > 10) {
      return 0;
    }
    return a + b;
  }
`;
const ADDER_TEST = `@IsTest
private class AdderTest {
  @TestSetup
  static void prepare() {
    insert new Account(Name = 'setup');
  }
  @IsTest
  static void adds() {
    System.assertEquals(3, Adder.add(1, 2));
  }
  @IsTest
  static void fails() {
    System.assertEquals(4, Adder.add(1, 2), 'the sum');
  }
}
`;

const started = z.looseObject({ testRunId: z.string() });
const results = z.looseObject({
  summary: z.looseObject({
    outcome: z.string(),
    testsRan: z.number(),
    passing: z.number(),
    failing: z.number(),
    testRunCoverage: z.string().optional(),
    orgWideCoverage: z.string().optional(),
  }),
  tests: z.array(z.looseObject({ FullName: z.string(), Outcome: z.string(), Message: z.string().nullable() })),
});

describe('Apex through the SF CLI', function () {
  this.timeout(180_000);
  let org: LocalOrg;
  let work: SfWorkspace;
  before(async () => {
    org = await createLocalOrg({ alias: 'e2e-apex' });
    work = new SfWorkspace();
    await work.login(org);
    work.write({
      ...apexSource('Adder', ADDER),
      ...apexSource('AdderTest'),
      [`${SOURCE}/classes/AdderTest.cls`]: ADDER_TEST,
      'hello.apex': "insert new Account(Name = 'made by a script');\nSystem.debug('hello ' + Adder.add(1, 2));\n",
      'wrong.apex': 'Integer i = nothing;\n',
      'fails.apex': "throw new IllegalArgumentException('no');\n",
    });
    const deployed = await work.sf(['project', 'deploy', 'start', '--source-dir', 'force-app', ...ORG]);
    expect(deployed.exitCode, deployed.stdout + deployed.stderr).to.equal(0);
  });
  after(async () => {
    work.remove();
    await org.close();
  });

  const ORG = ['--target-org', 'local'];
  const query = async (soql: string): Promise<string> =>
    (await call(org, `/services/data/v66.0/tooling/query?q=${encodeURIComponent(soql)}`, { headers: authorized(org) }))
      .text;

  it('runs a script and prints its debug log', async () => {
    const run = await work.sf(['apex', 'run', '--file', 'hello.apex', ...ORG]);
    expect(run.exitCode, run.stdout + run.stderr).to.equal(0);
    expect(run.stdout)
      .to.contain('Compiled successfully.')
      .and.contain('Executed successfully.')
      .and.match(/^66\.0 APEX_CODE,DEBUG;APEX_PROFILING,INFO$/m)
      .and.match(/^\d\d:\d\d:\d\d\.\d{3} \(\d+\)\|USER_DEBUG\|\[2\]\|DEBUG\|hello 3$/m);
  });

  it('says why a script does not compile, and why one fails', async () => {
    const wrong = await work.sf(['apex', 'run', '--file', 'wrong.apex', ...ORG]);
    expect(wrong.exitCode).to.equal(1);
    expect(wrong.stdout + wrong.stderr)
      .to.contain('Compilation failed at Line 1 column 13')
      .and.contain('Variable does not exist: nothing');
    const fails = await work.json(['apex', 'run', '--file', 'fails.apex', ...ORG]);
    expect(JSON.stringify(fails))
      .to.contain('System.IllegalArgumentException: no')
      .and.contain('AnonymousBlock: line 1, column 1');
  });

  it('runs tests and prints results and coverage', async () => {
    const run = await work.sf([
      ...['apex', 'run', 'test', '--code-coverage', '--result-format', 'human', '--wait', '5'],
      ...['--test-level', 'RunLocalTests', ...ORG],
    ]);
    expect(run.exitCode, run.stdout + run.stderr).to.equal(100);
    expect(run.stdout)
      .to.match(/AdderTest\.adds\s+Pass/)
      .and.match(/AdderTest\.fails\s+Fail\s+System\.AssertException: Assertion Failed: the sum: Expected: 4, Actual: 3/)
      .and.match(/Class\.AdderTest\.fails: line 13, column 1/)
      .and.match(/Adder\s+67%\s+4/)
      .and.match(/Org Wide Coverage\s+66%/)
      .and.match(/AdderTest\.prepare\s+\d+/);
  });

  it('runs only what is asked, synchronously, and reports as JSON', async () => {
    const run = await work.json([
      ...['apex', 'run', 'test', '--synchronous', '--tests', 'AdderTest.adds'],
      ...['--code-coverage', '--result-format', 'json', ...ORG],
    ]);
    const { summary, tests } = results.parse(run.result);
    expect(summary).to.include({ outcome: 'Passed', testsRan: 1, passing: 1, failing: 0, testRunCoverage: '67%' });
    expect(tests.map(({ FullName, Outcome }) => [FullName, Outcome])).to.deep.equal([['AdderTest.adds', 'Pass']]);
  });

  it('starts tests, and gets their results later as JUnit', async () => {
    const begun = started.parse(
      (await work.json(['apex', 'run', 'test', '--class-names', 'AdderTest', ...ORG])).result,
    );
    const id = ['--test-run-id', begun.testRunId];
    const junit = await work.sf(['apex', 'get', 'test', ...id, '--result-format', 'junit', ...ORG]);
    expect(junit.exitCode, junit.stdout + junit.stderr).to.equal(100);
    expect(junit.stdout)
      .to.contain('<testcase name="adds" classname="AdderTest"')
      .and.contain('<failure message="System.AssertException: Assertion Failed: the sum: Expected: 4, Actual: 3"');
  });

  it('lists debug logs and gets the newest', async () => {
    const listed = await work.sf(['apex', 'list', 'log', ...ORG]);
    expect(listed.exitCode, listed.stdout + listed.stderr).to.equal(0);
    expect(listed.stdout).to.contain('SystemLog').and.contain('Success').and.contain('IllegalArgumentException: no');
    const got = await work.sf(['apex', 'get', 'log', '--number', '2', ...ORG]);
    expect(got.stdout).to.contain('|DEBUG|hello 3').and.contain('|FATAL_ERROR|System.IllegalArgumentException: no');
  });

  it('tails debug logs while they are made', async () => {
    const tail = work.start(['apex', 'tail', 'log', ...ORG]);
    try {
      await until(async () => /"totalSize":1/.test(await query('SELECT Id FROM TraceFlag')), tail.output);
      // The subscription follows the trace flag; until it is there, logs are made that nobody is told of.
      await until(async () => {
        await execute("System.debug('seen by the tail');");
        return tail.output().includes('|DEBUG|seen by the tail');
      }, tail.output);
      expect(tail.output()).to.contain('66.0 APEX_CODE,FINEST;');
    } finally {
      await tail.stop();
    }
  });

  async function execute(source: string): Promise<void> {
    const path = `/services/data/v66.0/tooling/executeAnonymous?anonymousBody=${encodeURIComponent(source)}`;
    expect((await call(org, path, { headers: authorized(org) })).text).to.contain('"success":true');
  }
});

/** Waits for a condition that another process brings about. */
async function until(condition: () => Promise<boolean>, describe: () => string): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`It never happened; printed so far:\n${describe()}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });
  }
}
