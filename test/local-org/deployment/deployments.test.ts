import { expect } from 'chai';
import { DeploymentError, type TestRequest } from '../../../local-org/src/deployment/index.js';
import type { RunTestResult } from '../../../local-org/src/store/index.js';
import { failures, OPTIONS, rows, testOrg } from '../support/deploying.js';
import { apexClass, objectFile, packageXml, zipOf, type PackageFiles } from '../support/packages.js';

const classes = (bodies: Readonly<Record<string, string>>): PackageFiles =>
  Object.assign(
    { 'package.xml': packageXml({ ApexClass: Object.keys(bodies) }) },
    ...Object.entries(bodies).map(([name, body]) => apexClass(name, body)),
  );

async function refusal(action: () => unknown): Promise<DeploymentError> {
  try {
    await action();
  } catch (error) {
    if (error instanceof DeploymentError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('deploying', () => {
  it('creates, changes and leaves alone, and says which', async () => {
    const { deploy } = testOrg();
    expect(rows(await deploy(classes({ A: '', B: '' })))).to.deep.equal(['created ApexClass A', 'created ApexClass B']);
    const again = await deploy(classes({ A: '', B: '// more\n' }));
    expect(rows(again)).to.deep.equal(['unchanged ApexClass A', 'changed ApexClass B']);
    expect(again).to.include({
      status: 'Succeeded',
      done: true,
      success: true,
      numberComponentsTotal: 2,
      numberComponentsDeployed: 2,
      numberComponentErrors: 0,
    });
    expect(again.completedDate).to.match(/^\d{4}-/);
  });

  it('keeps nothing of a deployment with an error, and reports all errors with their places', async () => {
    const { deploy, store } = testOrg();
    const result = await deploy(classes({ A: '', B: '  BROKEN\n', C: 'uses Nobody\n' }));
    expect(result).to.include({ status: 'Failed', success: false, numberComponentErrors: 2 });
    expect(failures(result)).to.deep.equal([
      'classes/B.cls:2:3 B: This is broken.',
      'classes/C.cls:2:1 C: Variable does not exist: Nobody',
    ]);
    expect(rows(result)).to.deep.equal(['created ApexClass A']);
    expect(store.state.all()).to.deep.equal([]);
  });

  it('keeps what stands on its own when errors need not roll back', async () => {
    const { deploy, store } = testOrg();
    const result = await deploy(classes({ A: '', B: 'BROKEN\n', C: 'uses B\n', D: 'uses C\n', E: 'uses A\n' }), {
      rollbackOnError: false,
    });
    expect(result.status).to.equal('SucceededPartial');
    expect(result.details.componentFailures.map(({ fullName }) => fullName)).to.deep.equal(['B', 'C', 'D']);
    expect(store.state.all().map(({ fullName }) => fullName)).to.deep.equal(['A', 'E']);
  });

  it('keeps nothing when everything fails, or the manifest is unusable', async () => {
    const { deploy, store } = testOrg();
    expect((await deploy(classes({ A: 'BROKEN\n' }), { rollbackOnError: false })).status).to.equal('Failed');
    expect(
      (
        await deploy(
          { 'package.xml': packageXml({ ApexClass: ['A'], Nonsense: ['X'] }), ...apexClass('A') },
          { rollbackOnError: false },
        )
      ).status,
    ).to.equal('Failed');
    expect(store.state.all()).to.deep.equal([]);
  });

  it('keeps nothing when it would break what is outside the package', async () => {
    const outside = { type: 'ApexClass', fullName: 'Outside', fileName: 'classes/Outside.cls', line: 1, column: 1 };
    const { deploy, store } = testOrg({
      check: (pkg) =>
        pkg.components.length === 0 ? [] : [{ ...outside, severity: 'Error', message: 'Dependent class is invalid' }],
    });
    expect((await deploy(classes({ A: '' }), { rollbackOnError: false })).status).to.equal('Failed');
    expect(store.state.all()).to.deep.equal([]);
  });

  it('only checks when asked to', async () => {
    const { deploy, store } = testOrg();
    const result = await deploy(classes({ A: '' }), { checkOnly: true });
    expect(result).to.include({ status: 'Succeeded', checkOnly: true });
    expect(rows(result)).to.deep.equal(['created ApexClass A']);
    expect(store.state.all()).to.deep.equal([]);
  });

  it('fails on warnings unless they are to be ignored', async () => {
    const { deploy } = testOrg();
    const strict = await deploy(classes({ A: 'DOUBTFUL\n' }));
    expect(strict.status).to.equal('Failed');
    expect(strict.details.componentFailures[0]).to.include({ problemType: 'Warning', success: false });
    const lenient = await deploy(classes({ A: 'DOUBTFUL\n' }), { ignoreWarnings: true });
    expect(lenient.status).to.equal('Succeeded');
    expect(lenient.details.componentSuccesses.find(({ problem }) => problem !== undefined)).to.include({
      problem: 'This is doubtful.',
      success: true,
    });
  });

  it('refuses malformed XML that no check has reported', async () => {
    const { deploy } = testOrg({ check: () => [] });
    const result = await deploy({
      'package.xml': packageXml({ Flow: ['F'] }),
      'flows/F.flow': '<Flow>\n  <label>F</Flow>',
    });
    expect(failures(result)).to.deep.equal(['flows/F.flow:2:18 F: Error parsing file: unexpected close tag.']);
  });

  it('reports the folder of a package that is not at the top of the zip', async () => {
    const { deploy } = testOrg();
    const files = classes({ A: 'BROKEN\n' });
    const result = await deploy(Object.fromEntries(Object.entries(files).map(([path, text]) => [`zip/${path}`, text])));
    expect(failures(result)).to.deep.equal(['zip/classes/A.cls:2:1 A: This is broken.']);
  });

  it('turns a failing check into a failed deployment and goes on', async () => {
    let broken = true;
    const seen: unknown[] = [];
    const { deploy } = testOrg({
      check: () => {
        if (broken) throw new Error('the checker has a defect');
        return [];
      },
      onInternalError: (error) => seen.push(error),
    });
    expect(await deploy(classes({ A: '' }))).to.include({ status: 'Failed', errorStatusCode: 'UNKNOWN_EXCEPTION' });
    expect(seen).to.have.length(1);
    broken = false;
    expect((await deploy(classes({ A: '' }))).status).to.equal('Succeeded');
  });
});

describe('deploying objects', () => {
  const object = {
    'package.xml': packageXml({ CustomObject: ['Thing__c'] }),
    ...objectFile('Thing__c', ['A__c', 'B__c'], 'Thing'),
  };

  it('reports a row per field', async () => {
    const { deploy } = testOrg();
    expect(rows(await deploy(object))).to.deep.equal([
      'created CustomObject Thing__c',
      'created CustomField Thing__c.A__c',
      'created CustomField Thing__c.B__c',
    ]);
    expect(rows(await deploy(object))).to.deep.equal([
      'unchanged CustomObject Thing__c',
      'unchanged CustomField Thing__c.A__c',
      'unchanged CustomField Thing__c.B__c',
    ]);
  });

  it('adds fields without losing others or the object’s own properties', async () => {
    const { deploy, store } = testOrg();
    await deploy(object);
    const result = await deploy({
      'package.xml': packageXml({ CustomField: ['Thing__c.C__c'] }),
      ...objectFile('Thing__c', ['C__c']),
    });
    expect(rows(result)).to.deep.equal(['created CustomField Thing__c.C__c']);
    const content = store.state.component('CustomObject', 'Thing__c')?.content ?? '';
    for (const part of ['A__c', 'B__c', 'C__c', '<label>Thing</label>']) expect(content).to.contain(part);
    expect(content.indexOf('<fields>')).to.be.lessThan(content.indexOf('<pluralLabel>'));
  });

  it('leaves out only the field that fails, with the right lines for the rest', async () => {
    const { deploy, store } = testOrg({
      check: (pkg) =>
        pkg.components.flatMap((component) =>
          [...component.content.matchAll(/<fullName>(Bad\w*)<\/fullName>/g)].map((match) => ({
            ...component,
            type: 'CustomField',
            fullName: `${component.fullName}.${match[1] ?? ''}`,
            line: component.content.slice(0, match.index).split('\n').length,
            column: 1,
            severity: 'Error' as const,
            message: 'Bad field.',
          })),
        ),
    });
    const files = {
      'package.xml': packageXml({ CustomObject: ['Thing__c'] }),
      ...objectFile('Thing__c', ['A__c', 'Bad__c', 'C__c'], 'Thing'),
    };
    const result = await deploy(files, { rollbackOnError: false });
    expect(failures(result)).to.deep.equal(['objects/Thing__c.object:10:1 Thing__c.Bad__c: Bad field.']);
    expect(rows(result)).to.deep.equal([
      'created CustomObject Thing__c',
      'created CustomField Thing__c.A__c',
      'created CustomField Thing__c.C__c',
    ]);
    expect(store.state.component('CustomObject', 'Thing__c')?.content).not.to.contain('Bad__c');
  });
});

describe('deleting', () => {
  const deletions = (members: Readonly<Record<string, readonly string[]>>, when = 'Post'): PackageFiles => ({
    'package.xml': packageXml({}),
    [`destructiveChanges${when}.xml`]: packageXml(members),
  });

  it('deletes components and fields', async () => {
    const { deploy, store } = testOrg();
    await deploy({
      'package.xml': packageXml({ ApexClass: ['A'], CustomObject: ['Thing__c'] }),
      ...apexClass('A'),
      ...objectFile('Thing__c', ['A__c', 'B__c'], 'Thing'),
    });
    const result = await deploy(deletions({ ApexClass: ['a'], CustomField: ['Thing__c.A__c'] }));
    expect(result.status).to.equal('Succeeded');
    expect(rows(result)).to.have.members(['deleted ApexClass A', 'deleted CustomField Thing__c.A__c']);
    expect(store.state.component('ApexClass', 'A')).to.equal(undefined);
    const content = store.state.component('CustomObject', 'Thing__c')?.content ?? '';
    expect(content).not.to.contain('A__c');
    expect(content).to.contain('B__c');
  });

  it('deletes an object together with its fields', async () => {
    const { deploy, store } = testOrg();
    await deploy({
      'package.xml': packageXml({ CustomObject: ['Thing__c'] }),
      ...objectFile('Thing__c', ['A__c'], 'Thing'),
    });
    const result = await deploy(deletions({ CustomObject: ['Thing__c'], CustomField: ['Thing__c.A__c'] }));
    expect(rows(result)).to.deep.equal(['deleted CustomField Thing__c.A__c', 'deleted CustomObject Thing__c']);
    expect(store.state.all()).to.deep.equal([]);
  });

  it('warns about components that are not there', async () => {
    const { deploy } = testOrg();
    const result = await deploy(deletions({ ApexClass: ['Gone'] }), { ignoreWarnings: true });
    expect(result.status).to.equal('Succeeded');
    expect(result.details.componentSuccesses[0]).to.include({
      fullName: 'destructiveChangesPost.xml',
      componentType: 'ApexClass',
      problem: 'No ApexClass named: Gone found',
      problemType: 'Warning',
    });
  });

  it('refuses to delete what others refer to', async () => {
    const { deploy, store } = testOrg();
    await deploy(classes({ A: '', B: 'uses A\n' }));
    const result = await deploy(deletions({ ApexClass: ['A'] }));
    expect(result.status).to.equal('Failed');
    expect(result.details.componentFailures[0]).to.include({
      componentType: 'ApexClass',
      fullName: 'A',
      problem:
        'This apex class is referenced elsewhere in salesforce.com. Remove the usage and try again. : Apex Class - B',
    });
    expect(store.state.component('ApexClass', 'A')).not.to.equal(undefined);
    expect((await deploy(deletions({ ApexClass: ['A', 'B'] }))).status).to.equal('Succeeded');
  });

  it('says once what several looks at the references find', async () => {
    const { deploy } = testOrg();
    await deploy(classes({ A: '', B: 'uses A\nuses A\n', C: 'uses A\n', AD: '', E: 'uses AD\n', F: '' }));
    const result = await deploy(deletions({ ApexClass: ['A', 'AD', 'F', 'Gone'] }));
    const inUse = (name: string, by: string): string =>
      `destructiveChangesPost.xml:1:1 ${name}: This apex class is referenced elsewhere in salesforce.com. Remove the usage and try again. : Apex Class - ${by}`;
    expect(failures(result)).to.have.members([
      inUse('A', 'B'),
      inUse('A', 'C'),
      inUse('AD', 'E'),
      'destructiveChangesPost.xml:1:1 destructiveChangesPost.xml: No ApexClass named: Gone found',
    ]);
    expect(result.numberComponentErrors).to.equal(4);
  });

  it('deletes after deploying when the package takes the reference away, and not before', async () => {
    const { deploy } = testOrg();
    await deploy(classes({ A: '', B: 'uses A\n' }));
    const files = { ...classes({ B: '' }) };
    expect((await deploy({ ...files, 'destructiveChangesPre.xml': packageXml({ ApexClass: ['A'] }) })).status).to.equal(
      'Failed',
    );
    expect(
      (await deploy({ ...files, 'destructiveChangesPost.xml': packageXml({ ApexClass: ['A'] }) })).status,
    ).to.equal('Succeeded');
  });

  it('checks the package against the org without what is deleted first', async () => {
    const { deploy } = testOrg();
    await deploy(classes({ A: '' }));
    const result = await deploy({
      ...classes({ B: 'uses A\n' }),
      'destructiveChangesPre.xml': packageXml({ ApexClass: ['A'] }),
    });
    expect(failures(result)).to.deep.equal(['classes/B.cls:2:1 B: Variable does not exist: A']);
  });

  it('does not delete standard objects', async () => {
    const { deploy } = testOrg();
    await deploy({ 'package.xml': packageXml({ CustomField: ['Account.A__c'] }), ...objectFile('Account', ['A__c']) });
    expect(failures(await deploy(deletions({ CustomObject: ['Account'] })))).to.deep.equal([
      'destructiveChangesPost.xml:1:1 Account: The standard object Account cannot be deleted.',
    ]);
  });
});

describe('the life of a deployment', () => {
  it('runs one at a time, in order, and cancels what waits and what runs', async () => {
    const gates: (() => void)[] = [];
    const { service, store } = testOrg({
      check: (_pkg, _org, signal) =>
        new Promise((resolve, reject) => {
          gates.push(() => resolve([]));
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
    });
    const submit = async (name: string): Promise<string> =>
      (await service.submit(zipOf(classes({ [name]: '' })), OPTIONS, store.admin)).id;
    const [first, second, third] = [await submit('A'), await submit('B'), await submit('C')];
    expect((await service.status(first, 20)).status).to.equal('InProgress');
    expect((await service.status(second, 20)).status).to.equal('Pending');
    expect(service.cancel(second, store.admin).status).to.equal('Canceled');
    expect(service.cancel(first, store.admin).status).to.equal('Canceling');
    expect(await service.status(first, 1_000)).to.include({
      status: 'Canceled',
      done: true,
      success: false,
      canceledByName: 'Admin User',
    });
    while (gates.length < 2) await new Promise((resolve) => setImmediate(resolve));
    gates[1]!();
    expect((await service.status(third, 1_000)).status).to.equal('Succeeded');
    expect(store.state.all().map(({ fullName }) => fullName)).to.deep.equal(['C']);
    expect((await refusal(() => service.cancel(third, store.admin))).message).to.equal(
      `Deployment already completed: ${third}`,
    );
  });

  it('answers for old ids, also in their short form, and refuses unknown ones', async () => {
    const { deploy, service } = testOrg();
    const { id } = await deploy(classes({ A: '' }));
    expect((await service.status(id.slice(0, 15))).id).to.equal(id);
    expect((await refusal(() => service.status('0Af000000000000AAA'))).code).to.equal('INVALID_CROSS_REFERENCE_KEY');
  });

  it('deploys a validation quickly, once, within ten days', async () => {
    let now = new Date('2026-01-01T00:00:00Z');
    const { deploy, service, store } = testOrg({ now: () => now });
    const validate = (body: string) => deploy(classes({ A: body }), { checkOnly: true, testLevel: 'RunLocalTests' });
    const validation = await validate('');
    const quick = service.quickDeploy(validation.id, store.admin);
    expect(await service.status(quick.id, 1_000)).to.include({ status: 'Succeeded', checkOnly: false });
    expect(store.state.component('ApexClass', 'A')).not.to.equal(undefined);
    expect((await refusal(() => service.quickDeploy(validation.id, store.admin))).message).to.contain(
      'Something was deployed after',
    );
    const later = await validate('// later\n');
    now = new Date('2026-01-12T00:00:00Z');
    expect((await refusal(() => service.quickDeploy(later.id, store.admin))).message).to.contain('older than 10 days');
  });

  it('does not deploy quickly what was not validated with tests', async () => {
    const { deploy, service, store } = testOrg();
    const plain = await deploy(classes({ A: '' }));
    expect((await refusal(() => service.quickDeploy(plain.id, store.admin))).message).to.contain(
      'is not a validation that succeeded',
    );
    const untested = await deploy(classes({ A: '' }), { checkOnly: true });
    expect((await refusal(() => service.quickDeploy(untested.id, store.admin))).message).to.contain('ran no tests');
  });
});

describe('Apex tests of a deployment', () => {
  const testClass = '@IsTest static void works() {}\n';
  const outcome = (failed: boolean): RunTestResult => ({
    numTestsRun: 1,
    numFailures: failed ? 1 : 0,
    totalTime: 5,
    successes: failed ? [] : [{ id: '01p', name: 'A', methodName: 'works', time: 5 }],
    failures: failed
      ? [
          {
            id: '01p',
            name: 'A',
            methodName: 'works',
            time: 5,
            message: 'System.AssertException',
            stackTrace: 'Class.A.works: line 2',
            type: 'Class',
          },
        ]
      : [],
    codeCoverage: [],
    codeCoverageWarnings: [],
  });

  it('refuses a test level that it cannot serve, naming the class', async () => {
    const { deploy } = testOrg();
    expect(await refusal(() => deploy(classes({ ATest: testClass }), { testLevel: 'RunLocalTests' }))).to.include({
      code: 'FUNCTIONALITY_NOT_ENABLED',
      message:
        'This local org does not run Apex tests, so the test level RunLocalTests cannot be served (test class: ATest). Use the test level NoTestRun.',
    });
    expect(
      (await refusal(() => deploy(classes({ A: '' }), { testLevel: 'RunSpecifiedTests', runTests: ['ATest'] })))
        .message,
    ).to.contain('test class: ATest');
  });

  it('needs no tests when there are none: a mention in a comment or a text is not one', async () => {
    const { deploy } = testOrg();
    expect(
      (
        await deploy(classes({ A: "// @IsTest\n/* testMethod */ String s = 'it\\'s @isTest';\n" }), {
          testLevel: 'RunLocalTests',
        })
      ).status,
    ).to.equal('Succeeded');
  });

  it('runs them in the org as it will be, and keeps nothing when one fails', async () => {
    let failed = true;
    const requests: TestRequest[] = [];
    const { deploy, service, store } = testOrg({
      runTests: (request) => {
        requests.push(request);
        request.onProgress({ ...outcome(false), numTestsRun: 0, successes: [] }, 1);
        return Promise.resolve(outcome(failed));
      },
    });
    const first = await deploy(classes({ A: testClass }), { testLevel: 'RunSpecifiedTests', runTests: ['A'] });
    expect(requests[0]?.org.component('ApexClass', 'A')?.fullName).to.equal('A');
    expect(requests[0]).to.include({ level: 'RunSpecifiedTests' });
    expect(first, 'the failure is shown once before the end').to.include({
      status: 'InProgress',
      done: false,
      numberTestErrors: 1,
    });
    const final = await service.status(first.id);
    expect(final).to.include({ status: 'Failed', done: true, numberTestErrors: 1, numberTestsTotal: 1 });
    expect(final.details.runTestResult?.failures[0]).to.include({
      methodName: 'works',
      message: 'System.AssertException',
    });
    expect(store.state.all()).to.deep.equal([]);
    failed = false;
    const passed = await deploy(classes({ A: testClass }), { testLevel: 'RunLocalTests' });
    expect(passed, 'tests are shown once before the end').to.include({ status: 'InProgress', numberTestsCompleted: 1 });
    expect(await service.status(passed.id)).to.include({ status: 'Succeeded', numberTestsCompleted: 1 });
  });
});
