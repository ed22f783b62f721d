import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contract, ContractRef, Diagnostic } from '../model/index.js';
import { cachedContract, cacheEntry, readCache, textHash, writeCache, type CacheEntry } from './cache.js';
import { classNameCollisions } from './collisions.js';

export interface LoadContractsOptions {
  /** Absolute path of the project; contract files are named relative to it. */
  readonly projectRoot: string;
  readonly refs: readonly ContractRef[];
  /**
   * Folder below the project root that contracts may be read from. Default: `contracts` in the first folder of each file's path,
   * which is the configuration folder: `config/contracts`.
   */
  readonly contractsDir?: string;
  /** Names of Apex classes that something else generates; a contract class must not have one of them. */
  readonly takenClassNames?: readonly string[];
}

export interface LoadedContracts {
  /** In the order of the references, without those that have problems. */
  readonly contracts: readonly Contract[];
  /** All problems of all contracts, sorted by file and line. */
  readonly diagnostics: readonly Diagnostic[];
  /** True when nothing had to be read with the TypeScript compiler. */
  readonly fromCache: boolean;
  /** What a person may want to know about the cache: it was damaged, or could not be written. */
  readonly notes: readonly string[];
}

/**
 * Reads the contracts that integrations refer to. The TypeScript compiler is loaded only when a contract file is not what it was
 * at the last run: `.callout/contracts.json` keeps each contract with the SHA-256 of the files that it came from.
 */
export async function loadContracts(options: LoadContractsOptions): Promise<LoadedContracts> {
  const { projectRoot, refs } = options;
  const cache = readCache(projectRoot);
  const hashes = new FileHashes(projectRoot);
  const known = new Map<string, CacheEntry>();
  for (const entry of cache.entries) if (isCurrent(entry, hashes)) known.set(refKey(entry), entry);
  const stale = refs.filter((ref) => !known.has(refKey(ref)));
  const { fresh, diagnostics } = await readStale(options, stale);
  for (const [key, entry] of fresh) known.set(key, entry);

  const used = [...new Set(refs.map(refKey))].flatMap((key) => known.get(key) ?? []);
  const isSame = fresh.size === 0 && used.length === cache.entries.length;
  const writeNote = isSame ? undefined : await writeCache(projectRoot, used);
  const contracts = refs.flatMap((ref) => {
    const entry = known.get(refKey(ref));
    return entry === undefined ? [] : [cachedContract(ref, entry)];
  });
  return {
    contracts,
    diagnostics: [...diagnostics, ...classNameCollisions(projectRoot, contracts, options.takenClassNames ?? [])],
    fromCache: stale.length === 0,
    notes: [cache.note, writeNote].filter((note) => note !== undefined),
  };
}

async function readStale(
  { projectRoot, contractsDir }: LoadContractsOptions,
  refs: readonly ContractRef[],
): Promise<{ readonly fresh: ReadonlyMap<string, CacheEntry>; readonly diagnostics: readonly Diagnostic[] }> {
  const fresh = new Map<string, CacheEntry>();
  const [first] = refs;
  if (first === undefined) return { fresh, diagnostics: [] };
  const { readContracts } = await import('./read/index.js');
  const result = readContracts(projectRoot, contractsDir ?? defaultFolder(first), refs);
  for (const { contract, sources } of result.contracts) fresh.set(refKey(contract.ref), cacheEntry(contract, sources));
  return { fresh, diagnostics: result.diagnostics };
}

function defaultFolder({ file }: ContractRef): string {
  return `${file.slice(0, Math.max(0, file.indexOf('/')))}/contracts`;
}

function isCurrent({ sources }: CacheEntry, hashes: FileHashes): boolean {
  return Object.entries(sources).every(([path, expected]) => hashes.of(path) === expected);
}

function refKey({ file, interfaceName }: { readonly file: string; readonly interfaceName: string }): string {
  return `${file}#${interfaceName}`;
}

/** SHA-256 of files, each read once. */
class FileHashes {
  private readonly known = new Map<string, string | undefined>();

  public constructor(private readonly projectRoot: string) {}

  /** Undefined for a file that cannot be read: its contract is read anew, which reports why. */
  public of(path: string): string | undefined {
    if (!this.known.has(path)) this.known.set(path, this.read(path));
    return this.known.get(path);
  }

  private read(path: string): string | undefined {
    try {
      return textHash(readFileSync(join(this.projectRoot, path), 'utf8'));
    } catch (error) {
      if (error instanceof Error && 'code' in error) return undefined;
      throw error;
    }
  }
}
