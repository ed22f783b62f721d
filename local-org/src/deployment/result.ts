import type { OrgUser, Problem } from '../model/index.js';
import type { DeployMessage, DeployOptions, DeployResult, RunTestResult } from '../store/index.js';
import type { Outcome } from './apply.js';
import type { Evaluation } from './evaluate.js';

const MANIFEST = 'package.xml';

/** A deployment that was accepted and waits for its turn. */
export function pendingResult(id: string, options: DeployOptions, user: OrgUser, now: string): DeployResult {
  return {
    id,
    status: 'Pending',
    done: false,
    success: false,
    checkOnly: options.checkOnly,
    ignoreWarnings: options.ignoreWarnings,
    rollbackOnError: options.rollbackOnError,
    runTestsEnabled: options.testLevel !== 'NoTestRun',
    createdBy: user.id,
    createdByName: user.name,
    createdDate: now,
    lastModifiedDate: now,
    numberComponentErrors: 0,
    numberComponentsDeployed: 0,
    numberComponentsTotal: 0,
    numberTestErrors: 0,
    numberTestsCompleted: 0,
    numberTestsTotal: 0,
    details: { componentSuccesses: [], componentFailures: [] },
  };
}

/** Writes the rows of an evaluation into a result: one per component, and one per problem. `root` is the package's folder in the zip. */
export function withComponents(
  result: DeployResult,
  { outcomes, problems, failures }: Evaluation,
  root: string,
  now: string,
): DeployResult {
  const failed = new Set(failures);
  const componentFailures = failures.map((problem) => failureRow(problem, root, now));
  const warnings = problems.filter((problem) => !failed.has(problem));
  const manifest = failures.some(({ fullName }) => fullName === MANIFEST) ? [] : [manifestRow(root, now)];
  const componentSuccesses = [
    ...outcomes.map((outcome) => successRow(outcome, root)),
    ...warnings.map((problem) => warningRow(problem, root, now)),
    ...manifest,
  ];
  return {
    ...result,
    lastModifiedDate: now,
    numberComponentErrors: componentFailures.length,
    numberComponentsDeployed: outcomes.length,
    numberComponentsTotal: outcomes.length + componentFailures.length,
    details: { ...result.details, componentSuccesses, componentFailures },
  };
}

/** Writes test results, finished or so far, into a result. */
export function withTests(result: DeployResult, tests: RunTestResult, total: number): DeployResult {
  return {
    ...result,
    numberTestsTotal: total,
    numberTestsCompleted: tests.successes.length,
    numberTestErrors: tests.numFailures,
    details: { ...result.details, runTestResult: tests },
  };
}

function successRow({ type, fullName, fileName, id, kind, createdDate }: Outcome, root: string): DeployMessage {
  return {
    componentType: type,
    fullName,
    fileName: root + fileName,
    id,
    created: kind === 'created',
    changed: kind === 'created' || kind === 'changed',
    deleted: kind === 'deleted',
    success: true,
    createdDate,
  };
}

/** The platform reports the manifest itself as a row without a type. */
function manifestRow(root: string, now: string): DeployMessage {
  return {
    componentType: '',
    fullName: MANIFEST,
    fileName: root + MANIFEST,
    created: false,
    changed: true,
    deleted: false,
    success: true,
    createdDate: now,
  };
}

function failureRow(problem: Problem, root: string, now: string): DeployMessage {
  return { ...warningRow(problem, root, now), success: false };
}

function warningRow(
  { type, fullName, fileName, line, column, severity, message }: Problem,
  root: string,
  now: string,
): DeployMessage {
  return {
    componentType: type,
    fullName,
    fileName: root + fileName,
    created: false,
    changed: false,
    deleted: false,
    success: true,
    createdDate: now,
    problem: message,
    problemType: severity,
    lineNumber: line,
    columnNumber: column,
  };
}
