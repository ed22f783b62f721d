import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { runSf } from './run-sf.js';
import { noPackageDirectories } from './sf-errors.js';
import { parseSfJson, type SfJson } from './sf-json.js';

export interface DeployProjectOptions {
  readonly projectRoot: string;
  /** Alias or username of an org that the Salesforce CLI knows; undefined takes its default org. */
  readonly targetOrg?: string | undefined;
  /** Environment whose values `replacements` of sfdx-project.json put in; sets CALLOUT_ENVIRONMENT. */
  readonly environment?: string | undefined;
  /** Check only. */
  readonly dryRun?: boolean;
  readonly testLevel?: string | undefined;
  /** Apex test classes, or their methods as `Class.method`, for the level RunSpecifiedTests. */
  readonly tests?: readonly string[] | undefined;
  /** Minutes to wait; the CLI's own default is 33. */
  readonly wait?: number | undefined;
  /** Collect the CLI's JSON instead of showing its progress. */
  readonly json?: boolean;
  /** Deploy what a manifest names instead of all package directories. */
  readonly manifest?: string | undefined;
  /** The org is on this machine. */
  readonly loopback?: boolean;
  /** See `sfHome`. */
  readonly home?: string | undefined;
  readonly onOutput?: (text: string, stream: 'stdout' | 'stderr') => void;
}

export interface ProjectDeployment {
  /** As the Salesforce CLI gave it: 0 succeeded, 1 failed, 68 partly succeeded, 69 still running. */
  readonly exitCode: number;
  /** Only with `json`. */
  readonly json: SfJson | undefined;
}

const PROJECT_FILE = 'sfdx-project.json';
const project = z.looseObject({ packageDirectories: z.array(z.looseObject({ path: z.string() })) });

/** Deploys a project with `sf project deploy start`. A failed deployment is a result, not an error. */
export async function deployProject(options: DeployProjectOptions): Promise<ProjectDeployment> {
  const { projectRoot, home, loopback = false, json = false, onOutput } = options;
  const run = await runSf(deployArguments(options), {
    projectRoot,
    home,
    loopback,
    output: json ? 'capture' : 'inherit',
    ...(onOutput === undefined ? {} : { onOutput }),
    variables: options.environment === undefined ? {} : { CALLOUT_ENVIRONMENT: options.environment },
  });
  return { exitCode: run.exitCode, json: json ? parseSfJson(run) : undefined };
}

function deployArguments(options: DeployProjectOptions): readonly string[] {
  const value = (flag: string, given: string | number | undefined): string[] =>
    given === undefined ? [] : [flag, String(given)];
  return [
    'project',
    'deploy',
    'start',
    ...(options.manifest === undefined ? sourceArguments(options.projectRoot) : ['--manifest', options.manifest]),
    ...value('--target-org', options.targetOrg),
    ...value('--test-level', options.testLevel),
    ...(options.tests ?? []).flatMap((test) => ['--tests', test]),
    ...value('--wait', options.wait),
    ...(options.dryRun === true ? ['--dry-run'] : []),
    ...(options.json === true ? ['--json'] : []),
  ];
}

/** The folders are named one by one: without them the CLI warns that it will soon want an org that tracks sources. */
function sourceArguments(projectRoot: string): readonly string[] {
  const file = join(projectRoot, PROJECT_FILE);
  const { packageDirectories } = project.parse(JSON.parse(readFileSync(file, 'utf8')));
  if (packageDirectories.length === 0) throw noPackageDirectories(file);
  return packageDirectories.flatMap(({ path }) => ['--source-dir', path]);
}
