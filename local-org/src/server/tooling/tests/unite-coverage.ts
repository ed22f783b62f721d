import type { UnitCoverage } from '../../../apex/test-runner/index.js';

/** A class or trigger with further lines reached. */
export function withLines(unit: UnitCoverage, reached: Iterable<number>): UnitCoverage {
  const all = [...unit.coveredLines, ...unit.uncoveredLines].toSorted((left, right) => left - right);
  const covered = new Set([...unit.coveredLines, ...reached]);
  return {
    ...unit,
    coveredLines: all.filter((line) => covered.has(line)),
    uncoveredLines: all.filter((line) => !covered.has(line)),
  };
}

/** What two runs over the same code reached together. */
export function unite(left: readonly UnitCoverage[], right: readonly UnitCoverage[]): readonly UnitCoverage[] {
  const reached = new Map(left.map((unit) => [keyOf(unit), unit.coveredLines]));
  return right.map((unit) => {
    const lines = reached.get(keyOf(unit)) ?? [];
    return lines.length === 0 ? unit : withLines(unit, lines);
  });
}

function keyOf({ kind, name }: UnitCoverage): string {
  return `${kind} ${name}`;
}
