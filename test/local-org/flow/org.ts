import {
  createEngine,
  runAnonymous,
  runTestClass,
  selectTests,
  type ApexEngine,
  type EngineOptions,
} from '../../../local-org/src/apex/test-runner/index.js';
import { flowEngine } from '../../../local-org/src/flow/index.js';
import type { Component } from '../../../local-org/src/model/index.js';
import { debugLines } from '../../support/debug-lines.js';
import { apex } from '../apex-run/run.js';

/** An org with flows, for tests. */
export interface FlowTestOrg {
  readonly engine: ApexEngine;
  /** Runs anonymous Apex and returns what it debugged. @throws the exception that it did not catch, or Error with the compile errors */
  run(body: string): readonly string[];
  /** Runs the Apex tests: `Class.method pass`, or what became of it and why. */
  test(): readonly string[];
}

/** An org that has the given components; texts are Apex classes and triggers. */
export function orgWith(
  parts: readonly (Component | string)[],
  options: Omit<EngineOptions, 'components' | 'flows' | 'traces'> = {},
): FlowTestOrg {
  const components = parts.map((part) => (typeof part === 'string' ? apex(part) : part));
  const lines: string[] = [];
  const built = createEngine({
    ...options,
    components,
    flows: flowEngine,
    traces: debugLines((line) => lines.push(line)),
  });
  if (!built.ok)
    throw new Error(built.errors.map(({ fileName, line, message }) => `${fileName}:${line} ${message}`).join('\n'));
  const { engine } = built;
  return {
    engine,
    run: (body) => {
      lines.length = 0;
      const result = runAnonymous(engine, body);
      if (!result.ok) throw new Error(result.compileErrors.map(({ line, message }) => `${line} ${message}`).join('\n'));
      return [...lines];
    },
    test: () => {
      const results: string[] = [];
      for (const test of selectTests(engine, undefined))
        runTestClass(engine, test, {
          ended: ({ className, methodName, outcome, message }) => {
            results.push(`${className}.${methodName} ${outcome}${message === undefined ? '' : `: ${message}`}`);
          },
        });
      return results;
    },
  };
}

/** Message of the Apex exception that a block ends with. */
export function exceptionOf(org: FlowTestOrg, body: string): string {
  const [message = ''] = org.run(
    `try { ${body} System.debug('no exception'); } catch (Exception e) { System.debug(e.getMessage()); }`,
  );
  return message;
}
