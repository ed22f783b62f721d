import type { Component } from '../../model/index.js';
import { compileUnit, type CompiledUnit } from '../compile/index.js';
import { apexSource, compile, type Compile, type Program } from '../index.js';
import type { ApexRuntime } from '../runtime/index.js';
import type { TypeSymbol } from '../types/symbols.js';

/** A compile error of a class or trigger. */
export interface CompileError {
  readonly fileName: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Classes before triggers, in the order in which they are loaded. */
interface GeneratedCode {
  readonly classes: readonly CompiledUnit[];
  readonly triggers: readonly CompiledUnit[];
}

/** Code that was generated from a program: what is checked once is generated once. */
const generated = new WeakMap<Program['classes'], GeneratedCode>();

function codeOf(checked: Program): GeneratedCode {
  let code = generated.get(checked.classes);
  if (code === undefined) {
    code = {
      classes: [...checked.classes.values()].map((unit) => compileUnit(unit)),
      triggers: [...checked.triggers.values()].map((unit) => compileUnit(unit)),
    };
    generated.set(checked.classes, code);
  }
  return code;
}

/** Compiles the Apex among the components. */
export function compileComponents(components: readonly Component[], compiler: Compile = compile): Program {
  return compiler(
    components.flatMap((component) => apexSource(component, true)),
    components,
  );
}

/** Every compile error of a program; code is generated only when there are none. */
export function errorsOf(checked: Program): readonly CompileError[] {
  return checked.results.flatMap(({ source, findings }) =>
    findings.map(({ line, column, message }) => ({ fileName: source.fileName, line, column, message })),
  );
}

/** Loads a program without errors into a runtime; triggers are known to the runtime by their object. */
export function loadApex(runtime: ApexRuntime, checked: Program): void {
  const { classes, triggers } = codeOf(checked);
  runtime.program.load(classes);
  runtime.program.load(triggers);
  for (const [name, unit] of checked.triggers) {
    const { units } = runtime.program;
    if (unit.declaration.kind !== 'trigger' || units.get(name)?.runnable === undefined) continue;
    runtime.triggers.push({
      name: unit.name,
      object: unit.declaration.object.name.toLowerCase(),
      events: new Set(unit.declaration.events.map((entry) => entry.event)),
      runnable: { run: () => units.get(name)?.runnable?.run() },
    });
  }
}

/** A class by its full name, `Outer.Inner`, in any case. */
export function findClass(checked: Program, name: string): TypeSymbol | undefined {
  const [outer = '', inner, ...rest] = name.toLowerCase().split('.');
  const symbol = checked.types.get(outer);
  return inner === undefined ? symbol : rest.length === 0 ? symbol?.inner.get(inner) : undefined;
}
