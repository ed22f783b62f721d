import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

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
import { coldRun, type ProgramRun } from '../generate/measure.js';
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

const ROWS_PER_TRANSACTION = 1000;
const TRANSACTIONS = 10;
const MARKED = 'trigger Mark on Account (before insert) { for (Account a : Trigger.new) a.Site = a.Name; }';

/** Microseconds per row of each transaction in a new org that takes in 10,000 rows, after one that makes it build its schema. */
function insertions(): readonly number[] {
  const engine = engineOf([MARKED]);
  runAnonymous(engine, "insert new Account(Name = 'First');");
  return Array.from({ length: TRANSACTIONS }, (_, part) => {
    const block = `List<Account> rows = new List<Account>(); for (Integer i = 0; i < ${ROWS_PER_TRANSACTION}; i++) rows.add(new Account(Name = 'A${part}-' + i)); insert rows;`;
    return (timed(() => runAnonymous(engine, block)).ms * 1000) / ROWS_PER_TRANSACTION;
  });
}

/** How much of the mean a straight line through the values gains from the first to the last. */
function growth(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const along = values.reduce((sum, value, at) => sum + (at - middle) * (value - mean), 0);
  const across = values.reduce((sum, _, at) => sum + (at - middle) ** 2, 0);
  return ((along / across) * (values.length - 1)) / mean;
}

/**
 * (b) 10,000 rows with a trigger. Some orgs warm up; then the time per row, as the median of several orgs at each point, should
 * be the same however many rows the org has: the growth is about 0.
 */
function dml(): Readonly<Record<string, number>> {
  for (let org = 0; org < 4; org++) insertions();
  const orgs = Array.from({ length: 9 }, insertions);
  const perRow = Array.from({ length: TRANSACTIONS }, (_, part) => median(orgs.map((org) => org[part] ?? 0)));
  return {
    firstMicrosPerRow: perRow[0] ?? 0,
    lastMicrosPerRow: perRow.at(-1) ?? 0,
    growthOverTenThousandRows: growth(perRow),
  };
}

interface TestRun {
  readonly passing: number;
  readonly failing: number;
  readonly timings: { readonly compileMs: number; readonly runMs: number };
}

const CALLOUT = fileURLToPath(new URL('../../generator/bin/callout.js', import.meta.url));

function callTests(): ProgramRun & TestRun {
  const run = coldRun(CALLOUT, ['test', '--json', 'force-app'], process.cwd());
  const { result } = JSON.parse(run.output) as { readonly result: TestRun };
  return { ...run, ...result };
}

/** (c) `callout test` on the generated project, each time in a new process. */
function coldTests(): Readonly<Record<string, number>> {
  const runs = Array.from({ length: 7 }, callTests);
  const of = (value: (run: ProgramRun & TestRun) => number): number => median(runs.map(value));
  const tests = of(({ passing, failing }) => passing + failing);
  return {
    tests,
    failed: of(({ failing }) => failing),
    wallMs: of(({ milliseconds }) => milliseconds),
    cpuMs: of(({ cpu }) => cpu),
    compileMs: of(({ timings }) => timings.compileMs),
    runMsPerTest: of(({ timings }) => timings.runMs) / tests,
    maxRssMb: of(({ maxRss }) => maxRss) / 1e6,
  };
}

/** The same again and again in one process, as while watching. */
async function warmTests(): Promise<Readonly<Record<string, number>>> {
  const cpu: number[] = [];
  const perTest: number[] = [];
  for (let round = 0; round < 6; round++) {
    const start = cpuMs();
    const { tests, timings } = await runApexTests({ paths: ['force-app'] });
    cpu.push(cpuMs() - start);
    perTest.push(timings.runMs / tests.length);
  }
  return { cpuMs: median(cpu.slice(2)), runMsPerTest: median(perTest.slice(2)) };
}

/** (d) Source lines per second once warm: the whole way from text, and code generation alone. */
function throughput(): Readonly<Record<string, number>> {
  const components = readSourceFolders(['force-app']);
  const lines = components
    .filter((component) => component.type.startsWith('Apex'))
    .reduce((sum, component) => sum + component.content.split('\n').length, 0);
  const whole = Array.from({ length: 5 }, () => timed(() => createEngine({ components })));
  const [built] = whole;
  if (built?.result.ok !== true) throw new Error('force-app does not compile');
  const { checked } = built.result.engine;
  const generation = Array.from({ length: 5 }, () =>
    timed(() => [...checked.classes.values(), ...checked.triggers.values()].map((unit) => compileUnit(unit))),
  );
  const rate = (runs: readonly { readonly ms: number }[]): number => (lines * 1000) / median(runs.map(({ ms }) => ms));
  return { lines, linesPerSecond: rate(whole), generatedLinesPerSecond: rate(generation) };
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
  coldTests: coldTests(),
  warmTests: await warmTests(),
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
