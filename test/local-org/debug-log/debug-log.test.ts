import { expect } from 'chai';
import { runAnonymous } from '../../../local-org/src/apex/test-runner/index.js';
import { DebugLog, DEFAULT_LEVELS } from '../../../local-org/src/platform/debug-log/index.js';
import { runComponentTests } from '../../../local-org/src/apex/test-runner/index.js';
import { apex } from '../apex-run/run.js';
import { eventsOf, FINEST, logged, loggedOrg, logsTo, names, NOW } from './logging.js';

const VALIDATED = {
  type: 'CustomObject',
  fullName: 'Account',
  fileName: 'objects/Account.object',
  content:
    '<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata"><validationRules><fullName>No_X</fullName><active>true</active><errorConditionFormula>Name = "x"</errorConditionFormula><errorMessage>not x</errorMessage></validationRules></CustomObject>',
  metaXml: undefined,
};
const EVENT = {
  type: 'CustomObject',
  fullName: 'Done__e',
  fileName: 'objects/Done__e.object',
  content:
    '<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata"><deploymentStatus>Deployed</deploymentStatus><eventType>HighVolume</eventType><publishBehavior>PublishAfterCommit</publishBehavior><label>Done</label><pluralLabel>Done</pluralLabel></CustomObject>',
  metaXml: undefined,
};

function text(block: string, levels = DEFAULT_LEVELS, zone = 'GMT'): string {
  const org = loggedOrg(levels, [], zone);
  runAnonymous(org.engine, block);
  return String(org.logs[0]);
}

describe('Debug log: its text', () => {
  // PLATFORM 4; Apex Developer Guide: Debug Log, "Inspecting the Debug Log Sections"
  it('begins with the API version and the levels of its categories', () => {
    expect(text('Integer i = 0;').split('\n')[0]).to.equal(
      '66.0 APEX_CODE,DEBUG;APEX_PROFILING,INFO;CALLOUT,INFO;DB,INFO;NBA,INFO;SYSTEM,DEBUG;VALIDATION,INFO;VISUALFORCE,INFO;WAVE,INFO;WORKFLOW,INFO',
    );
    expect(text('Integer i = 0;', { ApexCode: 'DEBUG', ApexProfiling: 'INFO' }).split('\n')[0]).to.equal(
      '66.0 APEX_CODE,DEBUG;APEX_PROFILING,INFO',
    );
  });

  // Apex Developer Guide: Debug Log, "Log Lines": time in the user's time zone, and nanoseconds since the start
  it('gives each line the user time and the nanoseconds since the start', () => {
    const lines = text("System.debug('hi');", DEFAULT_LEVELS, 'America/Los_Angeles').split('\n').slice(1);
    const times = lines.filter((line) => line.includes('|')).map((line) => /^(\S+) \((\d+)\)\|/.exec(line));
    expect(new Set(times.map((match) => match?.[1]))).to.deep.equal(new Set(['02:00:00.042']));
    const nanoseconds = times.map((match) => Number(match?.[2]));
    expect(nanoseconds).to.deep.equal(nanoseconds.toSorted((left, right) => left - right));
  });

  // Apex Developer Guide: Debug Log, example
  it('names the user with the time zone', () => {
    expect(text('Integer i = 0;', DEFAULT_LEVELS, 'America/Los_Angeles')).to.match(
      /\|USER_INFO\|\[EXTERNAL\]\|005\w{12}\|admin@local\.org\|\(GMT-08:00\) Pacific Standard Time \(America\/Los_Angeles\)\|GMT-08:00\n/,
    );
    expect(text('Integer i = 0;')).to.contain('|(GMT+00:00) Greenwich Mean Time (GMT)|GMT+00:00');
  });

  // Apex Developer Guide: Debug Log, "Execute Anonymous:"
  it('shows the code of an anonymous block, line by line', () => {
    const user = { id: '005000000000001AAA', username: 'a@b.c', timeZone: 'GMT' };
    const log = new DebugLog({
      levels: { ApexCode: 'DEBUG' },
      user,
      clock: { now: () => NOW },
      classId: () => '',
      anonymous: 'Integer i;\r\ni = 1;',
    });
    expect(String(log)).to.equal('66.0 APEX_CODE,DEBUG\nExecute Anonymous: Integer i;\nExecute Anonymous: i = 1;\n');
  });

  // Apex Developer Guide: Debug Log Limits, "reduced in size by removing older log lines"
  it('drops older lines when it gets too large, and says how many bytes', () => {
    const user = { id: '005000000000001AAA', username: 'a@b.c', timeZone: 'GMT' };
    const log = new DebugLog({
      levels: { ApexCode: 'DEBUG' },
      user,
      clock: { now: () => NOW },
      classId: () => '',
      maximum: 5000,
    });
    const trace = log.begin();
    for (let at = 0; at < 500; at++)
      trace.note({ category: 'ApexCode', level: 'DEBUG', event: 'USER_DEBUG', line: 1, parts: ['DEBUG', `n${at}`] });
    trace.end(undefined);
    const lines = String(log).split('\n');
    expect(lines[0]).to.equal('66.0 APEX_CODE,DEBUG');
    expect(lines[1]).to.contain('|USER_INFO|');
    expect(lines[2]).to.match(/^\*\*\* Skipped \d{1,3}(,\d{3})* bytes of detailed log$/);
    expect(lines.at(-3)).to.contain('|n499');
    expect(lines.at(-2)).to.contain('|EXECUTION_FINISHED');
    expect(Buffer.byteLength(String(log))).to.be.lessThan(5100);
  });

  // Apex Developer Guide: Debug Log, "Session IDs are replaced with SESSION_ID_REMOVED"
  it('removes session ids', () => {
    const shown = text("System.debug('token=00D5g000004xYzA!AQ8AQJ.x_1 end');");
    expect(shown).to.contain('token=SESSION_ID_REMOVED end').and.not.contain('AQ8AQJ');
  });
});

describe('Debug log: what it shows', () => {
  // Apex Developer Guide: Debug Log, "Execution Units", "Code Units"
  it('delimits the transaction and its code unit', () => {
    expect(names(logged('Integer i = 0;', DEFAULT_LEVELS))).to.deep.equal([
      'USER_INFO',
      'EXECUTION_STARTED',
      'CODE_UNIT_STARTED',
      'CODE_UNIT_FINISHED',
      'EXECUTION_FINISHED',
    ]);
  });

  // Apex Developer Guide: Debug Log, example
  it('shows what was used of each limit at the end of the unit', () => {
    const block = logged(
      "insert new Account(Name = 'a'); Integer n = [SELECT COUNT() FROM Account];",
      DEFAULT_LEVELS,
    ).find((event) => event.startsWith('LIMIT_USAGE_FOR_NS'));
    const lines = block?.split('\n') ?? [];
    expect(lines[0]).to.equal('LIMIT_USAGE_FOR_NS|(default)|');
    expect(lines).to.include.members([
      '  Number of SOQL queries: 1 out of 100',
      '  Number of query rows: 1 out of 50000',
      '  Number of DML statements: 1 out of 150',
      '  Number of DML rows: 1 out of 10000',
      '  Number of Mobile Apex push calls: 0 out of 10',
    ]);
  });

  // Apex Reference Guide: LoggingLevel Enum; Apex Developer Guide: Debug Log Levels
  it('shows System.debug from the level that the code gives', () => {
    const block = "System.debug(LoggingLevel.ERROR, 'e'); System.debug('d'); System.debug(LoggingLevel.FINE, 'f');";
    const shown = (level: 'ERROR' | 'DEBUG' | 'FINEST'): readonly string[] =>
      logged(block, { ApexCode: level }).filter((event) => event.startsWith('USER_DEBUG'));
    expect(shown('ERROR')).to.deep.equal(['USER_DEBUG|[1]|ERROR|e']);
    expect(shown('DEBUG')).to.deep.equal(['USER_DEBUG|[1]|ERROR|e', 'USER_DEBUG|[1]|DEBUG|d']);
    expect(shown('FINEST')).to.have.length(3);
  });

  // Apex Developer Guide: Debug Log Levels (SOQL_EXECUTE_BEGIN, SOQL_EXECUTE_END, DML_BEGIN, DML_END)
  it('shows queries and DML with their lines', () => {
    const events = logged(
      `List<Account> rows = new List<Account>{ new Account(Name = 'a'), new Account(Name = 'b') };
insert rows;
String wanted = 'a';
List<Account> found = [select id, (SELECT lastname FROM Contacts) from account
  where name = :wanted and CreatedDate >= LAST_N_DAYS:3 order by name desc nulls last limit 5];
Integer n = Database.countQuery('SELECT COUNT() FROM Account WHERE Name IN (\\'a\\', \\'it\\\\\\'s\\')');`,
      { Database: 'INFO' },
    );
    expect(events).to.deep.equal([
      'DML_BEGIN|[2]|Op:Insert|Type:Account|Rows:2',
      'DML_END|[2]',
      'SOQL_EXECUTE_BEGIN|[4]|Aggregations:1|SELECT Id, (SELECT LastName FROM Contacts) FROM Account WHERE Name = :tmpVar1 AND CreatedDate >= LAST_N_DAYS:3 ORDER BY Name DESC NULLS LAST LIMIT 5',
      'SOQL_EXECUTE_END|[4]|Rows:1',
      "SOQL_EXECUTE_BEGIN|[6]|Aggregations:0|SELECT COUNT() FROM Account WHERE Name IN ('a', 'it\\'s')",
      'SOQL_EXECUTE_END|[6]|Rows:1',
    ]);
  });

  // Apex Developer Guide: Debug Log Levels (SAVEPOINT_SET, SAVEPOINT_ROLLBACK)
  it('shows savepoints', () => {
    const events = logged('Savepoint s = Database.setSavepoint();\nDatabase.rollback(s);', { Database: 'INFO' });
    expect(events[0]).to.match(/^SAVEPOINT_SET\|\[1\]\|\w+$/);
    expect(events[1]).to.equal(events[0]?.replace('SAVEPOINT_SET|[1]', 'SAVEPOINT_ROLLBACK|[2]'));
  });

  // Apex Developer Guide: Debug Log Levels (EXCEPTION_THROWN, FATAL_ERROR)
  it('shows a caught exception as thrown, an uncaught one as fatal with its stack', () => {
    const source = 'public class Deep {\n  public static void fail() {\n    String s;\n    s.length();\n  }\n}';
    const events = logged(
      'try { Deep.fail(); } catch (Exception e) { }\nDeep.fail();',
      { ApexCode: 'INFO' },
      source,
    ).slice(3);
    expect(events).to.deep.equal([
      'EXCEPTION_THROWN|[4]|System.NullPointerException: Attempt to de-reference a null object',
      'EXCEPTION_THROWN|[4]|System.NullPointerException: Attempt to de-reference a null object',
      'FATAL_ERROR|System.NullPointerException: Attempt to de-reference a null object\n\nClass.Deep.fail: line 4, column 1\nAnonymousBlock: line 2, column 1',
      'CODE_UNIT_FINISHED|execute_anonymous_apex',
      'EXECUTION_FINISHED',
    ]);
  });

  // Apex Developer Guide: Debug Log, "Code Units": triggers
  it('shows a trigger as a code unit within the DML, its failure as fatal', () => {
    const source = "trigger No on Account (before insert) { throw new IllegalArgumentException('no'); }";
    const events = logged("insert new Account(Name = 'a');", { ApexCode: 'INFO', Database: 'INFO' }, source);
    expect(events[3]).to.equal('DML_BEGIN|[1]|Op:Insert|Type:Account|Rows:1');
    expect(events[4]).to.match(
      /^CODE_UNIT_STARTED\|\[EXTERNAL\]\|01q\w{12}\|No on Account trigger event BeforeInsert\|__sfdc_trigger\/No$/,
    );
    expect(events.slice(5).map((event) => event.split('\n')[0])).to.deep.equal([
      'EXCEPTION_THROWN|[1]|System.IllegalArgumentException: no',
      'FATAL_ERROR|System.IllegalArgumentException: no',
      'CODE_UNIT_FINISHED|No on Account trigger event BeforeInsert|__sfdc_trigger/No',
      'DML_END|[1]',
      'EXCEPTION_THROWN|[1]|System.DmlException: Insert failed. First exception on row 0; first error: CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY, No: execution of BeforeInsert',
      'FATAL_ERROR|System.DmlException: Insert failed. First exception on row 0; first error: CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY, No: execution of BeforeInsert',
      'CODE_UNIT_FINISHED|execute_anonymous_apex',
      'EXECUTION_FINISHED',
    ]);
  });

  // Apex Developer Guide: Debug Log Levels (VALIDATION_RULE, VALIDATION_FORMULA, VALIDATION_PASS, VALIDATION_FAIL)
  it('shows validation rules, and whether they passed', () => {
    const block = "Database.insert(new List<Account>{ new Account(Name = 'x'), new Account(Name = 'y') }, false);";
    expect(logged(block, { Validation: 'INFO' }, VALIDATED)).to.deep.equal([
      'VALIDATION_RULE||No_X',
      'VALIDATION_FORMULA|Name = "x"',
      'VALIDATION_FAIL',
      'VALIDATION_RULE||No_X',
      'VALIDATION_FORMULA|Name = "x"',
      'VALIDATION_PASS',
    ]);
    expect(logged(block, DEFAULT_LEVELS, VALIDATED)).to.include('CODE_UNIT_STARTED|[EXTERNAL]|Validation:Account:new');
  });

  // Apex Developer Guide: Debug Log Levels (EVENT_SERVICE_PUB_BEGIN, _DETAIL, _END)
  it('shows published events, their data only at FINER', () => {
    const shown = (level: 'INFO' | 'FINER'): readonly string[] =>
      logged('EventBus.publish(new Done__e());', { Workflow: level }, EVENT);
    expect(shown('INFO')).to.deep.equal(['EVENT_SERVICE_PUB_BEGIN|Done__e', 'EVENT_SERVICE_PUB_END|Done__e']);
    expect(shown('FINER')[1]).to.match(/^EVENT_SERVICE_PUB_DETAIL\|\|005\w+\|Done__e:\{/);
  });

  // PLATFORM 4: CALLOUT_REQUEST, CALLOUT_RESPONSE
  it('shows callouts, those that a mock answers too', async () => {
    const source = `@IsTest private class CalloutTest implements HttpCalloutMock {
  public HttpResponse respond(HttpRequest request) { HttpResponse r = new HttpResponse(); r.setStatusCode(401); r.setStatus('Unauthorized'); return r; }
  @IsTest static void send() {
    Test.setMock(HttpCalloutMock.class, new CalloutTest());
    HttpRequest request = new HttpRequest();
    request.setEndpoint('callout:ERP/orders');
    request.setMethod('POST');
    new Http().send(request);
  }
}`;
    const logs: DebugLog[] = [];
    await runComponentTests([apex(source)], { traces: logsTo(logs, () => ({ Callout: 'INFO' })) });
    expect(eventsOf(logs[0])).to.deep.equal([
      'CALLOUT_REQUEST|[8]|System.HttpRequest[Endpoint=callout:ERP/orders, Method=POST]',
      'CALLOUT_RESPONSE|[8]|System.HttpResponse[Status=Unauthorized, StatusCode=401]',
    ]);
  });
});

describe('Debug log: methods and statements', () => {
  const SOURCE = `public class Order {
  public Integer size { get { return 2; } private set; }
  public Order(String name) {
    add(1);
  }
  public static List<Id> ship(List<Account> rows, Map<Id,Account> known) {
    new Order('x').add(rows.size());
    return null;
  }
  Integer add(Integer n) {
    if (n > 0) {
      return n;
    }
    throw new IllegalArgumentException('none');
  }
  public class Line { }
}`;

  // Apex Developer Guide: Debug Log Levels (METHOD_ENTRY ... FINE); the line is that of the call
  it('shows entry and exit of methods and constructors at FINE', () => {
    const events = logged('Order.ship(new List<Account>{ null }, null);', { ApexCode: 'FINE' }, SOURCE);
    expect(events.slice(3, -2)).to.deep.equal([
      'METHOD_ENTRY|[1]|01p-Order|Order.ship(List<Account>, Map<Id,Account>)',
      'CONSTRUCTOR_ENTRY|[7]|01p-Order|<init>(String)|Order',
      'METHOD_ENTRY|[4]|01p-Order|Order.add(Integer)',
      'METHOD_EXIT|[4]|01p-Order|Order.add(Integer)',
      'CONSTRUCTOR_EXIT|[7]|01p-Order|<init>(String)|Order',
      'METHOD_ENTRY|[7]|01p-Order|Order.add(Integer)',
      'METHOD_EXIT|[7]|01p-Order|Order.add(Integer)',
      'METHOD_EXIT|[1]|01p-Order|Order.ship(List<Account>, Map<Id,Account>)',
    ]);
  });

  // Apex Developer Guide: Debug Log Levels (STATEMENT_EXECUTE ... FINER)
  it('shows statements at FINER', () => {
    const events = logged('Integer i = 0;\nif (i == 0) {\n  i++;\n}\nwhile (i < 3) i++;', { ApexCode: 'FINER' });
    const lines = events.flatMap((event) => /^STATEMENT_EXECUTE\|\[(\d+)\]$/.exec(event)?.[1] ?? []);
    expect(lines).to.deep.equal(['1', '2', '3', '5', '5', '5']);
  });

  it('has no exit of a method that an exception ends, and finds its place again', () => {
    const events = logged(
      "Order o = new Order('x');\ntry {\n  o.ship(new List<Account>(), null);\n} catch (Exception e) { }\nInteger s = o.size;",
      { ApexCode: 'FINE' },
      SOURCE.replace('static List<Id> ship', 'List<Id> ship'),
    );
    expect(events.slice(7, -2)).to.deep.equal([
      'METHOD_ENTRY|[3]|01p-Order|Order.ship(List<Account>, Map<Id,Account>)',
      'CONSTRUCTOR_ENTRY|[7]|01p-Order|<init>(String)|Order',
      'METHOD_ENTRY|[4]|01p-Order|Order.add(Integer)',
      'METHOD_EXIT|[4]|01p-Order|Order.add(Integer)',
      'CONSTRUCTOR_EXIT|[7]|01p-Order|<init>(String)|Order',
      'METHOD_ENTRY|[7]|01p-Order|Order.add(Integer)',
      'EXCEPTION_THROWN|[14]|System.IllegalArgumentException: none',
      'METHOD_ENTRY|[5]|01p-Order|Order.__sfdc_size()',
      'METHOD_EXIT|[5]|01p-Order|Order.__sfdc_size()',
    ]);
  });

  it('follows code that was loaded and run before anybody wanted to know, and keeps its coverage', () => {
    let levels = DEFAULT_LEVELS;
    const { engine, logs } = loggedOrg(() => levels, [SOURCE]);
    const { runtime } = engine;
    runAnonymous(engine, "new Order('x');");
    const covered = runtime.program.units.get('order')?.coverage.slice();
    levels = FINEST;
    runAnonymous(engine, "new Order('x');");
    expect(names(eventsOf(logs[0]))).to.not.include('CONSTRUCTOR_ENTRY');
    expect(names(eventsOf(logs[1]))).to.include('CONSTRUCTOR_ENTRY');
    expect(runtime.program.units.get('order')?.coverage).to.deep.equal(covered);
  });
});
