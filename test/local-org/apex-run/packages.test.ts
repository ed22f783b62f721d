import { expect } from 'chai';
import { runComponentTests } from '../../../local-org/src/apex/test-runner/index.js';
import { apex, value } from './run.js';

/** Runs the methods of a test class; their messages, empty for those that pass. */
async function messages(tests: string): Promise<readonly string[]> {
  const source = `@IsTest private class PackageTest {
    class Script implements InstallHandler, UninstallHandler {
      public void onInstall(InstallContext context) {
        seen = context.previousVersion()?.minor() + ' ' + context.isUpgrade() + ' ' + context.isPush() + ' ' + (context.installerId() == UserInfo.getUserId());
      }
      public void onUninstall(UninstallContext context) { seen = 'gone ' + (context.organizationId() == UserInfo.getOrganizationId()); }
    }
    static String seen;
    ${tests}
  }`;
  const result = await runComponentTests([apex(source)], {});
  expect(result.compileErrors).to.deep.equal([]);
  return result.tests.map((test) => test.message ?? '');
}

describe('Packages', () => {
  it('have versions that compare by their parts, and a patch only where both have one', () => {
    expect(value('new Version(2, 1).compareTo(new Version(2, 0, 7))')).to.equal('1');
    expect(value('new Version(2, 1).compareTo(new Version(2, 1, 7))')).to.equal('0');
    expect(value('new Version(2, 1, 3).compareTo(new Version(2, 1, 7))')).to.equal('-1');
    expect(value("new Version(1, 2, 3).patch() + ' ' + new Version(4, 5).patch()")).to.equal('3 null');
  });

  it('have their scripts called as an installation, an upgrade, a push and an uninstallation do', async () => {
    expect(
      await messages(`@IsTest static void scripts() {
        Test.testInstall(new Script(), null);
        Assert.areEqual('null false false true', seen);
        Test.testInstall(new Script(), new Version(1, 4), true);
        Assert.areEqual('4 true true true', seen);
        Test.testUninstall(new Script());
        Assert.areEqual('gone true', seen);
      }`),
    ).to.deep.equal(['']);
  });

  it('have feature parameters that keep what a test sets, for that test', async () => {
    expect(
      await messages(`@IsTest static void sets() {
        FeatureManagement.setPackageDateValue('LastRun', Date.newInstance(2024, 1, 2));
        Assert.areEqual(Date.newInstance(2024, 1, 2), FeatureManagement.checkPackageDateValue('lastrun'));
      }
      @IsTest static void lacks() {
        try { FeatureManagement.checkPackageDateValue('LastRun'); Assert.fail(); } catch (NoDataFoundException e) {}
      }`),
    ).to.deep.equal(['', '']);
  });
});
