import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SchemaView } from '../../../local-org/src/apex/types/index.js';
import { java } from '../java.js';
import type { Remark } from '../opinion.js';
import { objectTable } from './objects.js';
import { platformStubs } from './stubs.js';

const HERE = dirname(fileURLToPath(import.meta.url));
const PLUGIN = join(dirname(createRequire(import.meta.url).resolve('prettier-plugin-apex')), '../..');
const COMPILER = join(PLUGIN, 'vendor/apex-ast-serializer/lib/apex-jorje-lsp.jar');

/**
 * What Salesforce's own compiler says about sources, all of them compiled together. It comes with prettier-plugin-apex, for its parser, and is used
 * from there.
 * @param files paths of classes and triggers
 * @param schema the objects that they use; `objects` names those that are not standard
 */
export async function askSalesforceCompiler(
  files: readonly string[],
  schema: SchemaView,
  objects: readonly string[],
): Promise<readonly Remark[]> {
  const folder = mkdtempSync(join(tmpdir(), 'callout-jorje-'));
  try {
    for (const { namespace, name, source } of platformStubs()) {
      mkdirSync(join(folder, 'stubs', namespace), { recursive: true });
      writeFileSync(join(folder, 'stubs', namespace, `${name}.cls`), source);
    }
    writeFileSync(join(folder, 'objects.tsv'), objectTable(schema, objects));
    const program = ['-cp', COMPILER, join(HERE, 'JorjeCheck.java')];
    const output = await java([...program, join(folder, 'stubs'), join(folder, 'objects.tsv'), ...files]);
    return output.split('\n').filter(Boolean).map(remark);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function remark(row: string): Remark {
  const [file = '', line = '', column = '', message = ''] = row.split('\t');
  return { source: basename(file, extname(file)), line: Number(line), column: Number(column), message };
}
