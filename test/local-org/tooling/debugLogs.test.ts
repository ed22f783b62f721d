import { expect } from 'chai';
import { ApexDatetime } from '../../../local-org/src/data/index.js';
import { ApexLogs, DebugLog } from '../../../local-org/src/platform/debug-log/index.js';
import { files, liveOrg, NOW } from '../live/kit.js';
import { toolingOf, toolingOrg } from './kit.js';

const TRIGGER = { triggers: { Note: "trigger Note on Account (before insert) { System.debug('seen'); }" } };

describe('debug logs of an org', () => {
  // Tooling API Developer Guide: TraceFlag
  it('are kept for every transaction of a user with a trace flag, and for nobody else', async () => {
    const org = toolingOrg();
    await org.deploy(files(TRIGGER));
    org.insert('Account', { Name: 'before' });
    expect(org.logs).to.deep.equal([]);
    org.trace(org.admin, { ApexCode: 'DEBUG', Database: 'NONE' });
    org.insert('Account', { Name: 'traced' });
    const body = org.tooling.logBody(org.logs.at(-1) ?? '', org.admin);
    expect(body).to.contain('|CODE_UNIT_STARTED|[EXTERNAL]|01q').and.contain('|USER_DEBUG|[1]|DEBUG|seen\n');
    const [row] = org.query('SELECT LogUserId, Status, Request FROM ApexLog ORDER BY StartTime DESC LIMIT 1');
    expect(row).to.deep.equal({ LogUserId: org.admin, Status: 'Success', Request: 'Api' });
    const before = org.logs.length;
    org.query('SELECT Id FROM Account');
    expect(org.logs).to.have.length(before);
  });

  // Tooling API Developer Guide: TraceFlag, StartDate and ExpirationDate; Debug Log Order of Precedence: class trace flags make no logs
  it('are made only while a flag of the user is active', () => {
    const inactive = [
      { ExpirationDate: new ApexDatetime(NOW) },
      { StartDate: new ApexDatetime(NOW + 1000), ExpirationDate: new ApexDatetime(NOW + 2000) },
      { LogType: 'CLASS_TRACING' },
    ];
    for (const flag of inactive) {
      const org = toolingOrg();
      org.trace(org.admin, { ApexCode: 'DEBUG' }, flag);
      org.insert('Account', { Name: 'x' });
      expect(org.logs, JSON.stringify(flag)).to.deep.equal([]);
    }
  });

  // Tooling API Developer Guide: DebugLevel, "Deleting a debug level deletes all trace flags that use it"
  it('end when the debug level is deleted, and its flags with it', () => {
    const org = toolingOrg();
    org.trace(org.admin, { ApexCode: 'DEBUG' });
    const [level] = org.query('SELECT Id FROM DebugLevel');
    org.live.dml(org.admin, 'delete', (runtime) => [runtime.record('DebugLevel', { Id: level?.['Id'] ?? null })], {
      allOrNone: true,
    });
    expect(org.query('SELECT COUNT() FROM TraceFlag')).to.deep.equal([{ count: 0 }]);
    const before = org.logs.length;
    org.insert('Account', { Name: 'x' });
    expect(org.logs).to.have.length(before);
  });

  // Tooling API Developer Guide: DebugLevel; its fields have these defaults
  it('have the levels that a debug level does not name from its defaults', () => {
    const org = toolingOrg();
    org.trace(org.admin, { ApexCode: 'FINEST', Visualforce: 'FINER' });
    org.insert('Account', { Name: 'x' });
    expect(org.tooling.logBody(org.logs[0] ?? '', org.admin)?.split('\n')[0]).to.equal(
      '66.0 APEX_CODE,FINEST;APEX_PROFILING,INFO;CALLOUT,INFO;DB,INFO;NBA,INFO;SYSTEM,DEBUG;VALIDATION,INFO;VISUALFORCE,FINER;WAVE,INFO;WORKFLOW,INFO',
    );
  });

  // Object Reference: ApexLog.Status, "either Success, or the text of an unhandled Apex exception"
  it('say which exception ended the transaction', async () => {
    const org = toolingOrg();
    org.trace(org.admin, { ApexCode: 'DEBUG' });
    const request = { source: "Integer.valueOf('x');", userId: org.admin, operation: 'test' };
    await org.tooling.executeAnonymous(request);
    expect(org.query('SELECT Status FROM ApexLog')).to.deep.include({
      Status: 'System.TypeException: Invalid integer: x',
    });
  });

  it('do not outlive the server: their rows are gone at its next start', async () => {
    const org = toolingOrg();
    org.trace(org.admin, { ApexCode: 'DEBUG', Database: 'INFO' });
    org.insert('Account', { Name: 'x' });
    expect(org.query('SELECT COUNT() FROM ApexLog')).to.deep.equal([{ count: 1 }]);
    await org.tooling.close();
    const again = toolingOf(org.live);
    expect(org.query('SELECT COUNT() FROM ApexLog')).to.deep.equal([{ count: 0 }]);
    await again.close();
  });

  it('are forgotten from the oldest on when there are too many, and when their rows are deleted', () => {
    const { live, admin, query } = liveOrg();
    const user = { id: admin, username: 'a@b.c', timeZone: 'GMT' };
    const logs = new ApexLogs(() => live.rows(), { logs: 2, bytes: 1_000_000 });
    const ids = ['a', 'b', 'c', 'd'].map((name) => {
      const log = new DebugLog({ levels: {}, user, clock: { now: () => NOW }, classId: () => '', anonymous: name });
      return logs.save(log, { userId: admin, operation: name, request: 'Api', requestId: '' });
    });
    expect(query('SELECT Operation FROM ApexLog')).to.deep.equal([{ Operation: 'c' }, { Operation: 'd' }]);
    expect(ids.map((id) => logs.body(id)?.includes('Execute Anonymous:'))).to.deep.equal([
      undefined,
      undefined,
      true,
      true,
    ]);
    live.dml(admin, 'delete', (runtime) => [runtime.record('ApexLog', { Id: ids[3] ?? null })], { allOrNone: true });
    expect(logs.body(ids[3] ?? '')).to.equal(undefined);
  });
});
