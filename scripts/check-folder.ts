/**
 * Runs the Apex checks over SFDX source folders: `npx tsx scripts/check-folder.ts FOLDER... [--time]`. Prints `file:line:column message` for
 * every finding and exits with 1 when there is any. Metadata is only read as far as Apex can see it: objects, fields, labels, flows, pages.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ProjectSchema, compileProgram } from '../local-org/src/apex/index.js';
import type { ApexSource } from '../local-org/src/apex/index.js';
import type { Component } from '../local-org/src/model/index.js';

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (name === 'node_modules' || name.startsWith('.')) return [];
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

function metadata(path: string): Component | undefined {
  const name = basename(path);
  const stem = name.slice(0, name.indexOf('.'));
  const base = { fileName: path, content: '', metaXml: undefined };
  const read = (): string => readFileSync(path, 'utf8');
  if (name.endsWith('.object-meta.xml') || name.endsWith('.object'))
    return { ...base, type: 'CustomObject', fullName: stem, content: read() };
  if (name.endsWith('.field-meta.xml'))
    return { ...base, type: 'CustomField', fullName: `${basename(dirname(dirname(path)))}.${stem}`, content: read() };
  if (name.endsWith('.fieldSet-meta.xml')) {
    const content = `<CustomObject><fieldSets><fullName>${stem}</fullName></fieldSets></CustomObject>`;
    return { ...base, type: 'CustomObject', fullName: basename(dirname(dirname(path))), content };
  }
  if (name.endsWith('.sharingReason-meta.xml')) {
    const content = `<CustomObject><sharingReasons><fullName>${stem}</fullName></sharingReasons></CustomObject>`;
    return { ...base, type: 'CustomObject', fullName: basename(dirname(dirname(path))), content };
  }
  if (name.endsWith('.labels-meta.xml') || name.endsWith('.labels'))
    return { ...base, type: 'CustomLabels', fullName: stem, content: read() };
  if (name.endsWith('.flow-meta.xml') || name.endsWith('.flow')) return { ...base, type: 'Flow', fullName: stem };
  if (/\.page(-meta\.xml)?$/.test(name)) return { ...base, type: 'ApexPage', fullName: stem };
  return undefined;
}

function apex(path: string): ApexSource | undefined {
  const match = /^(.*)\.(cls|trigger)$/.exec(basename(path));
  if (match?.[1] === undefined) return undefined;
  const kind = match[2] === 'cls' ? 'class' : 'trigger';
  return { kind, name: match[1], fileName: path, source: readFileSync(path, 'utf8'), apiVersion: 66, isChecked: true };
}

const folders = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const files = folders.flatMap(filesBelow);
const start = performance.now();
const schema = new ProjectSchema(files.flatMap((path) => metadata(path) ?? []));
const program = compileProgram(
  files.flatMap((path) => apex(path) ?? []),
  schema,
);
let count = 0;
for (const { source, findings } of program.results) {
  for (const { line, column, message } of findings) {
    count++;
    console.log(`${source.fileName}:${String(line)}:${String(column)} ${message}`);
  }
}
if (process.argv.includes('--time')) {
  console.error(
    `${String(program.results.length)} sources, ${String(count)} findings, ${(performance.now() - start).toFixed(0)} ms`,
  );
}
process.exitCode = count === 0 ? 0 : 1;
