import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { makeFolders } from '../files/index.js';
import type { Contract, ContractRef, ContractType } from '../model/index.js';
import { packagePath } from '../package-root/index.js';

/** Place of the cache below the project root; the folder is not under version control. */
const CACHE_FILE = ['.callout', 'contracts.json'] as const;

/** To be raised whenever the same TypeScript gives another Contract, or the form of the cache changes. */
const FORMAT = 1;

const scalar = z.enum([
  'String',
  'Integer',
  'Long',
  'Decimal',
  'Double',
  'Boolean',
  'Date',
  'Datetime',
  'Id',
  'Blob',
  'Object',
]);

const type: z.ZodType<ContractType> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('scalar'), scalar }),
    z.strictObject({ kind: z.enum(['class', 'enum']), name: z.string() }),
    z.strictObject({ kind: z.literal('list'), element: type }),
    z.strictObject({ kind: z.literal('map'), value: type }),
  ]),
);

const contractClass = z.strictObject({
  name: z.string(),
  description: z.string(),
  members: z
    .array(
      z.strictObject({
        jsonName: z.string(),
        apexName: z.string(),
        type,
        optional: z.boolean(),
        nullable: z.boolean(),
        description: z.string(),
      }),
    )
    .readonly(),
});

const entry = z.strictObject({
  file: z.string(),
  interfaceName: z.string(),
  /** SHA-256 of every file that the contract came from. */
  sources: z.record(z.string(), z.string()),
  contract: z.strictObject({
    className: z.string(),
    root: contractClass,
    classes: z.array(contractClass).readonly(),
    enums: z
      .array(
        z.strictObject({
          name: z.string(),
          description: z.string(),
          values: z.array(z.strictObject({ apexName: z.string(), jsonValue: z.string() })).readonly(),
        }),
      )
      .readonly(),
  }),
});

const cacheFile = z.strictObject({ version: z.string(), entries: z.array(entry) });

export type CacheEntry = z.infer<typeof entry>;

/** What the cache held; `note` says why it could not be used. */
export interface CacheContent {
  readonly entries: readonly CacheEntry[];
  readonly note: string | undefined;
}

/** Reads the cache. A missing, outdated or damaged one is empty; only damage is worth a note. */
export function readCache(projectRoot: string): CacheContent {
  const path = join(projectRoot, ...CACHE_FILE);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return isMissing(error) ? EMPTY : damaged(path, error);
  }
  try {
    const content = cacheFile.parse(JSON.parse(text));
    return content.version === cacheVersion() ? { entries: content.entries, note: undefined } : EMPTY;
  } catch (error) {
    return damaged(path, error);
  }
}

/** Writes the cache as a whole. Returns a note when that is not possible, which costs time at the next run and nothing else. */
export async function writeCache(projectRoot: string, entries: readonly CacheEntry[]): Promise<string | undefined> {
  const path = join(projectRoot, ...CACHE_FILE);
  const { default: writeFileAtomic } = await import('write-file-atomic');
  try {
    makeFolders(dirname(path));
    await writeFileAtomic(path, `${JSON.stringify({ version: cacheVersion(), entries })}\n`);
    return undefined;
  } catch (error) {
    return `The contract cache ${path} could not be written: ${reasonOf(error)}`;
  }
}

/** The contract of an entry, under the reference that asked for it. */
export function cachedContract(ref: ContractRef, { contract }: CacheEntry): Contract {
  return { ref, ...contract };
}

export function cacheEntry(contract: Contract, sources: ReadonlyMap<string, string>): CacheEntry {
  const { ref, className, root, classes, enums } = contract;
  const hashes = [...sources].map(([path, text]) => [path, textHash(text)] as const);
  return {
    file: ref.file,
    interfaceName: ref.interfaceName,
    sources: Object.fromEntries(hashes),
    contract: { className, root, classes, enums },
  };
}

export function textHash(text: string): string {
  return hash('sha256', text, 'hex');
}

const EMPTY: CacheContent = { entries: [], note: undefined };

function damaged(path: string, error: unknown): CacheContent {
  const [reason = ''] = reasonOf(error).split('\n');
  return { entries: [], note: `The contract cache ${path} is damaged and was rebuilt: ${reason}` };
}

function reasonOf(error: unknown): string {
  return error instanceof z.ZodError
    ? 'its content has another form'
    : error instanceof Error
      ? error.message
      : String(error);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

let version: string | undefined;

/** Our version and the form of the cache: an entry made by another version is not used. */
function cacheVersion(): string {
  version ??= `${packageVersion()}/${String(FORMAT)}`;
  return version;
}

function packageVersion(): string {
  const manifest = z.object({ version: z.string() });
  return manifest.parse(JSON.parse(readFileSync(packagePath('package.json'), 'utf8'))).version;
}
