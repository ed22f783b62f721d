import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

import {
  createEngine,
  readSourceFolders,
  runAnonymous,
  runApexTests,
  runTestClass,
  selectTests,
  type ApexEngine,
} from '../../local-org/src/apex/test-runner/index.js';
import { compileUnit } from '../../local-org/src/apex/compile/index.js';
import type { TraceSink } from '../../local-org/src/apex/runtime/index.js';
import type { Component } from '../../local-org/src/model/index.js';
import { debugLines } from '../../test/support/debug-lines.js';
import { APEX_BLOCK, APEX_PROGRAM, javascriptProgram } from './compute.js';

/** Processor time of this process, milliseconds: other work on the machine does not count. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function timed<T>(work: () => T): { readonly result: T; readonly ms: number } {
  const start = cpuMs();
  const result = work();
  return { result, ms: cpuMs() - start };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

function engineOf(sources: readonly string[], traces?: TraceSink): ApexEngine {
  const components = sources.map((content): Component => {
    const trigger = /^trigger (\w+)/.exec(content)?.[1];
    const name = trigger ?? /class (\w+)/.exec(content)?.[1] ?? '';
    return {
      type: trigger === undefined ? 'ApexClass' : 'ApexTrigger',
      fullName: name,
      fileName: name,
      content,
      metaXml: undefined,
    };
  });
  const built = createEngine({ components, traces });
  if (!built.ok) throw new Error(JSON.stringify(built.errors));
  return built.engine;
}

/** (a) Compute-heavy Apex against the same program in JavaScript, with equal results. */
function compute(): Readonly<Record<string, number>> {
  let shown = '';
  const engine = engineOf(
    [APEX_PROGRAM],
    debugLines((text) => {
      shown = text;
    }),
  );
  const apex: number[] = [];
  const javascript: number[] = [];
  for (let round = 0; round < 7; round++) {
    apex.push(timed(() => runAnonymous(engine, APEX_BLOCK)).ms);
    const plain = timed(javascriptProgram);
    javascript.push(plain.ms);
    if (plain.result !== shown) throw new Error(`results differ: ${plain.result} and ${shown}`);
  }
  return { apexMs: median(apex), javascriptMs: median(javascript), ratio: median(apex) / median(javascript) };
}

/** (b) 10,000 rows with a trigger, in five transactions; the time per row should not grow. */
function dml(): Readonly<Record<string, number>> {
  const engine = engineOf([
    'trigger Mark on Account (before insert) { for (Account a : Trigger.new) a.Site = a.Name; }',
  ]);
  const perRow = [0, 1, 2, 3, 4].map((part) => {
    const block = `List<Account> rows = new List<Account>(); for (Integer i = 0; i < 2000; i++) rows.add(new Account(Name = 'A${part}-' + i)); insert rows;`;
    return (timed(() => runAnonymous(engine, block)).ms * 1000) / 2000;
  });
  return { firstMicrosPerRow: perRow[0] ?? 0, lastMicrosPerRow: perRow.at(-1) ?? 0 };
}

/** (c) The generated project's tests in a process that has compiled nothing before. */
async function tests(): Promise<Readonly<Record<string, number>>> {
  const start = cpuMs();
  const result = await runApexTests({ paths: ['force-app'], coverage: true });
  const ms = cpuMs() - start;
  return {
    tests: result.tests.length,
    failed: result.tests.filter((test) => test.outcome !== 'pass').length,
    coldCpuMs: ms,
    cpuMsPerTest: result.timings.runMs / Math.max(1, result.tests.length),
  };
}

/** (d) Source lines per second: the whole way from text, and code generation alone. */
function throughput(): Readonly<Record<string, number>> {
  const components = readSourceFolders(['force-app']);
  const lines = components
    .filter((component) => component.type.startsWith('Apex'))
    .reduce((sum, component) => sum + component.content.split('\n').length, 0);
  const warm = timed(() => createEngine({ components }));
  if (!warm.result.ok) throw new Error('force-app does not compile');
  const { checked } = warm.result.engine;
  const generation = timed(() =>
    [...checked.classes.values(), ...checked.triggers.values()].map((unit) => compileUnit(unit)),
  );
  return { lines, linesPerSecond: (lines * 1000) / warm.ms, generatedLinesPerSecond: (lines * 1000) / generation.ms };
}

/** (e) Memory after many runs of the same test class in one process. */
function leak(): Readonly<Record<string, number>> {
  const engine = engineOf([
    "public class Churn { public static Integer go() { insert new Account(Name = 'x'); Integer n = [SELECT COUNT() FROM Account]; delete [SELECT Id FROM Account]; return n; } }",
    '@IsTest private class ChurnTest { @IsTest static void churns() { Assert.areEqual(1, Churn.go()); } }',
  ]);
  const [test] = selectTests(engine, undefined);
  if (test === undefined) throw new Error('the test was not found');
  const run = (times: number): void => {
    for (let at = 0; at < times; at++)
      runTestClass(engine, test, {
        ended: ({ outcome, message }) => {
          if (outcome !== 'pass') throw new Error(message);
        },
      });
  };
  const heap = (): number => {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed / 1e6;
  };
  run(100);
  const before = heap();
  run(1000);
  return { heapMbAfter100: before, heapMbAfter1100: heap() };
}

const machine = `${cpus()[0]?.model ?? 'unknown'} x${cpus().length}, Node ${process.version}`;
const results = {
  machine,
  tests: await tests(),
  compute: compute(),
  dml: dml(),
  throughput: throughput(),
  leak: leak(),
};
mkdirSync('bench/apex/results', { recursive: true });
const key = machine.replace(/[^A-Za-z0-9]+/g, '-').toLowerCase();
writeFileSync(
  join('bench/apex/results', `${key}.json`),
  `${JSON.stringify(results, (_, value: unknown) => (typeof value === 'number' ? Math.round(value * 100) / 100 : value), 2)}\n`,
);
process.stdout.write(`${JSON.stringify(results, undefined, 2)}\n`);
