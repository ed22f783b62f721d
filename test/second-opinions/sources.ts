import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ProjectSchema, compileProgram } from '../../local-org/src/apex/index.js';
import type { ApexSource } from '../../local-org/src/apex/index.js';
import { SCHEMA } from '../local-org/apex-check/schema.js';
import type { Remark } from './opinion.js';

const CORPUS = join(dirname(fileURLToPath(import.meta.url)), '../local-org/apex-check');
const API_VERSION = 66;

/** Paths of the defective and the good sources of `test/local-org/apex-check`. */
export function corpusFiles(): readonly string[] {
  return ['defects', 'good'].flatMap((folder) =>
    readdirSync(join(CORPUS, folder)).map((name) => join(CORPUS, folder, name)),
  );
}

/** Name of the class or trigger that a file holds. */
export const sourceName = (path: string): string => basename(path, extname(path));

export const corpusSchema = (): ProjectSchema => new ProjectSchema(SCHEMA);

/** API names of the objects that the corpus uses and that are not standard. */
export const CORPUS_OBJECTS = SCHEMA.filter(({ type }) => type === 'CustomObject').map(({ fullName }) => fullName);

/** What the local org's compiler says: of a defective source alone, of the good ones together. */
export function askLocalOrg(): readonly Remark[] {
  const sources = corpusFiles().map(sourceAt);
  const good = sources.filter(({ fileName }) => dirname(fileName).endsWith('good'));
  const alone = sources.filter((source) => !good.includes(source)).map((source) => [source]);
  return [good, ...alone].flatMap((program) =>
    compileProgram(program, corpusSchema()).results.flatMap(({ source, findings }) =>
      findings.map(({ line, column, message }) => ({ source: source.name, line, column, message })),
    ),
  );
}

function sourceAt(path: string): ApexSource {
  const kind = extname(path) === '.cls' ? 'class' : 'trigger';
  const source = readFileSync(path, 'utf8');
  return { kind, name: sourceName(path), fileName: path, source, apiVersion: API_VERSION, isChecked: true };
}

const metadata = (type: string): string =>
  `<${type} xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>65.0</apiVersion><status>Active</status></${type}>`;

/** Lays the corpus out as an SFDX project. */
export function writeProject(folder: string): void {
  const root = join(folder, 'force-app');
  const write = (path: string, content: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  const project = { packageDirectories: [{ path: 'force-app', default: true }], sourceApiVersion: '65.0' };
  mkdirSync(root, { recursive: true });
  writeFileSync(join(folder, 'sfdx-project.json'), JSON.stringify(project));
  for (const path of corpusFiles()) {
    const [place, type] = extname(path) === '.cls' ? ['classes', 'ApexClass'] : ['triggers', 'ApexTrigger'];
    write(`${place}/${basename(path)}`, readFileSync(path, 'utf8'));
    write(`${place}/${basename(path)}-meta.xml`, metadata(type));
  }
  for (const { type, fullName, content } of SCHEMA) {
    if (type === 'CustomObject') write(`objects/${fullName}/${fullName}.object-meta.xml`, content);
    if (type === 'CustomLabels') write(`labels/${fullName}.labels-meta.xml`, content);
    if (type === 'Flow') write(`flows/${fullName}.flow-meta.xml`, content);
  }
}
