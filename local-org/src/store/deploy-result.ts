import { z } from 'zod';

/** States of a deployment, as the Metadata API names them. */
export const deployStatus = z.enum([
  'Pending',
  'InProgress',
  'Succeeded',
  'SucceededPartial',
  'Failed',
  'Canceling',
  'Canceled',
]);
export type DeployStatus = z.infer<typeof deployStatus>;

export const testLevel = z.enum([
  'NoTestRun',
  'RunSpecifiedTests',
  'RunLocalTests',
  'RunAllTestsInOrg',
  'RunRelevantTests',
]);
export type TestLevel = z.infer<typeof testLevel>;

/** What the client asked for with a deployment (Metadata API `DeployOptions`; those that the local org acts on). */
export const deployOptions = z
  .object({
    checkOnly: z.boolean(),
    ignoreWarnings: z.boolean(),
    rollbackOnError: z.boolean(),
    purgeOnDelete: z.boolean(),
    testLevel,
    runTests: z.array(z.string()).readonly(),
  })
  .readonly();
export type DeployOptions = z.infer<typeof deployOptions>;

/** One row of a deployment's details: a component, or one thing that is wrong with it (Metadata API `DeployMessage`). */
export const deployMessage = z
  .object({
    componentType: z.string(),
    fullName: z.string(),
    fileName: z.string(),
    id: z.string().optional(),
    created: z.boolean(),
    changed: z.boolean(),
    deleted: z.boolean(),
    success: z.boolean(),
    createdDate: z.string(),
    problem: z.string().optional(),
    problemType: z.enum(['Error', 'Warning']).optional(),
    lineNumber: z.number().optional(),
    columnNumber: z.number().optional(),
  })
  .readonly();
export type DeployMessage = z.infer<typeof deployMessage>;

const testRow = z.object({ name: z.string(), methodName: z.string(), id: z.string(), time: z.number() });

/** Outcome of the Apex tests of a deployment (Metadata API `RunTestsResult`). Times are in milliseconds. */
export const runTestResult = z
  .object({
    numTestsRun: z.number(),
    numFailures: z.number(),
    totalTime: z.number(),
    successes: z.array(testRow.readonly()).readonly(),
    failures: z
      .array(testRow.extend({ message: z.string(), stackTrace: z.string().optional(), type: z.string() }).readonly())
      .readonly(),
    codeCoverage: z
      .array(
        z
          .object({
            id: z.string(),
            name: z.string(),
            type: z.enum(['Class', 'Trigger']),
            numLocations: z.number(),
            numLocationsNotCovered: z.number(),
            locationsNotCovered: z
              .array(
                z
                  .object({ line: z.number(), column: z.number(), numExecutions: z.number(), time: z.number() })
                  .readonly(),
              )
              .readonly(),
          })
          .readonly(),
      )
      .readonly(),
    codeCoverageWarnings: z
      .array(z.object({ id: z.string(), name: z.string().optional(), message: z.string() }).readonly())
      .readonly(),
  })
  .readonly();
export type RunTestResult = z.infer<typeof runTestResult>;

/** State of a deployment as clients see it (Metadata API `DeployResult`). Dates are ISO 8601 in UTC. */
export const deployResult = z
  .object({
    id: z.string(),
    status: deployStatus,
    done: z.boolean(),
    success: z.boolean(),
    checkOnly: z.boolean(),
    ignoreWarnings: z.boolean(),
    rollbackOnError: z.boolean(),
    runTestsEnabled: z.boolean(),
    createdBy: z.string(),
    createdByName: z.string(),
    createdDate: z.string(),
    startDate: z.string().optional(),
    completedDate: z.string().optional(),
    lastModifiedDate: z.string(),
    canceledBy: z.string().optional(),
    canceledByName: z.string().optional(),
    stateDetail: z.string().optional(),
    errorMessage: z.string().optional(),
    errorStatusCode: z.string().optional(),
    numberComponentErrors: z.number(),
    numberComponentsDeployed: z.number(),
    numberComponentsTotal: z.number(),
    numberTestErrors: z.number(),
    numberTestsCompleted: z.number(),
    numberTestsTotal: z.number(),
    details: z
      .object({
        componentSuccesses: z.array(deployMessage).readonly(),
        componentFailures: z.array(deployMessage).readonly(),
        runTestResult: runTestResult.optional(),
      })
      .readonly(),
  })
  .readonly();
export type DeployResult = z.infer<typeof deployResult>;
