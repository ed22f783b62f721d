import { CallGraph, compileUnit, hasColour, type Colouring, type CompiledUnit } from '../compile/index.js';

/** What the second colour needs from the program whose code it doubles. */
export interface ColourHost {
  /** Units whose classes other units can use. */
  classUnits(): readonly CompiledUnit[];
  /** Whether a library function has a form that waits. */
  waits(key: string): boolean;
  /** Attaches the functions of a unit's second colour to its classes; returns what the unit evaluates to. */
  attach(unit: CompiledUnit): unknown;
}

/**
 * The second colour of a program: what can wait at a callout, once more as generators. Compiled when code first runs in a transaction
 * that can wait. A block that runs once can make more of the program wait, by implementing one of its interfaces; that is compiled then.
 */
export class SecondColour {
  private graph: CallGraph | undefined;
  private done: Colouring | undefined;

  constructor(private readonly host: ColourHost) {}

  /** Forgets what was found, because units were added. */
  reset(): void {
    this.graph = undefined;
    this.done = undefined;
  }

  /** Compiles the second colour of the classes, unless that was done. */
  prepare(): void {
    if (this.done === undefined) this.compile(this.base().colouring());
  }

  /** Compiles the second colour of a block that runs once; undefined when nothing in it can wait. */
  prepareBlock(unit: CompiledUnit): unknown {
    this.prepare();
    const base = this.base();
    const wanted = new CallGraph((key) => this.host.waits(key), base).add([unit.tree]).colouring();
    const { done } = this;
    if (done !== undefined && wanted.exceeds(done, (code) => base.knows(code))) this.compile(done.and(wanted));
    return hasColour(wanted, unit.tree) ? this.host.attach(compileUnit(unit.tree, wanted)) : undefined;
  }

  private base(): CallGraph {
    this.graph ??= new CallGraph((key) => this.host.waits(key)).add(this.host.classUnits().map((unit) => unit.tree));
    return this.graph;
  }

  private compile(colouring: Colouring): void {
    this.done = colouring;
    for (const { tree } of this.host.classUnits())
      if (hasColour(colouring, tree)) this.host.attach(compileUnit(tree, colouring));
  }
}
