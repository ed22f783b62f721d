import { existsSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import type { TestMethodResult, TestRunResult } from '../apex/test-runner/index.js';

export interface ApexTestOptions {
  /** Folders in source format, absolute or below the working directory. All of them make up one org. */
  readonly paths: readonly string[];
  /** Keeps tests whose `Class.method` contains one of these texts, in any case. Without any, all tests run. */
  readonly filters?: readonly string[];
  /** Whether to tell which lines ran. */
  readonly coverage?: boolean;
  /** Told after each test, while the others still wait. */
  readonly onTest?: (result: TestMethodResult) => void;
}

/**
 * Runs the Apex tests of source folders in this process: no server, no login. File names in the result start at the
 * working directory. The Apex engine is loaded only when this is called, because it is larger than everything else.
 */
export async function runApexTests(options: ApexTestOptions): Promise<TestRunResult> {
  const [{ runApexTests: run }, { flowEngine }] = await Promise.all([
    import('../apex/test-runner/index.js'),
    import('../flow/index.js'),
  ]);
  const roots = withoutNested(options.paths.map((path) => resolve(path)));
  const result = await run({
    paths: roots,
    filter: anyOf(options.filters ?? []),
    coverage: options.coverage ?? false,
    flows: flowEngine,
    ...(options.onTest === undefined ? {} : { onTest: options.onTest }),
  });
  const named = <T extends { readonly fileName: string }>(entry: T): T => ({
    ...entry,
    fileName: fileFrom(roots, entry.fileName),
  });
  return { ...result, coverage: result.coverage.map(named), compileErrors: result.compileErrors.map(named) };
}

/** A folder inside another one of the list would define every class twice. */
function withoutNested(roots: readonly string[]): readonly string[] {
  const contains = (outer: string, inner: string): boolean => {
    const path = relative(outer, inner);
    return path !== '' && path !== '..' && !/^\.\.[\\/]/.test(path) && !isAbsolute(path);
  };
  return [...new Set(roots)].filter((root) => !roots.some((other) => contains(other, root)));
}

function anyOf(texts: readonly string[]): RegExp | undefined {
  if (texts.length === 0) return undefined;
  return new RegExp(texts.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'i');
}

/** The engine names files below the folder that they came from. */
function fileFrom(roots: readonly string[], fileName: string): string {
  const root = roots.find((candidate) => existsSync(join(candidate, fileName)));
  return root === undefined ? fileName : relative(process.cwd(), join(root, fileName)).replaceAll('\\', '/');
}
