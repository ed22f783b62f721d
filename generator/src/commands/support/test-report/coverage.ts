import type { UnitCoverage } from '../../../../../local-org/src/index.js';
import { table } from '../../../table/index.js';

/** A table of classes and triggers with how much of each ran, and the lines that did not. */
export function coverageTable(units: readonly UnitCoverage[]): string {
  const rows = units.map(({ name, coveredLines, uncoveredLines }) => [
    name,
    coveredLines.length + uncoveredLines.length,
    percent(coveredLines.length, uncoveredLines.length),
    ranges(uncoveredLines),
  ]);
  const covered = units.reduce((sum, { coveredLines }) => sum + coveredLines.length, 0);
  const uncovered = units.reduce((sum, { uncoveredLines }) => sum + uncoveredLines.length, 0);
  return table(
    ['Class', 'Lines', 'Covered', 'Uncovered lines'],
    [...rows, ['All', covered + uncovered, percent(covered, uncovered), '']],
  );
}

/** The same in the trace file format of lcov (geninfo manual: FILES). The engine knows whether a line ran, not how often: hits are 0 or 1. */
export function lcov(units: readonly UnitCoverage[]): string {
  return units
    .map(({ fileName, coveredLines, uncoveredLines }) => {
      const lines = [
        ...coveredLines.map((line) => ({ line, hits: 1 })),
        ...uncoveredLines.map((line) => ({ line, hits: 0 })),
      ].toSorted((left, right) => left.line - right.line);
      return [
        'TN:',
        `SF:${fileName}`,
        ...lines.map(({ line, hits }) => `DA:${line},${hits}`),
        `LF:${lines.length}`,
        `LH:${coveredLines.length}`,
        'end_of_record\n',
      ].join('\n');
    })
    .join('');
}

/** Rounded down, so that only a class without an uncovered line has 100%. */
function percent(covered: number, uncovered: number): string {
  const all = covered + uncovered;
  return `${all === 0 ? 100 : Math.floor((covered * 100) / all)}%`.padStart('Covered'.length);
}

/** `3-5, 9`: neighbours in a sorted list of lines joined. */
function ranges(lines: readonly number[]): string {
  const groups: { first: number; last: number }[] = [];
  for (const line of lines) {
    const group = groups.at(-1);
    if (group?.last === line - 1) group.last = line;
    else groups.push({ first: line, last: line });
  }
  return groups.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(', ');
}
