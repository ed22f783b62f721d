import type { UnitCoverage } from '../apex/test-runner/index.js';
import type { OrgState, RunTestResult } from '../store/index.js';

/** Coverage that production orgs want of all Apex together (Apex Developer Guide: Code Coverage Best Practices). */
const REQUIRED_PERCENT = 75;

type Warnings = RunTestResult['codeCoverageWarnings'];

/** Coverage as the Metadata API reports it (`CodeCoverageResult`). */
export function codeCoverage(org: OrgState, units: readonly UnitCoverage[]): RunTestResult['codeCoverage'] {
  return units.map((unit) => ({
    id: idOf(org, unit),
    name: unit.name,
    type: unit.kind === 'class' ? 'Class' : 'Trigger',
    numLocations: unit.coveredLines.length + unit.uncoveredLines.length,
    numLocationsNotCovered: unit.uncoveredLines.length,
    locationsNotCovered: unit.uncoveredLines.map((line) => ({ line, column: 0, numExecutions: 0, time: -1 })),
  }));
}

/** What a production org would refuse: triggers that no test reaches, and too little coverage altogether. Here it only warns. */
export function coverageWarnings(org: OrgState, units: readonly UnitCoverage[]): Warnings {
  const untested = units.filter(
    ({ kind, coveredLines, uncoveredLines }) =>
      kind === 'trigger' && coveredLines.length === 0 && uncoveredLines.length > 0,
  );
  const covered = units.reduce((sum, { coveredLines }) => sum + coveredLines.length, 0);
  const all = units.reduce((sum, { uncoveredLines }) => sum + uncoveredLines.length, covered);
  const percent = all === 0 ? 100 : Math.floor((covered * 100) / all);
  return [
    ...untested.map((unit) => ({
      id: idOf(org, unit),
      name: unit.name,
      message: 'Test coverage of selected Apex Trigger is 0%, at least 1% test coverage is required.',
    })),
    ...(percent >= REQUIRED_PERCENT
      ? []
      : [
          {
            id: '',
            message: `Average test coverage across all Apex Classes and Triggers is ${percent}%, at least ${REQUIRED_PERCENT}% test coverage is required.`,
          },
        ]),
  ];
}

function idOf(org: OrgState, { kind, name }: UnitCoverage): string {
  return org.stored(kind === 'class' ? 'ApexClass' : 'ApexTrigger', name)?.id ?? '';
}
