import { Script } from 'node:vm';

import type { ClassShell, CompiledUnit, Constant } from '../compile/index.js';
import { constructorMember, methodMember, superSymbol } from '../compile/index.js';
import { SecondColour } from './second-colour.js';
import type { TypeSymbol } from '../types/symbols.js';
import { UserException } from './exceptions.js';
import { forgetPlaces, registerPlace } from './stack.js';
import type { Suspendable } from './suspension.js';
import { ApexEnum, ApexObject, type ClassInfo, type FieldSlot } from './values.js';

/** The JavaScript class of an Apex class. Static methods and the initialiser of the static fields are properties of it. */
export type CompiledClass = (new () => ApexObject) & {
  $info: ClassInfo;
  /** Class of the object that holds the static fields. */
  $statics: new () => object;
  $static?: (statics: object) => void;
  [member: string]: unknown;
};

/** A compiled trigger or anonymous block. */
export interface Runnable {
  readonly run: () => void;
  /** The same for a transaction that can wait; absent when nothing in it can. */
  readonly runSuspendable?: (() => Suspendable<unknown>) | undefined;
}

export interface LoadedUnit {
  readonly unit: CompiledUnit;
  /** 1 at the index of each line that ran. */
  readonly coverage: Uint8Array;
  readonly runnable: Runnable | undefined;
}

/** What a program needs from the runtime to load a unit. */
export interface ProgramHost {
  readonly helpers: object;
  readonly thread: object;
  /** Value of a constant that is not a class. */
  constant(constant: Exclude<Constant, { readonly kind: 'class' | 'enum' | 'statics' }>): unknown;
  /** Whether a library function has a form that waits. */
  waits(key: string): boolean;
  staticsAccessor(
    number: number,
    create: () => object,
    initialise: (statics: object) => void,
    above: (() => unknown) | undefined,
  ): () => object;
}

/** Blocks whose stack traces stay readable. */
const KEPT_BLOCKS = 20;

/** The compiled code of an org. */
export class Program {
  private readonly classes = new WeakMap<TypeSymbol, CompiledClass>();
  private readonly numbers = new WeakMap<TypeSymbol, number>();
  private numbered = 0;
  /** Function names of the blocks that ran last; older ones are forgotten, so that blocks do not pile up. */
  private readonly recent: Set<string>[] = [];
  private readonly enums = new WeakMap<TypeSymbol, readonly ApexEnum[]>();
  private readonly shells = new WeakMap<TypeSymbol, ClassShell>();
  private readonly statics = new WeakMap<TypeSymbol, () => object>();
  readonly units = new Map<string, LoadedUnit>();
  private isTraced = false;
  private readonly second: SecondColour;

  constructor(private readonly host: ProgramHost) {
    this.second = new SecondColour({
      classUnits: () => [...this.units.values()].map(({ unit }) => unit).filter(({ kind }) => kind === 'class'),
      waits: (key) => host.waits(key),
      attach: (unit) => this.evaluate(unit, this.units.get(unit.name.toLowerCase())?.coverage ?? newCoverage(unit)),
    });
  }

  /** Makes sure that the classes have their second colour. */
  prepareSecondColour(): void {
    this.second.prepare();
  }

  /** Loads units. Classes may refer to classes of every other unit in the list or loaded before. */
  load(units: readonly CompiledUnit[]): void {
    for (const unit of units) for (const shell of unit.shells) this.shells.set(shell.symbol, shell);
    for (const unit of units) this.link(unit);
    this.second.reset();
  }

  /**
   * Loads an anonymous block or another unit that runs once. Its stack traces can be read until some more were loaded.
   * @param canWait it will run in a transaction that can wait
   */
  loadOnce(unit: CompiledUnit, canWait = false): LoadedUnit {
    for (const shell of unit.shells) this.shells.set(shell.symbol, shell);
    this.recent.push(new Set());
    if (this.recent.length > KEPT_BLOCKS) forgetPlaces(this.recent.shift() ?? []);
    const loaded = this.instantiate(unit);
    const { runnable } = loaded;
    if (!canWait || runnable === undefined) return loaded;
    const second = this.second.prepareBlock(unit);
    return isSuspendableRunnable(second)
      ? { ...loaded, runnable: { run: runnable.run, runSuspendable: second.run } }
      : loaded;
  }

  /**
   * Replaces all code by code that a CodeTrace can follow. It stays, because it runs nearly as fast while nobody does; loading the org's code
   * anew ends it.
   */
  traceCode(): void {
    if (this.isTraced) return;
    this.isTraced = true;
    this.second.reset();
    for (const [name, { unit, coverage }] of this.units) this.units.set(name, this.instantiate(unit, coverage));
  }

  private link(unit: CompiledUnit): void {
    this.units.set(unit.name.toLowerCase(), this.instantiate(unit));
  }

  private instantiate(unit: CompiledUnit, coverage = newCoverage(unit)): LoadedUnit {
    const result = this.evaluate(unit, coverage);
    return { unit, coverage, runnable: isRunnable(result) ? result : undefined };
  }

  /** Runs the unit's script, which attaches its functions to its classes. */
  private evaluate(plain: CompiledUnit, coverage: Uint8Array): unknown {
    const unit = this.isTraced ? plain.traced() : plain;
    for (const { functionName, place } of unit.places) {
      registerPlace(functionName, place);
      if (unit.kind === 'anonymous') this.recent.at(-1)?.add(functionName);
    }
    const factory: unknown = new Script(unit.source, { filename: `apex:${unit.name}` }).runInThisContext();
    if (typeof factory !== 'function') throw new Error(`Unit ${unit.name} did not compile to a function.`);
    const constants = unit.constants.map((constant) => this.constant(constant));
    return Reflect.apply(factory, undefined, [this.host.helpers, this.host.thread, constants, coverage]);
  }

  private constant(constant: Constant): unknown {
    switch (constant.kind) {
      case 'class':
        return this.classOf(constant.symbol);
      case 'statics':
        return this.staticsOf(constant.symbol);
      case 'enum':
        return this.enumConstants(constant.symbol)[constant.ordinal];
      default:
        return this.host.constant(constant);
    }
  }

  enumConstants(symbol: TypeSymbol): readonly ApexEnum[] {
    let constants = this.enums.get(symbol);
    if (constants === undefined) {
      constants = symbol.constants.map((name, ordinal) => new ApexEnum(symbol.fullName, name, ordinal, symbol));
      this.enums.set(symbol, constants);
    }
    return constants;
  }

  /** The JavaScript class, made on first use; its functions are attached when its unit is loaded. */
  classOf(symbol: TypeSymbol): CompiledClass {
    let compiled = this.classes.get(symbol);
    if (compiled === undefined) {
      const above = superSymbol(symbol);
      const base = above === undefined ? (symbol.isException ? UserException : ApexObject) : this.classOf(above);
      const shell = this.shells.get(symbol);
      compiled = makeClass(
        base,
        (shell?.instanceSlots ?? []).map((slot) => slot.slot),
      );
      const info = classInfo(symbol, above === undefined ? undefined : this.classOf(above).$info, shell, compiled);
      Object.defineProperty(compiled.prototype, '$class', { value: info });
      compiled.$info = info;
      compiled.$statics = makeHolder(shell?.staticSlots ?? []);
      this.classes.set(symbol, compiled);
    }
    return compiled;
  }

  private staticsOf(symbol: TypeSymbol): () => object {
    let accessor = this.statics.get(symbol);
    if (accessor === undefined) {
      const compiled = this.classOf(symbol);
      const above = superSymbol(symbol);
      accessor = this.host.staticsAccessor(
        this.numberOf(symbol),
        () => new compiled.$statics(),
        (statics) => compiled.$static?.(statics),
        above === undefined ? undefined : this.staticsOf(above),
      );
      this.statics.set(symbol, accessor);
    }
    return accessor;
  }

  private numberOf(symbol: TypeSymbol): number {
    let number = this.numbers.get(symbol);
    if (number === undefined) {
      number = this.numbered++;
      this.numbers.set(symbol, number);
    }
    return number;
  }
}

function newCoverage(unit: CompiledUnit): Uint8Array {
  return new Uint8Array(unit.lineCount + 2);
}

/** What the second colour of a block evaluates to: as the first, but `run` gives a generator. */
function isSuspendableRunnable(value: unknown): value is { readonly run: () => Suspendable<unknown> } {
  return isRunnable(value);
}

function isRunnable(value: unknown): value is Runnable {
  return typeof value === 'object' && value !== null && 'run' in value && typeof value.run === 'function';
}

/** Fields are own properties from the start, so that JavaScript gives all objects of the class one shape. */
function makeClass(base: new () => ApexObject, slots: readonly string[]): CompiledClass {
  const assignments = slots.map((slot) => `this.${slot}=null;`).join('');
  const make: unknown = new Script(
    `(function($Base){return class extends $Base{constructor(){super();${assignments}}}})`,
  ).runInThisContext();
  if (typeof make !== 'function') throw new Error('class factory');
  const made: unknown = Reflect.apply(make, undefined, [base]);
  if (!isCompiledClass(made)) throw new Error('class factory');
  return made;
}

function isCompiledClass(value: unknown): value is CompiledClass {
  return typeof value === 'function';
}

function makeHolder(slots: readonly string[]): new () => object {
  const made: unknown = new Script(
    `(class{constructor(){${slots.map((slot) => `this.${slot}=null;`).join('')}}})`,
  ).runInThisContext();
  if (!isConstructor(made)) throw new Error('holder factory');
  return made;
}

function isConstructor(value: unknown): value is new () => object {
  return typeof value === 'function';
}

function classInfo(
  symbol: TypeSymbol,
  above: ClassInfo | undefined,
  shell: ClassShell | undefined,
  compiled: CompiledClass,
): ClassInfo {
  const slots = new Map<string, FieldSlot>(above?.slots);
  for (const slot of shell?.instanceSlots ?? []) slots.set(slot.name.toLowerCase(), slot);
  const methods = new Map<string, readonly string[]>(above?.methods);
  for (const overloads of symbol.methods.values()) {
    for (const method of overloads) {
      // A static method may implement a platform interface: the platform then calls it without an object.
      const key = `${method.name.toLowerCase()}/${method.parameters.length}`;
      const member = methodMember(method);
      methods.set(key, [member, ...(methods.get(key) ?? []).filter((other) => other !== member)]);
    }
  }
  return { symbol, superClass: above, slots, methods, allocate: () => new compiled() };
}

/** Member names of a class's constructors by number of parameters. */
export function constructorMembers(symbol: TypeSymbol, arity: number): readonly string[] {
  if (symbol.constructors.length === 0) return arity === 0 ? ['c__'] : [];
  return symbol.constructors.filter((constructor) => constructor.parameters.length === arity).map(constructorMember);
}
