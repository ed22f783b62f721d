// One measurement in a process of its own, so that memory and warm-up of one do not touch another.
// Prints {"milliseconds", "cpu", "maxRss", "files", "bytes"}; loading modules is not part of the time.
import { Buffer } from 'node:buffer';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';

const MODES = {
  /** Reads, emits, plans and writes as `callout generate` does. */
  async pipeline([configDir, outputDir]) {
    const { planGeneration, applyGeneration } = await import('../../dist/generator/src/pipeline/index.js');
    // The pipeline loads these when it needs them; cold runs are measured with the whole program.
    for (const room of ['config', 'contracts', 'diagnostics', 'emit'])
      await import(`../../dist/generator/src/${room}/index.js`);
    return measured(async () => {
      const { planned, diagnostics } = await planGeneration({ configDir, outputDir });
      if (planned === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
      const { kept } = await applyGeneration(planned, { force: false });
      if (kept.length > 0) throw new Error(`conflicts: ${kept.join(', ')}`);
      return { files: planned.plan.entries.length };
    });
  },
  /** Writes the same bytes to the same paths, with nothing else done. The texts are in memory before the clock starts. */
  async write([source, target]) {
    const files = list(source).map((path) => ({
      path: join(target, path),
      text: readFileSync(join(source, path), 'utf8'),
    }));
    return measured(() => {
      const made = new Set();
      for (const { path, text } of files) {
        const folder = dirname(path);
        if (!made.has(folder)) mkdirSync(folder, { recursive: true });
        made.add(folder);
        writeFileSync(path, text);
      }
      return { files: files.length, bytes: files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) };
    });
  },
  /** Finds and reads every file below a folder. */
  async read([source]) {
    return measured(() => {
      let bytes = 0;
      const paths = list(source);
      for (const path of paths) bytes += readFileSync(join(source, path), 'utf8').length;
      return { files: paths.length, bytes };
    });
  },
};

function list(root, folder = '') {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? list(root, join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

async function measured(work) {
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  const milliseconds = performance.now() - start;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { milliseconds, cpu: (user + system) / 1000, ...result };
}

const [mode, ...rest] = process.argv.slice(2);
const result = await MODES[mode](rest);
console.log(JSON.stringify({ ...result, maxRss: process.resourceUsage().maxRSS * 1024 }));
