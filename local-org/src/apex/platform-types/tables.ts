import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

/** Rows of the tables in local-org/data/apex, as `scripts/extract-apex-types.ts` writes them. Types are Apex type texts. */
export interface TypeTable {
  readonly k: 'class' | 'interface' | 'enum';
  readonly n: string;
  readonly s?: string;
  readonly i?: readonly string[];
  readonly t?: number;
  readonly a?: 1;
  readonly c?: readonly (readonly string[])[];
  /** [name, flags: 1 static, 2 abstract; return type, parameter types ...] */
  readonly m?: readonly (readonly [string, number, string, ...string[]])[];
  /** [name, 1 for static, type] */
  readonly f?: readonly (readonly [string, number, string])[];
  readonly e?: readonly string[];
}

export interface ObjectTable {
  readonly n: string;
  readonly f: Readonly<Record<string, readonly string[]>>;
  readonly r: readonly (readonly [string, string, string])[];
  readonly c?: readonly (readonly [string, string])[];
}

let folder: string | undefined;

/** The data folder stands beside the sources; compiled code finds it by going up. */
function dataFolder(): string {
  if (folder !== undefined) return folder;
  let at = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const candidate = join(at, 'local-org/data/apex');
    if (existsSync(join(candidate, 'namespaces.json.gz'))) return (folder = candidate);
    const parent = dirname(at);
    if (parent === at)
      throw new Error('local-org/data/apex is missing: the Apex type tables are part of the installation');
    at = parent;
  }
}

function readJson(name: string): unknown {
  return JSON.parse(gunzipSync(readFileSync(join(dataFolder(), name))).toString('utf8'));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTypeTable(value: unknown): value is TypeTable {
  return isRecord(value) && typeof value['k'] === 'string' && typeof value['n'] === 'string';
}

function isObjectTable(value: unknown): value is ObjectTable {
  return isRecord(value) && typeof value['n'] === 'string' && isRecord(value['f']) && Array.isArray(value['r']);
}

function readRecords<T>(name: string, check: (value: unknown) => value is T): ReadonlyMap<string, T> {
  const json = readJson(name);
  if (!isRecord(json)) throw new Error(`${name} is not a table`);
  const result = new Map<string, T>();
  for (const [key, value] of Object.entries(json)) {
    if (!check(value)) throw new Error(`${name} has a broken row ${key}`);
    result.set(key, value);
  }
  return result;
}

function readNames(name: string): readonly string[] {
  const json = readJson(name);
  if (!Array.isArray(json)) throw new Error(`${name} is not a list`);
  return json.map(String);
}

/** Namespaces that have a table, with the platform's spelling. */
export function readNamespaces(): readonly string[] {
  return readNames('namespaces.json.gz');
}

/** Types of one namespace by lower-cased name; inner types as `outer.inner`. */
export function readTypes(namespace: string): ReadonlyMap<string, TypeTable> {
  return readRecords(`types/${namespace}.json.gz`, isTypeTable);
}

/** Names of all standard objects. */
export function readObjectNames(): readonly string[] {
  return readNames('sobject-names.json.gz');
}

/** Standard objects by lower-cased name, those that begin with one letter. */
export function readObjects(letter: string): ReadonlyMap<string, ObjectTable> {
  return readRecords(`sobjects/${letter}.json.gz`, isObjectTable);
}
