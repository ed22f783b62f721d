import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childRun, coldRun, repeat, type Run } from './measure.js';
import { formatTable, ratios, type SizeResult } from './report.js';
import { writeConfig } from './synthetic.js';

/*
 * Measures `callout generate` for 1, 10, 100 and 1,000 synthetic integrations beside a raw script that writes the same bytes, `sf apex generate class`
 * for one class, and plop for as many files. Everything is compared within one run on one machine: only the ratios travel.
 */

const SIZES = [1, 10, 100, 1000];
/** Medians of more runs where a run is short. */
const REPEATS: Readonly<Record<number, number>> = { 1: 5, 10: 5, 100: 3, 1000: 3 };

const fromHere = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const CALLOUT = fromHere('../../generator/bin/callout.js');
const SF = fromHere('../../node_modules/@salesforce/cli/bin/run.js');
const PLOP = fromHere('../../node_modules/plop/bin/plop.js');

function main(): void {
  const work = mkdtempSync(join(tmpdir(), 'callout-bench-'));
  try {
    console.error('sf apex generate class …');
    const sfClass = measureSfClass(join(work, 'sf'));
    const sizes = SIZES.map((size) => {
      console.error(`${size} integrations …`);
      return measureSize(join(work, String(size)), size);
    });
    const result = {
      machine: {
        platform: process.platform,
        arch: process.arch,
        cpu: cpus()[0]?.model ?? '',
        cores: cpus().length,
        node: process.version,
      },
      sfClass,
      sizes,
      ratios: ratios(sfClass, sizes),
    };
    const name = `${process.platform}-${process.arch}-${cpus().length}.json`;
    mkdirSync(fromHere('./results'), { recursive: true });
    writeFileSync(fromHere(`./results/${name}`), `${JSON.stringify(result, undefined, 2)}\n`);
    console.log(formatTable(sfClass, sizes));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function measureSfClass(folder: string): Run {
  mkdirSync(folder);
  let count = 0;
  return repeat(5, () =>
    coldRun(SF, ['apex', 'generate', 'class', '--name', `Bench${(count += 1)}`, '--output-dir', folder], folder),
  );
}

function measureSize(folder: string, size: number): SizeResult {
  const times = REPEATS[size] ?? 1;
  const config = join(folder, 'config');
  writeConfig(config, size);
  const output = (): string => mkdtempSync(join(folder, 'out-'));
  const cold = (target: string): Run =>
    coldRun(CALLOUT, ['generate', '--config-dir', config, '--output-dir', target], folder);

  // The first run of all reads the contracts with the TypeScript compiler; the others find them in the cache.
  const first = cold(output());
  const generate = repeat(times, () => cold(output()));
  const target = output();
  cold(target);
  const unchanged = repeat(times, () => cold(target));
  const pipeline = repeat(times, () => childRun('pipeline', config, output()));
  const pipelineUnchanged = repeat(times, () => childRun('pipeline', config, target));
  const write = repeat(times, () => childRun('write', target, output()));
  const read = repeat(times, () => childRun('read', target));
  const plop = repeat(Math.min(times, 3), () => runPlop(output(), write.files));
  for (const entry of readdirSync(folder)) if (entry !== 'config') rmSync(join(folder, entry), { recursive: true });
  return { size, files: write.files, first, generate, unchanged, pipeline, pipelineUnchanged, write, read, plop };
}

/** plop renders as many files as were generated, each from a template of the size of a typical one. */
function runPlop(folder: string, files: number): Run {
  const plopfile = join(folder, 'plopfile.mjs');
  writeFileSync(
    plopfile,
    `const template = 'public class {{name}} { // {{name}}\\n' + '    public String member;\\n'.repeat(100) + '}\\n';
export default (plop) => plop.setGenerator('files', {
  prompts: [],
  actions: Array.from({ length: ${files} }, (_, at) => ({
    type: 'add', path: ${JSON.stringify(folder)} + '/out/' + Math.floor(at / 10) + '/File' + at + '.cls', template, data: { name: 'File' + at },
  })),
});
`,
  );
  return coldRun(PLOP, ['--plopfile', plopfile, '--no-progress', 'files'], folder);
}

main();
