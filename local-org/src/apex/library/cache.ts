import {
  apexError,
  ApexList,
  ApexObject,
  ApexSet,
  deepCopy,
  elementsOf,
  type PlatformException,
  PlatformObject,
  type ApexRuntime,
  type LibraryModule,
  type LibraryTable,
  type TestState,
} from '../runtime/index.js';
import { PRIMITIVES } from '../types/types.js';
import { required, text } from './arguments.js';
import { newInstance, type TypeObject } from './type.js';

/** Where a cache belongs to: the org, or a user's session (Apex Developer Guide: Platform Cache). */
type Scope = 'Org' | 'Session';

interface Entry {
  readonly value: unknown;
  /** Milliseconds since 1970 after which it is gone. */
  readonly expires: number;
}

/** Seconds that an entry lives: at most, and without being told; at least five minutes. */
const TTL: Readonly<Record<Scope, { readonly max: number; readonly standard: number }>> = {
  Org: { max: 172_800, standard: 86_400 },
  Session: { max: 28_800, standard: 28_800 },
};
const MIN_TTL = 300;

/** Name of the partition that unqualified access goes to. */
const DEFAULT_PARTITION = '';

/** Entries by partition and key. A test has caches of its own, as nothing that it caches outlives it. */
class CacheStore {
  private readonly entries = new Map<string, Map<string, Entry>>();

  partition(scope: Scope, name: string, userId: string): Map<string, Entry> {
    const owner = scope === 'Session' ? userId : '';
    const key = `${scope}/${owner}/${name.toLowerCase()}`;
    let entries = this.entries.get(key);
    if (entries === undefined) {
      entries = new Map();
      this.entries.set(key, entries);
    }
    return entries;
  }
}

const stores = new WeakMap<ApexRuntime | TestState, CacheStore>();

function storeOf(runtime: ApexRuntime): CacheStore {
  const owner = runtime.tx.test ?? runtime;
  let store = stores.get(owner);
  if (store === undefined) {
    store = new CacheStore();
    stores.set(owner, store);
  }
  return store;
}

function failure(scope: Scope, message: string): PlatformException {
  return apexError(`Cache.${scope}.${scope}CacheException`, message);
}

/** Cache.OrgPartition and Cache.SessionPartition; also what the static methods of Cache.Org and Cache.Session work on. */
class PartitionObject extends PlatformObject {
  constructor(
    readonly scope: Scope,
    readonly name: string,
  ) {
    super();
  }

  override get typeName(): string {
    return `Cache.${this.scope}Partition`;
  }

  override get superTypes(): readonly string[] {
    return ['Cache.Partition'];
  }

  /** Live entries. */
  private live(runtime: ApexRuntime): Map<string, Entry> {
    const entries = storeOf(runtime).partition(this.scope, this.name, runtime.tx.userId);
    for (const [key, entry] of entries) if (entry.expires <= runtime.now) entries.delete(key);
    return entries;
  }

  keys(runtime: ApexRuntime): readonly string[] {
    return [...this.live(runtime).keys()];
  }

  has(runtime: ApexRuntime, key: string): boolean {
    return this.live(runtime).has(this.checkedKey(key));
  }

  get(runtime: ApexRuntime, key: string): unknown {
    const entry = this.live(runtime).get(this.checkedKey(key));
    return entry === undefined ? null : deepCopy(entry.value);
  }

  put(runtime: ApexRuntime, key: string, value: unknown, ttl: unknown): void {
    const { max, standard } = TTL[this.scope];
    const seconds = typeof ttl === 'number' ? ttl : standard;
    if (value === null) throw failure(this.scope, 'Value cannot be null');
    // Zero asks for the longest time.
    if (seconds !== 0 && (seconds < MIN_TTL || seconds > max))
      throw failure(this.scope, `Invalid time to live: ${seconds}: must be between ${MIN_TTL} and ${max}`);
    const lives = (seconds === 0 ? max : seconds) * 1000;
    this.live(runtime).set(this.checkedKey(key), { value: deepCopy(value), expires: runtime.now + lives });
  }

  remove(runtime: ApexRuntime, key: string): boolean {
    return this.live(runtime).delete(this.checkedKey(key));
  }

  /** Cache.CacheBuilder: what is not there is loaded. */
  load(runtime: ApexRuntime, builder: TypeObject, key: string): unknown {
    const held = `${builder.name.replaceAll('.', '')}${key}`;
    const known = this.live(runtime).get(held);
    if (known !== undefined) return deepCopy(known.value);
    const made = newInstance(runtime, builder.type);
    if (!(made instanceof ApexObject))
      throw apexError('Cache.InvalidCacheBuilderException', `${builder.name} is no CacheBuilder`);
    const value = runtime.call(made, 'doLoad', [key]);
    if (value !== null)
      this.live(runtime).set(held, { value: deepCopy(value), expires: runtime.now + TTL[this.scope].standard * 1000 });
    return value;
  }

  removeLoaded(runtime: ApexRuntime, builder: TypeObject, key: string): boolean {
    return this.live(runtime).delete(`${builder.name.replaceAll('.', '')}${key}`);
  }

  private checkedKey(key: string): string {
    if (!/^[a-zA-Z0-9]{1,50}$/.test(key))
      throw failure(this.scope, `Invalid cache key: ${key}: only letters and digits, at most 50`);
    return key;
  }
}

/** `namespace.partition`, `partition` or nothing before the key; `local` stands for the org's own namespace. */
function split(scope: Scope, qualified: string): readonly [PartitionObject, string] {
  const parts = qualified.split('.');
  return [new PartitionObject(scope, parts.slice(0, -1).at(-1) ?? DEFAULT_PARTITION), parts.at(-1) ?? ''];
}

/** A session exists while a user waits for an answer, not in jobs. */
const isAvailable = (runtime: ApexRuntime, scope: Scope): boolean =>
  scope === 'Org' || !['BATCH_APEX', 'FUTURE', 'QUEUEABLE', 'SCHEDULED'].includes(runtime.tx.quiddity);

function instanceMembers(runtime: ApexRuntime): LibraryTable {
  return {
    'contains/1': (self: PartitionObject, key: string | null) => self.has(runtime, text(key)),
    'get/1': (self: PartitionObject, key: string | null) => self.get(runtime, text(key)),
    'get/2': (self: PartitionObject, builder: TypeObject | null, key: string | null) =>
      self.load(runtime, required(builder), text(key, 2)),
    getKeys: (self: PartitionObject) => new ApexSet(PRIMITIVES.String, self.keys(runtime)),
    getNumKeys: (self: PartitionObject) => BigInt(self.keys(runtime).length),
    getName: (self: PartitionObject) => self.name,
    isAvailable: (self: PartitionObject) => isAvailable(runtime, self.scope),
    'put/2': (self: PartitionObject, key: string | null, value: unknown) =>
      self.put(runtime, text(key), value, undefined),
    'put/3': (self: PartitionObject, key: string | null, value: unknown, ttl: unknown) =>
      self.put(runtime, text(key), value, ttl),
    'put/5': (self: PartitionObject, key: string | null, value: unknown, ttl: unknown) =>
      self.put(runtime, text(key), value, ttl),
    'remove/1': (self: PartitionObject, key: string | null) => self.remove(runtime, text(key)),
    'remove/2': (self: PartitionObject, builder: TypeObject | null, key: string | null) =>
      self.removeLoaded(runtime, required(builder), text(key, 2)),
  };
}

function staticMembers(runtime: ApexRuntime, scope: Scope): LibraryTable {
  const own = new PartitionObject(scope, DEFAULT_PARTITION);
  const at = <T>(key: string | null, use: (partition: PartitionObject, key: string) => T): T =>
    use(...split(scope, text(key)));
  const each = (keys: unknown, use: (key: string) => unknown): unknown[] =>
    elementsOf(required(keys)).map((key) => use(String(key)));
  return {
    MAX_TTL_SECS: () => TTL[scope].max,
    getPartition: (name: string | null) => new PartitionObject(scope, text(name).split('.').at(-1) ?? ''),
    isAvailable: () => isAvailable(runtime, scope),
    'contains(String)': (key: string | null) => at(key, (partition, name) => partition.has(runtime, name)),
    'contains(List<String>)': (keys: ApexList | null) =>
      new ApexList(
        PRIMITIVES.Boolean,
        each(keys, (key) => at(key, (partition, name) => partition.has(runtime, name))),
      ),
    'get(String)': (key: string | null) => at(key, (partition, name) => partition.get(runtime, name)),
    'get(List<String>)': (keys: ApexList | null) =>
      new ApexList(
        PRIMITIVES.Object,
        each(keys, (key) => at(key, (partition, name) => partition.get(runtime, name))),
      ),
    'get/2': (builder: TypeObject | null, key: string | null) =>
      at(key, (partition, name) => partition.load(runtime, required(builder), name)),
    'put/2': (key: string | null, value: unknown) =>
      at(key, (partition, name) => partition.put(runtime, name, value, undefined)),
    'put/3': (key: string | null, value: unknown, ttl: unknown) =>
      at(key, (partition, name) => partition.put(runtime, name, value, ttl)),
    'put/5': (key: string | null, value: unknown, ttl: unknown) =>
      at(key, (partition, name) => partition.put(runtime, name, value, ttl)),
    'remove(String)': (key: string | null) => at(key, (partition, name) => partition.remove(runtime, name)),
    'remove(List<String>)': (keys: ApexList | null) =>
      new ApexList(
        PRIMITIVES.Boolean,
        each(keys, (key) => at(key, (partition, name) => partition.remove(runtime, name))),
      ),
    'remove/2': (builder: TypeObject | null, key: string | null) =>
      at(key, (partition, name) => partition.removeLoaded(runtime, required(builder), name)),
    getKeys: () => new ApexSet(PRIMITIVES.String, own.keys(runtime)),
    getNumKeys: () => BigInt(own.keys(runtime).length),
    getName: () => own.name,
  };
}

export const cacheModules: readonly LibraryModule[] = [
  { owner: 'Cache.Org', members: (runtime) => staticMembers(runtime, 'Org') },
  { owner: 'Cache.Session', members: (runtime) => staticMembers(runtime, 'Session') },
  ...['Cache.Partition', 'Cache.OrgPartition', 'Cache.SessionPartition'].map((owner): LibraryModule => ({
    owner,
    members: instanceMembers,
  })),
];
