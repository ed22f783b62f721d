import type { Outcome } from './outcome.js';

const percent = (part: number, whole: number): string => (whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)}%`);

/** Removes what differs between tests that fail for one reason: ids, numbers, quoted names. */
function reasonOf(message: string): string {
  return message
    .replace(/\b[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?\b(?=.*)/g, (text) => (/\d/.test(text) ? 'ID' : text))
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 160);
}

function grouped(tests: Readonly<Record<string, string>>): readonly (readonly [string, readonly string[]])[] {
  const groups = new Map<string, string[]>();
  for (const [test, message] of Object.entries(tests)) {
    const reason = reasonOf(message);
    groups.set(reason, [...(groups.get(reason) ?? []), test]);
  }
  return [...groups].toSorted(([, left], [, right]) => right.length - left.length);
}

const escaped = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

/** A bullet per reason with the tests that it stopped. */
function reasons(title: string, tests: Readonly<Record<string, string>>): readonly string[] {
  const groups = grouped(tests);
  if (groups.length === 0) return [];
  const lines = groups.map(([reason, names]) => {
    const shown = names.slice(0, 3).join(', ') + (names.length > 3 ? ', ...' : '');
    return `- ${String(names.length)} x ${escaped(reason)} (${shown})`;
  });
  return [`${title}:`, '', ...lines, ''];
}

function section(outcome: Outcome): readonly string[] {
  const where = `${outcome.origin ?? 'a local folder'}, commit ${outcome.commit ?? 'unknown'}`;
  const errors = outcome.compileErrors.slice(0, 20).map((error) => `- ${escaped(error)}`);
  const more = outcome.compileErrors.length - errors.length;
  return [
    `## ${outcome.suite}`,
    '',
    where,
    '',
    ...(outcome.aborted === undefined ? [] : [`Ended without a result: ${outcome.aborted}`, '']),
    ...(errors.length === 0
      ? []
      : [
          'Compile errors, so that nothing ran:',
          '',
          ...errors,
          ...(more > 0 ? [`- and ${String(more)} more`] : []),
          '',
        ]),
    ...reasons('Failed', outcome.failed),
    ...reasons('Refused', outcome.refused),
    ...reasons('Skipped', outcome.skipped),
  ];
}

function row(outcome: Outcome): string {
  const failed = Object.keys(outcome.failed).length;
  const refused = Object.keys(outcome.refused).length;
  const cells = [
    outcome.suite,
    outcome.tests,
    outcome.passed,
    failed,
    refused,
    Object.keys(outcome.skipped).length,
    outcome.compileErrors.length,
    percent(outcome.passed, outcome.tests),
    percent(outcome.passed, outcome.tests - refused),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** The report over all suites, in Markdown. */
export function report(outcomes: readonly Outcome[]): string {
  const total = (count: (outcome: Outcome) => number): number =>
    outcomes.reduce((sum, outcome) => sum + count(outcome), 0);
  return [
    '# Conformance',
    '',
    'Public Apex suites that this project did not write, run in the local org by `npm run conformance -- FOLDER ...`. None of their files',
    'are kept here. Failed: the local org does it wrong. Refused: the test uses something that the local org does not have, and says so',
    'by name. The last column leaves the refused tests out.',
    '',
    '| suite | tests | passed | failed | refused | skipped | compile errors | of all | of those not refused |',
    '|---|---:|---:|---:|---:|---:|---:|---:|---:|',
    ...outcomes.map(row),
    `| **all** | ${[
      total((each) => each.tests),
      total((each) => each.passed),
      total((each) => Object.keys(each.failed).length),
      total((each) => Object.keys(each.refused).length),
      total((each) => Object.keys(each.skipped).length),
      total((each) => each.compileErrors.length),
      percent(
        total((each) => each.passed),
        total((each) => each.tests),
      ),
      percent(
        total((each) => each.passed),
        total((each) => each.tests - Object.keys(each.refused).length),
      ),
    ].join(' | ')} |`,
    '',
    ...outcomes.flatMap(section),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}
