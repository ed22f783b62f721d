import { expect } from 'chai';
import { z } from 'zod';
import { createLocalOrg, type LocalOrg } from '../../local-org/src/index.js';
import { apexSource, SfWorkspace, SOURCE, type ProjectFiles } from './support/sfCli.js';

const row = z.looseObject({ name: z.string(), methodName: z.string() });
const deployed = z.looseObject({
  status: z.string(),
  numberTestsTotal: z.number(),
  numberTestsCompleted: z.number(),
  numberTestErrors: z.number(),
  details: z.looseObject({
    runTestResult: z.looseObject({
      successes: z.array(row),
      failures: z.array(row.extend({ message: z.string(), stackTrace: z.string().optional() })),
      codeCoverage: z.array(
        z.looseObject({
          name: z.string(),
          numLocations: z.coerce.number(),
          numLocationsNotCovered: z.coerce.number(),
        }),
      ),
    }),
  }),
});
type Deployed = z.infer<typeof deployed>;

const ADDER =
  '  public static Integer add(Integer a, Integer b) {\n    return a + b;\n  }\n  public static Integer never() {\n    return 0;\n  }\n';

function testClass(name: string, body: string): ProjectFiles {
  return {
    ...apexSource(name),
    [`${SOURCE}/classes/${name}.cls`]: `@IsTest\nprivate class ${name} {\n${body}}\n`,
  };
}

const method = (name: string, sum: number): string =>
  `  @IsTest static void ${name}() {\n    System.assertEquals(${sum}, Adder.add(1, 2), 'the sum');\n  }\n`;

describe('deployments with Apex tests', function () {
  this.timeout(180_000);
  let org: LocalOrg;
  let work: SfWorkspace;
  before(async () => {
    org = await createLocalOrg({ alias: 'e2e-tests' });
    work = new SfWorkspace();
    await work.login(org);
    work.write({
      ...apexSource('Adder', ADDER),
      ...testClass('AdderTest', method('adds', 3) + method('addsAgain', 3)),
    });
  });
  after(async () => {
    work.remove();
    await org.close();
  });

  const start = (...args: readonly string[]): string[] => [
    ...['project', 'deploy', 'start', '--target-org', 'local'],
    ...(args.includes('--metadata') ? [] : ['--source-dir', 'force-app']),
    ...args,
  ];
  const json = async (...args: readonly string[]): Promise<Deployed> =>
    deployed.parse((await work.json(start(...args))).result);
  const exists = async (name: string): Promise<boolean> => {
    const listed = await work.json([
      'org',
      'list',
      'metadata',
      '--metadata-type',
      'ApexClass',
      '--target-org',
      'local',
    ]);
    return JSON.stringify(listed.result).includes(`"${name}"`);
  };

  it('runs all local tests and prints that they passed', async () => {
    const run = await work.sf(start('--test-level', 'RunLocalTests', '--verbose'));
    expect(run.exitCode, run.stdout + run.stderr).to.equal(0);
    expect(run.stdout)
      .to.match(/Running Tests…\n +Successful: 2\/2 \(100%\)/)
      .and.match(/Passing: 2/)
      .and.match(/Failing: 0/);
    expect(run.stdout).to.contain('AdderTest').and.contain('addsAgain');
  });

  it('says how much of each class ran, and warns like a production org when that is little', async () => {
    const result = await json('--test-level', 'RunAllTestsInOrg');
    expect(result).to.include({ status: 'Succeeded', numberTestsTotal: 2, numberTestsCompleted: 2 });
    const [coverage] = result.details.runTestResult.codeCoverage;
    expect(coverage).to.include({ name: 'Adder', numLocations: 2, numLocationsNotCovered: 1 });
    const { stdout, stderr } = await work.sf(start('--test-level', 'RunLocalTests'));
    expect((stdout + stderr).replace(/[\s›]+/g, ' ')).to.contain(
      'Average test coverage across all Apex Classes and Triggers is 50%, at least 75% test coverage is required.',
    );
  });

  it('fails and keeps nothing when a test fails, with its message and stack', async () => {
    work.write({ ...apexSource('Later'), ...testClass('WrongTest', method('isWrong', 4)) });
    const { status, numberTestErrors, details } = await json('--test-level', 'RunLocalTests');
    expect({ status, numberTestErrors }).to.deep.equal({ status: 'Failed', numberTestErrors: 1 });
    const [failure] = details.runTestResult.failures;
    expect(failure).to.include({ name: 'WrongTest', methodName: 'isWrong' });
    expect(failure?.message).to.contain('the sum').and.contain('Expected: 4, Actual: 3');
    expect(failure?.stackTrace).to.match(/^Class\.WrongTest\.isWrong: line 4, column \d+/);
    expect(await exists('Adder')).to.equal(true);
    expect(await exists('Later')).to.equal(false);
    const run = await work.sf(start('--test-level', 'RunLocalTests'));
    expect(run.exitCode).to.equal(1);
    expect(run.stdout + run.stderr)
      .to.contain('isWrong')
      .and.contain('Expected: 4, Actual: 3');
  });

  it('runs only the tests that are named, and fails for one that does not exist', async () => {
    const named = await json('--test-level', 'RunSpecifiedTests', '--tests', 'AdderTest.adds');
    expect(named.status).to.equal('Succeeded');
    expect(named.details.runTestResult.successes.map(({ methodName }) => methodName)).to.deep.equal(['adds']);
    const missing = await json('--test-level', 'RunSpecifiedTests', '--tests', 'adderTest', '--tests', 'NoTest');
    expect(missing.status).to.equal('Failed');
    expect(missing.details.runTestResult.successes).to.have.length(2);
    expect(missing.details.runTestResult.failures.map(({ message }) => message)).to.deep.equal([
      'The org has no Apex test NoTest.',
    ]);
  });

  it('tests what the org has together with what is deployed', async () => {
    work.write(apexSource('Adder', ADDER.replace('a + b', 'a - b')));
    const result = await json('--metadata', 'ApexClass:Adder', '--test-level', 'RunLocalTests');
    expect(result.status).to.equal('Failed');
    expect(result.details.runTestResult.failures.map(({ methodName }) => methodName)).to.have.members([
      'adds',
      'addsAgain',
      'isWrong',
    ]);
  });
});
