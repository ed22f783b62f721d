import { expect } from 'chai';
import { createLocalOrg, type LocalOrg } from '../../../local-org/src/index.js';
import { authorized, call, soap, tag, type Answer } from '../support/http.js';

const V = '/services/data/v66.0';
const APEX = '/services/Soap/s/66.0/00D000000000001';

describe('Apex over HTTP', () => {
  let org: LocalOrg;
  before(async () => {
    org = await createLocalOrg();
  });
  after(() => org.close());

  /** A request to the Apex SOAP API as the SF CLI sends it. */
  function apexSoap(operation: string, debugging: string, token: string | undefined = org.token): Promise<Answer> {
    const session = `<cmd:SessionHeader><cmd:sessionId>${token}</cmd:sessionId></cmd:SessionHeader>`;
    const body = `<env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/" xmlns:cmd="http://soap.sforce.com/2006/08/apex" xmlns:apex="http://soap.sforce.com/2006/08/apex"><env:Header>${session}${debugging}</env:Header><env:Body>${operation}</env:Body></env:Envelope>`;
    return call(org, APEX, { method: 'POST', headers: { 'content-type': 'text/xml', soapaction: 'x' }, body });
  }
  const block = (source: string): string =>
    `<executeAnonymous xmlns="http://soap.sforce.com/2006/08/apex"><apexcode>${source}</apexcode></executeAnonymous>`;
  const header = (content: string): string => `<apex:DebuggingHeader>${content}</apex:DebuggingHeader>`;

  // Apex SOAP API: executeAnonymous with a DebuggingHeader
  it('runs a block by SOAP and sends its debug log in a header', async () => {
    const answer = await apexSoap(
      block('System.debug(&apos;a &lt; b&apos;);'),
      header('<apex:debugLevel>DEBUGONLY</apex:debugLevel>'),
    );
    expect(answer.status).to.equal(200);
    expect(answer.text).to.contain(
      '<soapenv:Header><DebuggingInfo><debugLog>66.0 APEX_CODE,DEBUG;APEX_PROFILING,INFO\n',
    );
    expect(tag(answer, 'debugLog'))
      .to.contain("Execute Anonymous: System.debug('a < b');")
      .and.contain('|DEBUG|a < b\n');
    expect(answer.text).to.contain(
      '<executeAnonymousResponse><result><compiled>true</compiled><success>true</success>',
    );
    expect(answer.text).to.contain('<exceptionMessage xsi:nil="true"/>');
  });

  it('sends no log that nobody asked for', async () => {
    expect((await apexSoap(block('Integer i;'), '')).text).to.not.contain('DebuggingInfo');
    const none = header('<apex:debugLevel>NONE</apex:debugLevel>');
    expect((await apexSoap(block('Integer i;'), none)).text).to.not.contain('DebuggingInfo');
  });

  // SOAP API Developer Guide: DebuggingHeader, categories
  it('takes levels by category', async () => {
    const categories = header(
      '<apex:categories><apex:category>Db</apex:category><apex:level>Info</apex:level></apex:categories><apex:categories><apex:category>Apex_code</apex:category><apex:level>Error</apex:level></apex:categories>',
    );
    const answer = await apexSoap(block('Integer n = [SELECT COUNT() FROM Account];'), categories);
    expect(tag(answer, 'debugLog'))
      .to.match(/^66\.0 APEX_CODE,ERROR;DB,INFO\n/)
      .and.contain('|SOQL_EXECUTE_BEGIN|[1]|');
  });

  it('tells where a block does not compile', async () => {
    const answer = await apexSoap(block('Integer i = &apos;x&apos;;'), '');
    expect([tag(answer, 'compiled'), tag(answer, 'line'), tag(answer, 'column')]).to.deep.equal(['false', '1', '9']);
    expect(tag(answer, 'compileProblem')).to.equal('Illegal assignment from String to Integer');
  });

  const faults: readonly (readonly [what: string, request: () => Promise<Answer>, message: RegExp])[] = [
    ['another session', () => apexSoap(block('Integer i;'), '', '00Dx!y'), /INVALID_SESSION_ID/],
    [
      'an operation that the local org has not',
      () => apexSoap('<compileClasses/>', ''),
      /the operation compileClasses/,
    ],
    ['an operation that nobody has', () => apexSoap('<doIt/>', ''), /No operation available for request .*doIt/],
    [
      'a category that is none',
      () =>
        apexSoap(
          block('Integer i;'),
          header(
            '<apex:categories><apex:category>Nothing</apex:category><apex:level>Info</apex:level></apex:categories>',
          ),
        ),
      /&apos;NOTHING&apos; is not a valid value for LogCategory/,
    ],
    ['another SOAP API', () => soap(org, org.token, '<query/>', '/services/Soap/u/66.0'), /the SOAP API &quot;u&quot;/],
    ['an unknown version', () => soap(org, org.token, '<a/>', '/services/Soap/s/9.0'), /UNSUPPORTED_API_VERSION/],
  ];
  for (const [what, request, message] of faults) {
    it(`refuses ${what}`, async () => {
      const answer = await request();
      expect(answer.status).to.equal(500);
      expect(answer.text).to.match(message);
    });
  }

  // Tooling API Developer Guide: executeAnonymous
  it('runs a block by REST', async () => {
    const source = encodeURIComponent("throw new IllegalArgumentException('no');");
    const answer = await call(org, `${V}/tooling/executeAnonymous?anonymousBody=${source}`, {
      headers: authorized(org),
    });
    expect(JSON.parse(answer.text)).to.deep.equal({
      compiled: true,
      success: false,
      line: 1,
      column: 1,
      compileProblem: null,
      exceptionMessage: 'System.IllegalArgumentException: no',
      exceptionStackTrace: 'AnonymousBlock: line 1, column 1',
    });
    const missing = await call(org, `${V}/tooling/executeAnonymous`, { headers: authorized(org) });
    expect([missing.status, JSON.parse(missing.text)]).to.deep.equal([
      400,
      [{ errorCode: 'MISSING_ARGUMENT', message: 'The parameter anonymousBody is missing.' }],
    ]);
  });

  it('refuses a test run without tests, and tells why', async () => {
    for (const resource of ['runTestsAsynchronous', 'runTestsSynchronous']) {
      const answer = await call(org, `${V}/tooling/${resource}`, {
        method: 'POST',
        headers: { ...authorized(org), 'content-type': 'application/json' },
        body: '{"testLevel":"RunLocalTests"}',
      });
      expect(answer.status).to.equal(400);
      expect(answer.text).to.contain('Always provide a classes, suites, tests, or testLevel property');
    }
  });

  it('answers with the text of a debug log, and with 404 when there is none', async () => {
    const missing = await call(org, `${V}/tooling/sobjects/ApexLog/07L000000000zzz/Body`, {
      headers: authorized(org),
    });
    expect(missing.status).to.equal(404);
    await apexSoap(block('System.debug(1);'), header('<apex:debugLevel>DEBUGONLY</apex:debugLevel>'));
    const id = '07L000000000001';
    for (const path of [`${V}/tooling/sobjects/ApexLog/${id}/Body`, `${V}/sobjects/ApexLog/${id}EAA/Body`]) {
      const found = await call(org, path, { headers: authorized(org) });
      expect([found.status, found.headers['content-type']]).to.deep.equal([200, 'text/plain; charset=utf-8']);
      expect(found.text).to.contain('APEX_CODE,DEBUG');
    }
  });
});
