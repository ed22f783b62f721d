/** Writes the files that are made from the schema: run it after a change of the schema or of a rule. */
import { writeFileSync } from 'node:fs';
import { packagePath } from '../package-root/index.js';
import { renderConfigFiles } from './render/index.js';

for (const { path, content } of renderConfigFiles()) {
  writeFileSync(packagePath(...path.split('/')), content);
  process.stdout.write(`wrote ${path}\n`);
}
