import type { Component, OrgFacts } from '../../model/index.js';
import type { FlowEngine } from '../engine/index.js';
import type { Compile } from '../index.js';
import type { Clock, TraceSink } from '../runtime/index.js';
import { createEngine } from './engine.js';
import type { TestMethodResult, TestRunResult } from './results.js';
import { coverageOf, runTestClass } from './run-tests.js';
import { selectTests } from './select-tests.js';
import { readSourceFolders } from './source-folder.js';

export interface TestRunOptions {
  /** Folders in source format. */
  readonly paths: readonly string[];
  /** Keeps tests whose `Class.method` contains the text (any case) or matches the pattern. */
  readonly filter?: string | RegExp | undefined;
  readonly coverage?: boolean;
  readonly clock?: Clock;
  /** The org's users and its own identity; by default a made-up administrator. */
  readonly facts?: OrgFacts;
  /** Starts flows when records change. */
  readonly flows?: FlowEngine | undefined;
  /** How Apex is compiled; by default anew each time. */
  readonly compile?: Compile;
  /** Told after each test, for progress. */
  readonly onTest?: (result: TestMethodResult) => void;
  /** Receives what happens in transactions, for debug logs. */
  readonly traces?: TraceSink;
}

/** Compiles the Apex below the given folders and runs its tests in this process: no server, no login. */
export async function runApexTests(options: TestRunOptions): Promise<TestRunResult> {
  return runComponentTests(readSourceFolders(options.paths), options);
}

/** The same for components that are already in memory. Gives way to other work between test classes. */
export async function runComponentTests(
  components: readonly Component[],
  options: Omit<TestRunOptions, 'paths'>,
): Promise<TestRunResult> {
  const started = performance.now();
  const built = createEngine({
    components,
    facts: options.facts,
    compile: options.compile,
    flows: options.flows,
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    traces: options.traces,
  });
  const compileMs = performance.now() - started;
  if (!built.ok)
    return { tests: [], coverage: [], notices: [], compileErrors: built.errors, timings: { compileMs, runMs: 0 } };
  const { engine } = built;
  const tests: TestMethodResult[] = [];
  for (const test of selectTests(engine, options.filter)) {
    runTestClass(engine, test, {
      ended: (result) => {
        tests.push(result);
        options.onTest?.(result);
      },
    });
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
  }
  const runMs = performance.now() - started - compileMs;
  return {
    tests,
    coverage: options.coverage === true ? coverageOf(engine) : [],
    notices: [...engine.runtime.notices],
    compileErrors: [],
    timings: { compileMs, runMs },
  };
}
