import { expect } from 'chai';
import { files } from '../live/kit.js';
import { rejection } from '../support/rejection.js';
import { toolingOrg } from './kit.js';

const OPERATION = '/services/Soap/s/66.0/00D';

describe('executeAnonymous', () => {
  // Tooling API Developer Guide: executeAnonymous
  it('runs a block in the live org, and its changes stay', async () => {
    const { tooling, admin, query } = toolingOrg();
    const request = { source: "insert new Account(Name = 'kept');", userId: admin, operation: OPERATION };
    expect(await tooling.executeAnonymous(request)).to.deep.equal({
      result: {
        compiled: true,
        success: true,
        line: -1,
        column: -1,
        compileProblem: null,
        exceptionMessage: null,
        exceptionStackTrace: null,
      },
      log: undefined,
    });
    expect(query('SELECT Name, CreatedById FROM Account')).to.deep.equal([{ Name: 'kept', CreatedById: admin }]);
  });

  it('tells where a block does not compile, and runs nothing', async () => {
    const { tooling, admin, query } = toolingOrg();
    const source = "insert new Account(Name = 'x');\n  Integer i = 'text';";
    const { result, log } = await tooling.executeAnonymous({
      source,
      userId: admin,
      operation: OPERATION,
      levels: { ApexCode: 'DEBUG' },
    });
    expect(result).to.include({ compiled: false, success: false, line: 2, exceptionMessage: null });
    expect(result.compileProblem).to.contain('Illegal assignment from String to Integer');
    expect(log).to.equal(undefined);
    expect(query('SELECT COUNT() FROM Account')).to.deep.equal([{ count: 0 }]);
  });

  it('tells which exception ended a block, where, and takes its changes back', async () => {
    const { tooling, admin, deploy, query } = toolingOrg();
    await deploy(
      files({
        classes: { Fails: "public class Fails {\n  public static void now() {\n    Integer.valueOf('x');\n  }\n}" },
      }),
    );
    const source = "insert new Account(Name = 'x');\nFails.now();";
    const { result } = await tooling.executeAnonymous({ source, userId: admin, operation: OPERATION });
    expect(result).to.deep.equal({
      compiled: true,
      success: false,
      line: 3,
      column: 1,
      compileProblem: null,
      exceptionMessage: 'System.TypeException: Invalid integer: x',
      exceptionStackTrace: 'Class.Fails.now: line 3, column 1\nAnonymousBlock: line 2, column 1',
    });
    expect(query('SELECT COUNT() FROM Account')).to.deep.equal([{ count: 0 }]);
  });

  it('names what the local org does not do', async () => {
    const { tooling, admin } = toolingOrg();
    const { result } = await tooling.executeAnonymous({
      source: 'List<Account> found = [SELECT Id FROM Account USING SCOPE team];',
      userId: admin,
      operation: OPERATION,
    });
    expect(result).to.include({
      success: false,
      exceptionMessage: 'USING SCOPE team is not supported by the local org.',
    });
  });

  it('runs as the user who asks', async () => {
    const { tooling, store, query } = toolingOrg();
    const workflow = store.state.users.find(({ kind }) => kind === 'defaultWorkflow');
    const source = 'insert new Account(Name = UserInfo.getUserName());';
    await tooling.executeAnonymous({ source, userId: workflow?.id ?? '', operation: OPERATION });
    expect(query('SELECT Name, CreatedById FROM Account')).to.deep.equal([
      { Name: workflow?.username, CreatedById: workflow?.id },
    ]);
  });

  // Apex Developer Guide: Debug Log Order of Precedence
  it('gives the debug log that the client asks for, and keeps it', async () => {
    const { tooling, admin, logs, query } = toolingOrg();
    const source = "System.debug('hello');";
    const { log } = await tooling.executeAnonymous({
      source,
      userId: admin,
      operation: OPERATION,
      levels: { ApexCode: 'DEBUG', ApexProfiling: 'INFO' },
    });
    expect(log?.split('\n').slice(0, 2)).to.deep.equal([
      '66.0 APEX_CODE,DEBUG;APEX_PROFILING,INFO',
      "Execute Anonymous: System.debug('hello');",
    ]);
    expect(log).to.contain('|USER_DEBUG|[1]|DEBUG|hello\n');
    const rows = query('SELECT Id, Operation, Request, Status, LogUserId, LogLength FROM ApexLog');
    expect(rows).to.deep.equal([
      {
        Id: logs[0],
        Operation: OPERATION,
        Request: 'Api',
        Status: 'Success',
        LogUserId: admin,
        LogLength: Buffer.byteLength(log ?? ''),
      },
    ]);
    expect(tooling.logBody(logs[0] ?? '', admin)).to.equal(log);
  });

  // Apex Developer Guide: Debug Log Order of Precedence: "Trace flags override all other logging logic"
  it('lets the levels of a trace flag go before those of the client', async () => {
    const { tooling, admin, trace } = toolingOrg();
    trace(admin, { ApexCode: 'ERROR' });
    const { log } = await tooling.executeAnonymous({
      source: "System.debug('hello');",
      userId: admin,
      operation: OPERATION,
      levels: { ApexCode: 'FINEST' },
    });
    expect(log).to.contain('APEX_CODE,ERROR').and.not.contain('USER_DEBUG');
  });

  it('follows the methods of code that can wait for a callout', async () => {
    const { tooling, admin, deploy } = toolingOrg();
    const source =
      'public class Caller {\n  public static void call(Boolean really) {\n    if (really) {\n      new Http().send(new HttpRequest());\n    }\n  }\n}';
    await deploy(files({ classes: { Caller: source } }));
    const request = { userId: admin, operation: OPERATION, levels: { ApexCode: 'FINER' } as const };
    const { log } = await tooling.executeAnonymous({ ...request, source: '\nCaller.call(false);' });
    const events = (log ?? '').split('\n').flatMap((line) => /\|((?:METHOD|STATEMENT).*)$/.exec(line)?.[1] ?? []);
    expect(events.map((event) => event.replace(/01p\w{12}/, '01p'))).to.deep.equal([
      'STATEMENT_EXECUTE|[2]',
      'METHOD_ENTRY|[2]|01p|Caller.call(Boolean)',
      'STATEMENT_EXECUTE|[3]',
      'METHOD_EXIT|[2]|01p|Caller.call(Boolean)',
    ]);
  });

  it('is refused while the Apex of the org does not compile', async () => {
    const { tooling, admin, deploy } = toolingOrg();
    await deploy(files({ classes: { Broken: 'public class Broken { Nothing n; }' } }));
    const error = await rejection(
      tooling.executeAnonymous({ source: 'Integer i;', userId: admin, operation: OPERATION }),
    );
    expect(error.message).to.contain('The Apex of the org does not compile').and.contain('Broken.cls');
  });
});
