/**
 * Writes the tables of local-org/data/apex from the type jars that come with @salesforce/code-analyzer-pmd-engine (a development
 * dependency): `npx tsx scripts/extract-apex-types.ts`. See local-org/data/apex/NOTICE.md for their origin and licence.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { apexName, apexNamespace, SignatureReader } from './apex-signature.js';
import { FLAGS, readClassFile } from './class-file.js';
import type { ClassFile, ClassMember } from './class-file.js';
import { extractObject } from './extract-sobjects.js';
import type { ObjectTable } from './extract-sobjects.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const jars = join(root, 'node_modules/@salesforce/code-analyzer-pmd-engine/dist/java-lib');
const output = join(root, 'local-org/data/apex');

/** [name, flags: 1 static, 2 abstract; return type, parameter types ...] */
type MethodRow = readonly [string, number, string, ...string[]];

/** One type of a namespace table. Absent members are empty. */
interface TypeTable {
  readonly k: 'class' | 'interface' | 'enum';
  readonly n: string;
  readonly s?: string;
  readonly i?: readonly string[];
  /** Number of type parameters. */
  readonly t?: number;
  readonly a?: 1;
  readonly c?: readonly (readonly string[])[];
  readonly m?: readonly MethodRow[];
  /** [name, 1 for static, type] */
  readonly f?: readonly (readonly [string, number, string])[];
  readonly e?: readonly string[];
}

function readJar(prefix: string): readonly ClassFile[] {
  const file = readdirSync(jars).find((name) => name.startsWith(prefix));
  if (file === undefined) throw new Error(`${prefix} is not in ${jars}`);
  const entries = unzipSync(readFileSync(join(jars, file)), { filter: (entry) => entry.name.endsWith('.class') });
  return Object.keys(entries)
    .toSorted()
    .map((name) => readClassFile(entries[name] ?? new Uint8Array()));
}

const isApexMember = (member: ClassMember): boolean =>
  (member.flags & (FLAGS.bridge | FLAGS.synthetic)) === 0 && (member.flags & FLAGS.public) !== 0;

function methodTypes(
  member: ClassMember,
  parameters: readonly string[],
): { readonly params: readonly string[]; readonly returns: string } {
  const reader = new SignatureReader(member.signature, parameters);
  reader.typeParameters();
  reader.take('(');
  const params: string[] = [];
  while (reader.peek() !== ')') params.push(reader.type());
  reader.take(')');
  return { params, returns: reader.type() };
}

function methodRow(member: ClassMember, parameters: readonly string[]): MethodRow {
  const { params, returns } = methodTypes(member, parameters);
  const flags = ((member.flags & FLAGS.static) === 0 ? 0 : 1) | ((member.flags & FLAGS.abstract) === 0 ? 0 : 2);
  return [member.name.replace(/\$$/, ''), flags, returns, ...params];
}

function supers(file: ClassFile): {
  readonly parameters: readonly string[];
  readonly superType: string;
  readonly interfaces: readonly string[];
} {
  if (file.signature === undefined) {
    return {
      parameters: [],
      superType: file.superName === undefined ? 'Object' : apexName(file.superName),
      interfaces: file.interfaces.map(apexName),
    };
  }
  const reader = new SignatureReader(file.signature, []);
  const parameters = reader.typeParameters();
  const body = new SignatureReader(file.signature, parameters);
  body.typeParameters();
  const superType = body.type();
  const interfaces: string[] = [];
  while (!body.done) interfaces.push(body.type());
  return { parameters, superType, interfaces };
}

function enumTable(file: ClassFile, name: string): TypeTable {
  return {
    k: 'enum',
    n: name,
    e: file.fields.filter((field) => (field.flags & FLAGS.enum) !== 0).map((field) => field.name),
  };
}

function typeTable(file: ClassFile, name: string): TypeTable {
  if (file.superName === 'java/lang/Enum') return enumTable(file, name);
  const { parameters, superType, interfaces } = supers(file);
  const isInterface = (file.flags & FLAGS.interface) !== 0;
  const methods = file.methods.filter((member) => isApexMember(member) && !member.name.startsWith('<'));
  const constructors = file.methods.filter((member) => isApexMember(member) && member.name === '<init>');
  const fields = file.fields.filter(isApexMember);
  return {
    k: isInterface ? 'interface' : 'class',
    n: name,
    ...(superType === 'Object' ? {} : { s: superType }),
    ...(interfaces.length === 0 ? {} : { i: interfaces }),
    ...(parameters.length === 0 ? {} : { t: parameters.length }),
    ...(!isInterface && (file.flags & FLAGS.abstract) !== 0 ? { a: 1 as const } : {}),
    ...(constructors.length === 0 ? {} : { c: constructors.map((member) => methodTypes(member, parameters).params) }),
    ...(methods.length === 0 ? {} : { m: methods.map((member) => methodRow(member, parameters)) }),
    ...(fields.length === 0
      ? {}
      : {
          f: fields.map((field) => [
            field.name.replace(/\$$/, ''),
            (field.flags & FLAGS.static) === 0 ? 0 : 1,
            new SignatureReader(field.signature, parameters).type(),
          ]),
        }),
  };
}

function write(path: string, value: unknown): number {
  const bytes = gzipSync(JSON.stringify(value), { level: 9 });
  bytes.fill(0, 4, 8);
  writeFileSync(path, bytes);
  return bytes.length;
}

function writeTypes(): void {
  const namespaces = new Map<string, Record<string, TypeTable>>();
  for (const file of readJar('standard-types-')) {
    const packageName = file.name.split('/').at(-2) ?? '';
    if (packageName === 'Internal' || packageName === 'SObjectStubs' || file.name.endsWith('$')) continue;
    const namespace = apexNamespace(packageName);
    const name = apexName(file.name).slice(namespace.length + 1);
    const table = namespaces.get(namespace) ?? {};
    table[name.toLowerCase()] = typeTable(file, name);
    namespaces.set(namespace, table);
  }
  const folder = join(output, 'types');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  let total = 0;
  for (const [namespace, table] of namespaces) total += write(join(folder, `${namespace}.json.gz`), table);
  write(join(output, 'namespaces.json.gz'), [...namespaces.keys()].toSorted());
  console.log(`${String(namespaces.size)} namespaces, ${String(total)} bytes`);
}

function writeObjects(): void {
  const letters = new Map<string, Record<string, ObjectTable>>();
  const names: string[] = [];
  for (const file of readJar('sobject-types-')) {
    const table = extractObject(file);
    names.push(table.n);
    const letter = table.n.slice(0, 1).toLowerCase();
    const objects = letters.get(letter) ?? {};
    objects[table.n.toLowerCase()] = table;
    letters.set(letter, objects);
  }
  const folder = join(output, 'sobjects');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  let total = 0;
  for (const [letter, objects] of letters) total += write(join(folder, `${letter}.json.gz`), objects);
  total += write(join(output, 'sobject-names.json.gz'), names.toSorted());
  console.log(`${String(names.length)} objects, ${String(total)} bytes`);
}

writeTypes();
writeObjects();
