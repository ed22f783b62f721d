import type { AnyConstructor, ConstructorSymbol, FieldSymbol, MethodSymbol, TypeSymbol } from '../types/symbols.js';

/** Ending of the members and functions of the second colour. */
export const SECOND = '_g';

/** Names of the places where code stands. One per symbol and kind, the same for every graph. */
const numbers = new WeakMap<object, number>();
let numbered = 0;

function place(kind: string, symbol: object): string {
  let number = numbers.get(symbol);
  if (number === undefined) {
    number = ++numbered;
    numbers.set(symbol, number);
  }
  return kind + String(number);
}

/** The place of a method's code, or of any other code of a class. */
export const places = {
  method: (method: MethodSymbol): string => place('m', method),
  constructor: (constructor: ConstructorSymbol): string => place('c', constructor),
  /** The constructor of a class that declares none. */
  implicitConstructor: (owner: TypeSymbol): string => place('d', owner),
  /** Initialisers of the instance fields, and initialiser blocks. */
  initialisers: (owner: TypeSymbol): string => place('i', owner),
  getter: (field: FieldSymbol): string => place('g', field),
  setter: (field: FieldSymbol): string => place('s', field),
  /** The statements of a trigger or an anonymous block. */
  body: (owner: TypeSymbol): string => place('b', owner),
  /** A method of a platform type that a class of the project may implement, called by its name. */
  byName: (name: string, arity: number): string => `n${name.toLowerCase()}/${arity}`,
  library: (key: string): string => `l${key}`,
};

/** The places whose code can wait at a callout: they have a second colour. */
export class Colouring {
  constructor(private readonly coloured: ReadonlySet<string>) {}

  has(code: string): boolean {
    return this.coloured.has(code);
  }

  /** True when there are places here, among those asked for, that the other colouring does not have. */
  exceeds(other: Colouring, asked: (code: string) => boolean): boolean {
    for (const code of this.coloured) if (asked(code) && !other.coloured.has(code)) return true;
    return false;
  }

  and(other: Colouring): Colouring {
    return new Colouring(new Set([...this.coloured, ...other.coloured]));
  }
}

/** The place of the constructor that `target` names, or of the one without parameters. */
export function constructorPlace(owner: TypeSymbol, target: AnyConstructor | undefined): string {
  if (target?.origin === 'user') return places.constructor(target);
  const bare = owner.constructors.find(({ parameters }) => parameters.length === 0);
  return bare === undefined ? places.implicitConstructor(owner) : places.constructor(bare);
}

export function isFuture(method: MethodSymbol): boolean {
  return method.annotations.some((annotation) => annotation.name.toLowerCase() === 'future');
}

/** A call in the colour of the function that it stands in. `call` gets the ending of the called member's name. */
export function callInColour(
  unit: { readonly colouring: Colouring | undefined },
  code: string,
  call: (ending: string) => string,
): string {
  return unit.colouring?.has(code) === true ? `(yield* ${call(SECOND)})` : call('');
}
