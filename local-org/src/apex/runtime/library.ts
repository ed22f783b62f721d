import { Unsupported } from './exceptions.js';
import type { ApexRuntime } from './runtime.js';
import type { Suspendable } from './suspension.js';
import type { PlatformObject } from './values.js';

/** A method of the platform: instance methods take the object first. Compiled code calls it with checked arguments. */
export type LibraryFunction = (...args: never[]) => unknown;

/**
 * Members of one platform type. Keys: `name` for every overload, `name/2` for those with that many arguments, `name(Integer,String)` for
 * one; `<init>` for constructors; the bare name also for static fields.
 */
export type LibraryTable = Readonly<Record<string, LibraryFunction>>;

/** A function of the platform that waits, in the form that a transaction uses which can wait. */
export type SuspendableFunction = (...args: never[]) => Suspendable<unknown>;

/** One platform type's implementation. */
export interface LibraryModule {
  /** Full name: `System.String`. */
  readonly owner: string;
  readonly members: (runtime: ApexRuntime) => LibraryTable;
  /**
   * Those members that may wait, once more as generators; keys as in `members`. Apex that can reach one of them is compiled in a second
   * colour, and calls it in transactions that can wait. The plain form serves tests, and refuses elsewhere.
   */
  readonly suspendable?: (runtime: ApexRuntime) => Readonly<Record<string, SuspendableFunction>>;
  /** How objects of the type are kept as text in the state of asynchronous jobs; absent when they cannot be. */
  readonly storable?: StorableType | undefined;
}

export interface StorableType {
  readonly store: (object: PlatformObject) => string;
  /** Undefined when the org no longer has what the text names. */
  readonly revive: (runtime: ApexRuntime, text: string) => PlatformObject | undefined;
}

/** Functions of one kind, by lower-cased owner and member key. An owner's are made when the first is looked for: most runs use few types. */
class FunctionTable<F> {
  private readonly sources = new Map<string, (() => Readonly<Record<string, F>>)[]>();
  private readonly tables = new Map<string, ReadonlyMap<string, F>>();

  /** @param otherwise the members of an owner that nothing was added for */
  constructor(private readonly otherwise: (owner: string) => Readonly<Record<string, F>> = () => ({})) {}

  add(owner: string, members: () => Readonly<Record<string, F>>): void {
    const key = owner.toLowerCase();
    const list = this.sources.get(key);
    if (list === undefined) this.sources.set(key, [members]);
    else list.push(members);
  }

  private table(owner: string): ReadonlyMap<string, F> {
    const key = owner.toLowerCase();
    let table = this.tables.get(key);
    if (table === undefined) {
      const parts = this.sources.get(key)?.map((members) => members()) ?? [this.otherwise(owner)];
      table = new Map(
        parts.flatMap((part) => Object.entries(part).map(([name, member]) => [name.toLowerCase(), member] as const)),
      );
      this.tables.set(key, table);
    }
    return table;
  }

  find(key: string): F | undefined {
    const bracket = key.indexOf('(');
    const path = bracket < 0 ? key : key.slice(0, bracket);
    const dot = path.endsWith('.<init>') ? path.length - '.<init>'.length : path.lastIndexOf('.');
    const table = this.table(path.slice(0, dot));
    const name = path.slice(dot + 1).toLowerCase();
    if (bracket < 0) return table.get(name);
    const signature = key.slice(bracket).toLowerCase();
    return table.get(name + signature) ?? table.get(`${name}/${arity(signature)}`) ?? table.get(name);
  }
}

/** Finds the function behind a key of the platform tables. */
export class Library {
  private readonly plain: FunctionTable<LibraryFunction>;
  private readonly waiting = new FunctionTable<SuspendableFunction>();
  private readonly found = new Map<string, LibraryFunction>();
  private readonly storables = new Map<string, StorableType>();

  /** @param otherwise a module for a type that has none in the list */
  constructor(
    modules: readonly LibraryModule[],
    runtime: ApexRuntime,
    otherwise: (owner: string) => LibraryModule | undefined = () => undefined,
  ) {
    this.plain = new FunctionTable((owner) => otherwise(owner)?.members(runtime) ?? {});
    for (const { owner, members, suspendable, storable } of modules) {
      if (storable !== undefined) this.storables.set(owner.toLowerCase(), storable);
      this.plain.add(owner, () => members(runtime));
      if (suspendable !== undefined) this.waiting.add(owner, () => suspendable(runtime));
    }
  }

  /** The function, or one that refuses by name: a method that exists on the platform but not here. */
  function(key: string): LibraryFunction {
    let implementation = this.found.get(key);
    if (implementation === undefined) {
      implementation = this.plain.find(key) ?? refusal(key);
      this.found.set(key, implementation);
    }
    return implementation;
  }

  has(key: string): boolean {
    return this.plain.find(key) !== undefined;
  }

  /** True when the function may wait: then it has a second form. */
  waits(key: string): boolean {
    return this.waiting.find(key) !== undefined;
  }

  /** How objects of the type are kept as text; undefined when they cannot be. */
  storable(typeName: string): StorableType | undefined {
    return this.storables.get(typeName.toLowerCase());
  }

  /** The form that waits. @throws Error when there is none */
  suspendable(key: string): SuspendableFunction {
    const found = this.waiting.find(key);
    if (found === undefined) throw new Error(`${key} does not wait.`);
    return found;
  }
}

function arity(signature: string): number {
  const inner = signature.slice(1, -1);
  if (inner === '') return 0;
  let depth = 0;
  let count = 1;
  for (const char of inner) {
    if (char === '<') depth++;
    else if (char === '>') depth--;
    else if (char === ',' && depth === 0) count++;
  }
  return count;
}

function refusal(key: string): LibraryFunction {
  return () => {
    throw new Unsupported(key);
  };
}
