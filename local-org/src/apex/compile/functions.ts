import type { ParameterNode, Statement } from '../syntax/ast.js';
import type { FieldSymbol, LocalSymbol, TypeSymbol } from '../types/symbols.js';
import { FunctionContext, type UnitContext } from './context.js';
import { LineWriter } from './lines.js';
import { findNonNullLocals } from './null-analysis.js';
import { emitStatements } from './statements.js';

/** What a compiled function does besides its statements. */
export interface FunctionShape {
  readonly owner: TypeSymbol;
  readonly isStatic: boolean;
  /** Name from reserveFunction, when other functions already call it. */
  readonly reservedName?: string | undefined;
  /** How stack traces call it: `Class.Outer.method`. */
  readonly place: string;
  /** Line of the declaration, where the function begins. */
  readonly line: number;
  readonly parameters: readonly (LocalSymbol | undefined)[];
  /** Code before the statements: initialisers, the call of the constructor above. */
  readonly prologue?: (cx: FunctionContext) => string;
  readonly statements: readonly Statement[];
  /** Code after the last statement. */
  readonly epilogue?: string;
  /** The property whose accessor this is. */
  readonly accessorOf?: FieldSymbol;
  /** The class's static fields have to be there before the function runs. */
  readonly needsStatics: boolean;
}

export function localsOf(parameters: readonly ParameterNode[]): readonly (LocalSymbol | undefined)[] {
  return parameters.map((parameter) => parameter.local);
}

/** Takes a function name that stack traces will show as `place`. */
export function reserveFunction(unit: UnitContext, place: string): string {
  const functionName = `$f${unit.unitId}_${unit.places.length}`;
  unit.places.push({ functionName, place });
  return functionName;
}

/** Writes one function declaration and returns its name. */
export function emitFunction(unit: UnitContext, w: LineWriter, shape: FunctionShape): string {
  const name = shape.reservedName ?? reserveFunction(unit, shape.place);
  const cx = new FunctionContext(unit, shape.owner, shape.isStatic);
  cx.accessorOf = shape.accessorOf;
  findNonNullLocals(cx, shape.statements);
  const parameters = shape.parameters.map((parameter, index) =>
    parameter === undefined ? `$p${index}` : cx.declare(parameter),
  );
  cx.exit = '$T.depth=$d-1;';
  w.at(shape.line);
  const body = new LineWriter(w.currentLine);
  body.put(shape.prologue?.(cx) ?? '');
  emitStatements(cx, body, shape.statements);
  body.put(`$T.depth=$d-1;${shape.epilogue ?? ''}`);
  const statics = shape.needsStatics ? `${unit.constants.statics(shape.owner)}();` : '';
  w.put(
    `function ${name}(${parameters.join(',')}){const $d=++$T.depth;if($d>1000)$T.tooDeep();${statics}${cx.tempDeclaration}`,
  );
  w.append(body).put('}');
  return name;
}
