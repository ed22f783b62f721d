// Joins the commands and the packages they use into a few files: loading hundreds of small modules takes longer than most
// commands do. What a command loads only when it needs it stays a file of its own.
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The local org is a program of its own, built beside the bundle; only the part that runs Apex tests is in it. */
const localOrg = {
  name: 'local-org',
  setup({ onResolve }) {
    onResolve({ filter: /\/local-org\/src\/index\.js$/ }, () => ({
      path: '../local-org/src/index.js',
      external: true,
    }));
  },
};

const target = join(root, 'dist', 'cli');
const next = join(root, 'dist', 'cli-next');
await rm(next, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: { index: 'dist/generator/src/commands/index.js' },
  outdir: next,
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  mainFields: ['module', 'main'],
  minifySyntax: true,
  // The last one reads the name of its own file, which a bundle does not have.
  external: ['@oclif/core', '@inquirer/prompts', 'ts-morph', 'write-file-atomic'],
  plugins: [localOrg],
  sourcemap: true,
  // Bundled CommonJS packages ask for Node's own modules with require, which an ES module does not have.
  banner: {
    js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);",
  },
});

// Swapped at the end, so that a build that fails leaves the last one.
await rm(target, { recursive: true, force: true });
await rename(next, target);
