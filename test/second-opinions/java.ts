import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';

const MAX_OUTPUT = 64 * 1024 * 1024;

function runs(program: string): boolean {
  try {
    execFileSync(program, ['-version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Is there a Java that runs classes? */
export const hasJava = (): boolean => runs('java');

/** Is there a Java that compiles sources as well? */
export const hasJavaCompiler = (): boolean => runs('javac');

/**
 * Runs Java and answers its standard output.
 * @param exitCode of a checker that has found something; every other one but 0 is a failure
 */
export async function java(args: readonly string[], exitCode = 0): Promise<string> {
  // A short run is over before the optimising compiler pays off.
  const options = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];
  try {
    return (await promisify(execFile)('java', [...options, ...args], { maxBuffer: MAX_OUTPUT })).stdout;
  } catch (failure) {
    if (failure instanceof Error && 'code' in failure && failure.code === exitCode && 'stdout' in failure)
      return String(failure.stdout);
    throw failure;
  }
}
