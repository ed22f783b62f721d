import {
  DeploymentService,
  type DeploymentCheck,
  type DeploymentServiceOptions,
} from '../../../local-org/src/deployment/index.js';
import type { Problem } from '../../../local-org/src/model/index.js';
import { OrgStore, type DeployOptions, type DeployResult } from '../../../local-org/src/store/index.js';
import { zipOf, type PackageFiles } from './packages.js';

export const OPTIONS: DeployOptions = {
  checkOnly: false,
  ignoreWarnings: false,
  rollbackOnError: true,
  purgeOnDelete: false,
  testLevel: 'NoTestRun',
  runTests: [],
};

const USES = /uses (\w+)/g;

/**
 * A check that is easy to steer from a test: the word BROKEN in a component is an error at its place, DOUBTFUL a warning,
 * and `uses X` needs a class X in the package or the org.
 */
export const testCheck: DeploymentCheck = (pkg, org) =>
  pkg.components.flatMap((component) => {
    const lines = component.content.split('\n');
    return lines.flatMap((text, at) => {
      const problem = (column: number, severity: Problem['severity'], message: string): Problem => ({
        ...component,
        line: at + 1,
        column: column + 1,
        severity,
        message,
      });
      const found: Problem[] = [];
      if (text.includes('BROKEN')) found.push(problem(text.indexOf('BROKEN'), 'Error', 'This is broken.'));
      if (text.includes('DOUBTFUL')) found.push(problem(text.indexOf('DOUBTFUL'), 'Warning', 'This is doubtful.'));
      for (const match of text.matchAll(USES)) {
        const name = match[1] ?? '';
        const known =
          pkg.components.some(({ type, fullName }) => type === 'ApexClass' && fullName === name) ||
          org.component('ApexClass', name) !== undefined;
        if (!known) found.push(problem(match.index, 'Error', `Variable does not exist: ${name}`));
      }
      return found;
    });
  });

export interface TestOrg {
  readonly store: OrgStore;
  readonly service: DeploymentService;
  /** Deploys files and waits for the end. */
  deploy(files: PackageFiles, options?: Partial<DeployOptions>): Promise<DeployResult>;
}

export function testOrg(options: Partial<DeploymentServiceOptions> = {}): TestOrg {
  const store = options.store ?? new OrgStore({ adminUsername: 'admin@test.example' });
  const service = new DeploymentService({ check: testCheck, ...options, store });
  return {
    store,
    service,
    deploy: async (files, wanted = {}) => {
      const { id } = await service.submit(zipOf(files), { ...OPTIONS, ...wanted }, store.admin);
      return service.status(id, 5_000);
    },
  };
}

/** Short form of a result's rows: `created ApexClass A`. */
export function rows({ details }: DeployResult): string[] {
  return details.componentSuccesses
    .filter(({ fullName, problem }) => fullName !== 'package.xml' && problem === undefined)
    .map(
      ({ componentType, fullName, created, changed, deleted }) =>
        `${created ? 'created' : deleted ? 'deleted' : changed ? 'changed' : 'unchanged'} ${componentType} ${fullName}`,
    );
}

export function failures({ details }: DeployResult): string[] {
  return details.componentFailures.map(
    ({ fileName, fullName, lineNumber, columnNumber, problem }) =>
      `${fileName}:${lineNumber}:${columnNumber} ${fullName}: ${problem}`,
  );
}
