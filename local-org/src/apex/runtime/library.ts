import { Unsupported } from './exceptions.js';
import type { ApexRuntime } from './runtime.js';

/** A method of the platform: instance methods take the object first. Compiled code calls it with checked arguments. */
export type LibraryFunction = (...args: never[]) => unknown;

/**
 * Members of one platform type. Keys: `name` for every overload, `name/2` for those with that many arguments, `name(Integer,String)` for
 * one; `<init>` for constructors; the bare name also for static fields.
 */
export type LibraryTable = Readonly<Record<string, LibraryFunction>>;

/** One platform type's implementation. */
export interface LibraryModule {
  /** Full name: `System.String`. */
  readonly owner: string;
  readonly members: (runtime: ApexRuntime) => LibraryTable;
}

/** Finds the function behind a key of the platform tables. */
export class Library {
  private readonly tables = new Map<string, Map<string, LibraryFunction>>();
  private readonly found = new Map<string, LibraryFunction>();

  constructor(modules: readonly LibraryModule[], runtime: ApexRuntime) {
    for (const { owner, members } of modules) {
      const table = this.tables.get(owner.toLowerCase()) ?? new Map<string, LibraryFunction>();
      for (const [name, implementation] of Object.entries(members(runtime)))
        table.set(name.toLowerCase(), implementation);
      this.tables.set(owner.toLowerCase(), table);
    }
  }

  /** The function, or one that refuses by name: a method that exists on the platform but not here. */
  function(key: string): LibraryFunction {
    let implementation = this.found.get(key);
    if (implementation === undefined) {
      implementation = this.search(key) ?? refusal(key);
      this.found.set(key, implementation);
    }
    return implementation;
  }

  has(key: string): boolean {
    return this.search(key) !== undefined;
  }

  private search(key: string): LibraryFunction | undefined {
    const bracket = key.indexOf('(');
    const path = bracket < 0 ? key : key.slice(0, bracket);
    const dot = path.endsWith('.<init>') ? path.length - '.<init>'.length : path.lastIndexOf('.');
    const table = this.tables.get(path.slice(0, dot).toLowerCase());
    if (table === undefined) return undefined;
    const name = path.slice(dot + 1).toLowerCase();
    if (bracket < 0) return table.get(name);
    const signature = key.slice(bracket).toLowerCase();
    return table.get(name + signature) ?? table.get(`${name}/${arity(signature)}`) ?? table.get(name);
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
