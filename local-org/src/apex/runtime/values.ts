import type { TypeSymbol } from '../types/symbols.js';

/** Apex Double: always in its own object, so that a Double is told from an Integer wherever it goes. */
export class ApexDouble {
  constructor(readonly n: number) {}

  /** As `String.valueOf(Double)`: at least one digit after the point, exponents as Java writes them. */
  toString(): string {
    const { n } = this;
    if (!Number.isFinite(n)) return Number.isNaN(n) ? 'NaN' : n > 0 ? 'Infinity' : '-Infinity';
    const size = Math.abs(n);
    if (size !== 0 && (size < 1e-3 || size >= 1e7)) {
      const [digits = '0', exponent = '0'] = n.toExponential().split('e');
      return `${digits.includes('.') ? digits : `${digits}.0`}E${String(Number(exponent))}`;
    }
    return Number.isInteger(n) ? `${Object.is(n, -0) ? '-0' : String(n)}.0` : String(n);
  }
}

/** One constant of an enum. Constants are unique, so identity is equality. */
export class ApexEnum {
  constructor(
    /** `System.RoundingMode`, or the full name of the user's enum. */
    readonly typeName: string,
    readonly name: string,
    readonly ordinal: number,
    /** The declaration, for enums of the project. */
    readonly symbol: TypeSymbol | undefined,
  ) {}

  toString(): string {
    return this.name;
  }
}

/** What the runtime knows about a compiled class, for reflection, JSON and calls from the platform. */
export interface ClassInfo {
  readonly symbol: TypeSymbol;
  readonly superClass: ClassInfo | undefined;
  /** Slots of instance fields and automatic properties by lower-cased name, inherited ones included, in order of declaration. */
  readonly slots: ReadonlyMap<string, FieldSlot>;
  /** JavaScript names of the methods by `name/arity`, lower-cased, inherited ones included. */
  readonly methods: ReadonlyMap<string, readonly string[]>;
  /** Makes an object with every field null; a constructor has to run on it. */
  readonly allocate: () => ApexObject;
}

export interface FieldSlot {
  /** Name as declared. */
  readonly name: string;
  readonly slot: string;
  readonly isTransient: boolean;
}

/** An instance of a class of the project. Fields are own properties under their slot names; methods sit on the prototype. */
export class ApexObject {
  /** Set on the prototype of every compiled class. */
  declare readonly $class: ClassInfo;
  [member: string]: unknown;
}

/** An instance of a class that the platform provides. */
export abstract class PlatformObject {
  /** Full name of its type: `System.HttpRequest`. */
  abstract readonly typeName: string;
  /** Names of further types that it is an instance of. */
  get superTypes(): readonly string[] {
    return [];
  }
  /** Names and values by which JSON writes it; undefined for a type that JSON does not support. */
  get jsonMembers(): readonly (readonly [string, unknown])[] | undefined {
    return undefined;
  }
  /** Objects of a type with the same text are equal; undefined when only the object itself is. */
  get equalityKey(): string | undefined {
    return undefined;
  }
}

/** A platform object that only keeps the values of its properties, whatever letter case their names are written in. */
export class PropertyObject extends PlatformObject {
  private readonly properties = new Map<string, { readonly name: string; readonly value: unknown }>();

  constructor(
    override readonly typeName: string,
    values: Readonly<Record<string, unknown>> = {},
  ) {
    super();
    for (const [name, value] of Object.entries(values)) this.set(name, value);
  }

  get(name: string): unknown {
    return this.properties.get(name.toLowerCase())?.value ?? null;
  }

  set(name: string, value: unknown): void {
    this.properties.set(name.toLowerCase(), { name: this.properties.get(name.toLowerCase())?.name ?? name, value });
  }

  /** Names and values in the order in which they were first set. */
  entries(): readonly (readonly [string, unknown])[] {
    return [...this.properties.values()].map(({ name, value }) => [name, value] as const);
  }
}
