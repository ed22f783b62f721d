import type { FieldSymbol, LocalSymbol, TypeSymbol } from '../types/symbols.js';
import type { ApexType } from '../types/types.js';
import type { Colouring } from './colouring.js';
import type { ConstantPool } from './constants.js';

/** Where a compiled function came from: its JavaScript name and how stack traces call it. */
export interface FunctionPlace {
  readonly functionName: string;
  readonly place: string;
}

/** What is shared by all functions of a unit while it is compiled. */
export interface UnitContext {
  readonly constants: ConstantPool;
  /** Number of the unit in the process; part of function names. */
  readonly unitId: number;
  readonly places: FunctionPlace[];
  /** Lines with code that coverage counts. */
  readonly executableLines: Set<number>;
  /** Queries and DML that name no access mode run in user mode. */
  readonly defaultsToUserMode: boolean;
  /** The code tells the thread's CodeTrace which statements it runs and which methods begin and end. */
  readonly isTraced: boolean;
  /** JavaScript functions of static methods of this unit, which are called directly, by class and member. */
  readonly localFunctions: Map<TypeSymbol, Map<string, string>>;
  /** Set while the second colour is compiled: what it has is called as a generator. */
  readonly colouring: Colouring | undefined;
}

/** Name of a function's frame. */
const FRAME = '$m';

export const frameSlot = (slot: number): string => `${FRAME}[${slot}]`;

const LARGE: ReadonlySet<string> = new Set(['String', 'Blob', 'Object']);

/** True for types whose values can be large, or refer to large ones. */
function holdsHeap(type: ApexType): boolean {
  if (type.kind === 'user') return type.symbol.kind !== 'enum';
  return type.kind === 'primitive' ? LARGE.has(type.name) : true;
}

/** State while one function body is compiled. */
export class FunctionContext {
  private temps = 0;
  private readonly scopes: LocalSymbol[][] = [[]];
  /** Variables of inner blocks live as long as the function: a query that is made at run time binds them after their block has ended. */
  outlivesBlocks = false;
  private readonly outliving = new Set<LocalSymbol>();
  private readonly ended: LocalSymbol[] = [];
  /** Locals that are never null: parameters cannot be told, loop counters can. */
  readonly nonNull = new Set<LocalSymbol>();
  /** Places of the function's variables in its frame, where the heap is weighed; 0 is that of `this`. */
  private readonly slots = new Map<LocalSymbol, number>();
  private nextSlot = 1;
  /** Code to run before a return; undefined when there is none. */
  exit: string | undefined;
  /** Code before a `continue`: lets go of what the round has declared. */
  endRound: () => string = () => '';
  /** In a property's accessor, the property's name means the stored value. */
  accessorOf: FieldSymbol | undefined;
  private readonly names = new Map<LocalSymbol, string>();
  private readonly used = new Map<string, number>();

  constructor(
    readonly unit: UnitContext,
    readonly owner: TypeSymbol,
    readonly isStatic: boolean,
  ) {}

  /** A fresh temporary, declared at the head of the function. */
  temp(): string {
    return `$t${this.temps++}`;
  }

  get tempDeclaration(): string {
    const temps = Array.from({ length: this.temps }, (_, index) => `$t${index}`);
    const outliving = this.outlivesBlocks ? this.ended.map((local) => `${this.nameOf(local)}=null`) : [];
    return temps.length + outliving.length === 0 ? '' : `let ${[...temps, ...outliving].join(',')};`;
  }

  declare(local: LocalSymbol): string {
    this.scopes.at(-1)?.push(local);
    return this.nameOf(local);
  }

  /** Names are unique in a function, so that a `let` in an inner block never hides a variable that its initialiser reads. */
  nameOf(local: LocalSymbol): string {
    let name = this.names.get(local);
    if (name === undefined) {
      const base = `v_${local.name.toLowerCase()}`;
      const count = this.used.get(base) ?? 0;
      this.used.set(base, count + 1);
      name = count === 0 ? base : `${base}$${count}`;
      this.names.set(local, name);
    }
    return name;
  }

  /** Code that also keeps what a variable gets in the function's frame, if it can be large. */
  kept(local: LocalSymbol, value: string): string {
    return holdsHeap(local.type) ? `${frameSlot(this.slotOf(local))}=${value}` : value;
  }

  private slotOf(local: LocalSymbol): number {
    let slot = this.slots.get(local);
    if (slot === undefined) {
      slot = this.slot();
      this.slots.set(local, slot);
    }
    return slot;
  }

  /** A place in the frame for a value that has no variable. */
  slot(): number {
    return this.nextSlot++;
  }

  /** Notes where variables begin that end together; what this returns is code that lets go of them. */
  markSlots(): () => string {
    const from = this.nextSlot;
    return () => {
      const to = this.nextSlot;
      if (from === to) return '';
      if (to - from > 4) return `${FRAME}.fill(null,${from},${to});`;
      return `${Array.from({ length: to - from }, (_, index) => frameSlot(from + index)).join('=')}=null;`;
    };
  }

  /** Code at the head of the function, once it is compiled: makes the frame of `this` and the variables. */
  frame(parameters: readonly (LocalSymbol | undefined)[], hasThis: boolean): string {
    const self = hasThis ? 'this' : 'null';
    if (this.nextSlot === 1) return `$T.frames[$d]=${self};`;
    const values = [self, ...Array.from({ length: this.nextSlot - 1 }, () => 'null')];
    for (const parameter of parameters) {
      const slot = parameter === undefined ? undefined : this.slots.get(parameter);
      if (parameter !== undefined && slot !== undefined) values[slot] = this.nameOf(parameter);
    }
    return `const ${FRAME}=$T.frames[$d]=[${values.join(',')}];`;
  }

  /** Parameters are in the frame from the start. */
  declareParameter(local: LocalSymbol): string {
    if (holdsHeap(local.type)) this.slotOf(local);
    return this.declare(local);
  }

  enter(): void {
    this.scopes.push([]);
  }

  leave(): void {
    this.ended.push(...(this.scopes.pop() ?? []).filter((local) => this.outliving.has(local)));
  }

  /** How the declaration of a variable begins: one that outlives its block is declared at the head of the function. */
  declaration(locals: readonly LocalSymbol[]): string {
    if (!this.outlivesBlocks || this.scopes.length === 1) return 'let ';
    for (const local of locals) this.outliving.add(local);
    return '';
  }

  /** Every local that a bind can name at this point, those of ended blocks first and inner ones last. */
  visibleLocals(): readonly LocalSymbol[] {
    return [...this.ended, ...this.scopes.flat()];
  }
}
