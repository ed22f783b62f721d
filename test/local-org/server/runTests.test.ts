import { expect } from 'chai';
import type { TestRunner } from '../../../local-org/src/deployment/index.js';
import { runTests } from '../../../local-org/src/server/index.js';
import type { DeployResult } from '../../../local-org/src/store/index.js';
import { testOrg, type TestOrg } from '../support/deploying.js';
import { packageXml, type PackageFiles } from '../support/packages.js';

const META = (type: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><${type} xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>66.0</apiVersion><status>Active</status></${type}>`;
const TWO_TESTS =
  "@IsTest @SuppressWarnings('x') class OneTest { @IsTest(SeeAllData=false) static void a() {} @IsTest static void b() { String s = '@IsTest static void c() {}'; } }";

function code(
  classes: Readonly<Record<string, string>>,
  triggers: Readonly<Record<string, string>> = {},
): PackageFiles {
  const files = (entries: Readonly<Record<string, string>>, folder: string, suffix: string, type: string) =>
    Object.entries(entries).flatMap(([name, text]) => [
      [`${folder}/${name}.${suffix}`, text],
      [`${folder}/${name}.${suffix}-meta.xml`, META(type)],
    ]);
  return {
    'package.xml': packageXml({ ApexClass: Object.keys(classes), ApexTrigger: Object.keys(triggers) }),
    ...Object.fromEntries([
      ...files(classes, 'classes', 'cls', 'ApexClass'),
      ...files(triggers, 'triggers', 'trigger', 'ApexTrigger'),
    ]),
  };
}

describe('the runner of a deployment’s Apex tests', () => {
  const finish = async ({ service, deploy }: TestOrg, files: PackageFiles): Promise<DeployResult> => {
    const { id } = await deploy(files, { testLevel: 'RunLocalTests' });
    let result = await service.status(id, 5_000);
    while (!result.done) result = await service.status(id, 5_000);
    return result;
  };

  it('announces how many tests there are, and reports each as it ends', async () => {
    const progress: string[] = [];
    const watched: TestRunner = (request) =>
      runTests({
        ...request,
        onProgress: (soFar, total) => {
          progress.push(`${soFar.numTestsRun}/${total}`);
          request.onProgress(soFar, total);
        },
      });
    const result = await finish(testOrg({ runTests: watched }), code({ OneTest: TWO_TESTS }));
    expect(progress).to.deep.equal(['1/2', '2/2']);
    expect(result).to.include({ status: 'Succeeded', numberTestsTotal: 2, numberTestsCompleted: 2 });
  });

  it('stops between two tests when the deployment is cancelled, and keeps nothing', async () => {
    let ran = 0;
    const org: TestOrg = testOrg({
      runTests: (request) =>
        runTests({
          ...request,
          onProgress: () => {
            ran += 1;
            for (const { result } of org.store.deployments()) org.service.cancel(result.id, org.store.admin);
          },
        }),
    });
    expect((await finish(org, code({ OneTest: TWO_TESTS }))).status).to.equal('Canceled');
    expect(ran).to.equal(1);
    expect(org.store.state.all()).to.deep.equal([]);
  });

  it('reports code that does not compile as failures, with its place', async () => {
    const result = await finish(
      testOrg({ runTests }),
      code({ OneTest: TWO_TESTS, Wrong: 'public class Wrong {\n  Strin name;\n}' }),
    );
    expect(result.status).to.equal('Failed');
    expect(result.details.runTestResult?.failures).to.have.length(1);
    expect(result.details.runTestResult?.failures[0]).to.include({
      name: 'Wrong',
      methodName: 'compile',
      message: 'Invalid type: Strin (2:3)',
    });
  });

  it('warns of a trigger that no test reaches', async () => {
    const trigger = 'trigger Mark on Account (before insert) {\n  for (Account a : Trigger.new) a.Site = a.Name;\n}';
    const result = await finish(testOrg({ runTests }), code({ OneTest: TWO_TESTS }, { Mark: trigger }));
    expect(result.status).to.equal('Succeeded');
    const warnings = result.details.runTestResult?.codeCoverageWarnings ?? [];
    expect(warnings[0]).to.include({
      name: 'Mark',
      message: 'Test coverage of selected Apex Trigger is 0%, at least 1% test coverage is required.',
    });
    expect(warnings[0]?.id).to.match(/^01q/);
    expect(warnings[1]?.message).to.contain('is 0%, at least 75% test coverage is required');
  });
});
