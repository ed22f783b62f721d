import { expect } from 'chai';
import { ProjectSchema, compileProgram } from '../../../local-org/src/apex/index.js';

/** Messages about the body of a method. */
function findings(body: string): readonly string[] {
  const source = { kind: 'class', name: 'Probe', fileName: 'Probe.cls', apiVersion: 66, isChecked: true } as const;
  const { results } = compileProgram(
    [{ ...source, source: `public class Probe { void run(Object given) {\n${body}\n} }` }],
    new ProjectSchema([]),
  );
  return results.flatMap((result) => result.findings.map(({ message }) => message));
}

describe('Types of the platform', () => {
  const FITTING: Readonly<Record<string, string>> = {
    'a fact of a report with details is a fact of a report':
      'Reports.ReportFact fact = null; Reports.ReportFactWithDetails details = (Reports.ReportFactWithDetails) fact;',
    'a fact of a report with summaries is a fact of a report':
      'Reports.ReportFact fact = null; Reports.ReportFactWithSummaries sums = (Reports.ReportFactWithSummaries) fact;',
    'a duplicate error is an error of a DML result':
      'Database.Error error = null; Boolean is = error instanceof Database.DuplicateError;',
    'the time zone of Connect user settings is that of Connect':
      'ConnectApi.UserSettings settings = null; ConnectApi.TimeZone zone = settings.timeZone; Double gmtOffset = zone.gmtOffset;',
    'a page reference is also found in ApexPages':
      'ApexPages.PageReference page = new System.PageReference(\'/x\'); page.setRedirect(true);',
    'who posts a comment or feed item may say that somebody else did':
      'FeedComment comment = new FeedComment(); comment.CreatedById = UserInfo.getUserId(); FeedItem item = new FeedItem(CreatedById = UserInfo.getUserId());',
  };
  for (const [rule, body] of Object.entries(FITTING))
    it(`knows that ${rule}`, () => {
      expect(findings(body)).to.deep.equal([]);
    });

  it('does not let code set the audit fields of other objects', () => {
    expect(findings('Account account = new Account(CreatedById = UserInfo.getUserId());')).to.deep.equal([
      'Field is not writeable: Account.CreatedById',
    ]);
  });
});
