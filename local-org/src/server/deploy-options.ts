import { testLevel, type DeployOptions } from '../store/index.js';
import { notSupported, ApiError } from './api-error.js';

/** Option values as they came: text from XML, JSON values from REST. */
export type RawOptions = Readonly<Record<string, unknown>>;

const REFUSED = ['allowMissingFiles', 'autoUpdatePackage', 'performRetrieve', 'runAllTests'] as const;
/** A package is found in the zip by its package.xml, so this one says nothing new. */
const WITHOUT_EFFECT = ['singlePackage'] as const;
const BOOLEANS = ['checkOnly', 'ignoreWarnings', 'rollbackOnError', 'purgeOnDelete'] as const;
const KNOWN: ReadonlySet<string> = new Set([...REFUSED, ...WITHOUT_EFFECT, ...BOOLEANS, 'testLevel', 'runTests']);

/**
 * Reads `DeployOptions` (Metadata API Developer Guide, deploy()). Nothing is ignored in silence: options that the local
 * org does not act on are refused when they are set. Throws ApiError.
 */
export function readDeployOptions(raw: RawOptions): DeployOptions {
  for (const name of Object.keys(raw))
    if (!KNOWN.has(name)) throw new ApiError(400, 'INVALID_FIELD', `There is no deploy option "${name}".`);
  for (const name of REFUSED) if (flag(raw, name, false)) throw notSupported(`the deploy option ${name}`);
  const runTests = list(raw.runTests);
  return {
    checkOnly: flag(raw, 'checkOnly', false),
    ignoreWarnings: flag(raw, 'ignoreWarnings', false),
    rollbackOnError: flag(raw, 'rollbackOnError', true),
    purgeOnDelete: flag(raw, 'purgeOnDelete', false),
    testLevel: level(raw.testLevel, runTests),
    runTests,
  };
}

function flag(raw: RawOptions, name: string, fallback: boolean): boolean {
  const value = raw[name];
  if (value === undefined || value === null || value === '') return fallback;
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw new ApiError(400, 'INVALID_TYPE', `The deploy option ${name} must be true or false.`);
}

function list(value: unknown): readonly string[] {
  const items: readonly unknown[] = Array.isArray(value)
    ? value
    : value === undefined || value === null || value === ''
      ? []
      : [value];
  return items.map((item) => {
    if (typeof item === 'string') return item;
    throw new ApiError(400, 'INVALID_TYPE', 'The deploy option runTests must list names of Apex classes.');
  });
}

function level(value: unknown, runTests: readonly string[]): DeployOptions['testLevel'] {
  if (value === undefined || value === null || value === '')
    return runTests.length > 0 ? 'RunSpecifiedTests' : 'NoTestRun';
  const parsed = testLevel.safeParse(value);
  if (!parsed.success) throw new ApiError(400, 'INVALID_TYPE', `There is no test level "${String(value)}".`);
  if (parsed.data !== 'RunSpecifiedTests' && runTests.length > 0) {
    throw new ApiError(400, 'INVALID_OPERATION', 'runTests can be used only with a testLevel of RunSpecifiedTests.');
  }
  if (parsed.data === 'RunSpecifiedTests' && runTests.length === 0) {
    throw new ApiError(400, 'INVALID_OPERATION', 'runTests must be specified when testLevel is RunSpecifiedTests.');
  }
  return parsed.data;
}
