import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { XMLParser } from 'fast-xml-parser';
import { callout, PROJECT } from '../support/callout-cli.js';

const ADDER =
  'public class Adder {\n  public static Integer add(Integer a, Integer b) {\n    return a + b;\n  }\n  public static Integer never() {\n    return 0;\n  }\n}\n';
const PASSING =
  '@IsTest\nprivate class AdderTest {\n  @IsTest static void adds() {\n    System.assertEquals(3, Adder.add(1, 2));\n  }\n  @IsTest static void addsNothing() {\n    System.assertEquals(1, Adder.add(1, 0));\n  }\n}\n';
const FAILING =
  "@IsTest\nprivate class WrongTest {\n  @IsTest static void isWrong() {\n    System.assertEquals(4, Adder.add(1, 2), 'one & two < four');\n  }\n}\n";
const BROKEN = 'public class Broken {\n  Strin name;\n}\n';

describe('callout test', function () {
  this.timeout(60_000);
  let project: string;

  beforeEach(async () => {
    project = await mkdtemp(join(tmpdir(), 'callout-test-'));
    await write('sfdx-project.json', JSON.stringify({ packageDirectories: [{ path: 'app' }, { path: 'tests' }] }));
    await write('app/classes/Adder.cls', ADDER);
    await write('tests/classes/AdderTest.cls', PASSING);
  });

  afterEach(() => rm(project, { recursive: true, force: true }));

  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(project, path)), { recursive: true });
    await writeFile(join(project, path), text);
  };
  const test = (...args: readonly string[]): ReturnType<typeof callout> => callout(['test', ...args], { cwd: project });

  it('runs the package directories together and exits with 0', async () => {
    const { exitCode, stdout, stderr } = await test();
    expect(exitCode, stderr).to.equal(0);
    expect(stdout).to.match(/^ {2}AdderTest\n {4}✔ adds \(\d+ ms\)\n {4}✔ addsNothing \(\d+ ms\)$/m);
    expect(stdout)
      .to.match(/^ {2}2 passing \(\d+\.\d s\)$/m)
      .and.not.contain('failing');
  });

  it('exits with 1 and shows the message and the Apex stack of a failing test at the end', async () => {
    await write('tests/classes/WrongTest.cls', FAILING);
    const { exitCode, stdout } = await test();
    expect(exitCode).to.equal(1);
    expect(stdout).to.match(/✖ isWrong/);
    const [, end = ''] = stdout.split('1 failing');
    expect(end)
      .to.contain('1) WrongTest.isWrong')
      .and.contain('one & two < four')
      .and.contain('Expected: 4, Actual: 3');
    expect(end).to.match(/Class\.WrongTest\.isWrong: line 4, column \d+/);
    expect(stdout).to.contain('2 passing');
  });

  it('lists every compile error with its place, and runs nothing', async () => {
    await write('app/classes/Broken.cls', BROKEN);
    const { exitCode, stdout, stderr } = await test();
    expect(exitCode).to.equal(1);
    expect(stdout, stderr).to.match(/^app\/classes\/Broken\.cls:2:3 {2}Invalid type: Strin$/m);
    expect(stdout).to.contain('1 compile error: no test ran.').and.not.contain('passing');
  });

  it('runs only what the filters name', async () => {
    await write('tests/classes/WrongTest.cls', FAILING);
    const { exitCode, stdout } = await test('--filter', 'adderTest.addsN', '--filter', 'isWrong', '--json');
    expect(exitCode).to.equal(1);
    const { tests } = JSON.parse(stdout).result;
    expect(tests.map(({ methodName }: { methodName: string }) => methodName)).to.deep.equal(['addsNothing', 'isWrong']);
  });

  it('runs only the folders that are named, once each', async () => {
    await write('tests/classes/WrongTest.cls', FAILING);
    await write('more/OtherTest.cls', '@IsTest class OtherTest { @IsTest static void works() {} }');
    const { exitCode, stdout, stderr } = await test('--filter', 'works', 'more', 'more', '.');
    expect(exitCode, stdout + stderr).to.equal(0);
    expect(stdout).to.contain('1 passing');
  });

  it('reports results as JSON', async () => {
    await write('tests/classes/WrongTest.cls', FAILING);
    const { stdout } = await test('--json', '--coverage', 'text');
    const { status, result } = JSON.parse(stdout);
    expect(status).to.equal(1);
    expect(result).to.include({ passing: 2, failing: 1 });
    expect(result.notices).to.deep.equal([]);
    expect(result.failures).to.have.length(1);
    expect(result.failures[0]).to.include({ className: 'WrongTest', methodName: 'isWrong', outcome: 'fail' });
    expect(result.coverage).to.deep.equal([
      { name: 'Adder', kind: 'class', fileName: 'app/classes/Adder.cls', coveredLines: [3], uncoveredLines: [6] },
    ]);
  });

  it('shows coverage as a table', async () => {
    const { stdout } = await test('--coverage', 'text');
    expect(stdout).to.match(/^Adder +2 +50% +6$/m);
    expect(stdout).to.match(/^All +2 +50%$/m);
  });

  it('writes coverage for lcov readers', async () => {
    expect((await test('--coverage', 'lcov')).exitCode).to.equal(0);
    const expected = 'TN:\nSF:app/classes/Adder.cls\nDA:3,1\nDA:6,0\nLF:2\nLH:1\nend_of_record\n';
    expect(await readFile(join(project, 'coverage/lcov.info'), 'utf8')).to.equal(expected);
    expect((await test('--coverage', 'lcov', '--coverage-file', 'out/a.info')).exitCode).to.equal(0);
    expect(await readFile(join(project, 'out/a.info'), 'utf8')).to.equal(expected);
  });

  it('writes results for build servers', async () => {
    await write('tests/classes/WrongTest.cls', FAILING);
    expect((await test('--junit', 'reports/apex.xml')).exitCode).to.equal(1);
    const xml = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' }).parse(
      await readFile(join(project, 'reports/apex.xml'), 'utf8'),
    );
    expect(xml.testsuites).to.include({ tests: '3', failures: '1', errors: '0' });
    const wrong = xml.testsuites.testsuite.find(({ name }: { name: string }) => name === 'WrongTest');
    expect(wrong.testcase).to.include({ classname: 'WrongTest', name: 'isWrong' });
    expect(wrong.testcase.failure.message).to.contain('one & two < four');
  });

  it('starts flows, and refuses by name what in them does not run', async () => {
    const greet = (more: string): Promise<void> =>
      write(
        'app/flows/Greet.flow-meta.xml',
        `<?xml version="1.0"?><Flow><assignments><name>Set</name><label>Set</label><locationX>0</locationX><locationY>0</locationY><assignmentItems><assignToReference>$Record.Site</assignToReference><operator>Assign</operator><value><stringValue>hello</stringValue></value></assignmentItems></assignments><label>Greet</label><processType>AutoLaunchedFlow</processType><start><connector><targetReference>Set</targetReference></connector><object>Account</object><recordTriggerType>Create</recordTriggerType><triggerType>RecordBeforeSave</triggerType></start><status>Active</status>${more}</Flow>`,
      );
    await greet('');
    await write(
      'tests/classes/FlowTest.cls',
      "@IsTest class FlowTest { @IsTest static void saves() { User u = new User(LastName = 'x', Alias = 'x', Email = 'x@example.com', Username = 'x@example.com', TimeZoneSidKey = 'GMT', LocaleSidKey = 'en_US', EmailEncodingKey = 'UTF-8', LanguageLocaleKey = 'en_US', ProfileId = [SELECT Id FROM Profile WHERE Name = 'Standard User'].Id); insert u; System.runAs(u) { insert new Account(Name = 'A'); } System.assertEquals('hello', [SELECT Site FROM Account].Site); } }",
    );
    const { stdout, exitCode } = await test();
    expect(exitCode, stdout).to.equal(0);
    await greet('<waits><name>Later</name><label>Later</label></waits>');
    expect((await test()).stdout).to.contain('Flow Greet: The flow element Wait (waits) is not supported');
  });

  it('exits with 2 when there is nothing to run', async () => {
    for (const [args, message] of [
      [['--filter', 'nosuch'], 'No Apex test in app, tests has a name that contains "nosuch"'],
      [['app'], 'No Apex test was found in app'],
      [['missing'], 'missing is not a folder'],
      [['--coverage-file', 'x'], 'only for --coverage lcov'],
      [['--coverage', 'html'], 'Expected --coverage=html to be one of: text, lcov'],
    ] as const) {
      const { exitCode, stderr } = await test(...args);
      expect(exitCode, args.join(' ')).to.equal(2);
      expect(stderr).to.contain(message);
    }
    await rm(join(project, 'sfdx-project.json'));
    const { exitCode, stderr } = await test();
    expect(exitCode).to.equal(2);
    expect(stderr).to.contain('sfdx-project.json');
  });

  it('runs again when a file changes, after compile errors too', async () => {
    const child = spawn(process.execPath, [join(PROJECT, 'generator/bin/callout.js'), 'test', '--watch'], {
      cwd: project,
      env: { ...process.env, NO_COLOR: '1' },
    });
    const exited = new Promise((resolve) => child.on('close', resolve));
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
    const round = async (number: number): Promise<string> => {
      while (printed.split('Press Ctrl+C').length <= number) await new Promise((resolve) => setTimeout(resolve, 50));
      return printed.split('Press Ctrl+C')[number - 1] ?? '';
    };
    try {
      expect(await round(1)).to.contain('2 passing');
      await write('app/classes/Broken.cls', BROKEN);
      expect(await round(2)).to.contain('1 compile error');
      await write('app/classes/Broken.cls', 'public class Broken {}');
      await write('tests/classes/WrongTest.cls', FAILING);
      expect(await round(3))
        .to.contain('2 passing')
        .and.contain('1 failing');
    } finally {
      child.kill('SIGINT');
      await exited;
    }
  });

  it("passes this project's own Apex tests", async () => {
    const { exitCode, stdout, stderr } = await callout(['test', '--json']);
    const { result } = JSON.parse(stdout);
    expect(result.compileErrors).to.deep.equal([]);
    expect(result.failures).to.deep.equal([]);
    expect(result.passing).to.be.greaterThan(100);
    expect(exitCode, stderr).to.equal(0);
  });
});
