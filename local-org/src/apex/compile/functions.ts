import type { ParameterNode, Statement } from '../syntax/ast.js';
import type { FieldSymbol, LocalSymbol, ParameterSymbol, TypeSymbol } from '../types/symbols.js';
import { typeName } from '../types/names.js';
import { SECOND } from './colouring.js';
import { FunctionContext, type UnitContext } from './context.js';
import { bindsAtRunTime } from './dynamic-soql.js';
import { quote } from './expressions.js';
import { LineWriter } from './lines.js';
import { findNonNullLocals } from './null-analysis.js';
import { dependsOnSharing, sharingMode } from './sharing.js';
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
  /** How debug logs name it: entry and exit of functions without a name are not logged. */
  readonly logged?: LoggedFunction | undefined;
  /** Fixed, whatever the owner declares: anonymous blocks share, triggers do not. */
  readonly sharing?: boolean | undefined;
  /** Its prologue runs code that its statements do not show: the arguments of `this(...)` and `super(...)`. */
  readonly runsUnseen?: boolean | undefined;
  /** The class's static fields have to be there before the function runs. */
  readonly needsStatics: boolean;
}

/** A method or constructor in a debug log: `METHOD_ENTRY|[line]|class Id|Account.recalculate(List<Account>)`. */
export interface LoggedFunction {
  readonly kind: 'METHOD' | 'CONSTRUCTOR';
  /** `Account.recalculate`, or `<init>`. */
  readonly name: string;
  readonly parameters: readonly ParameterSymbol[];
}

function emitEntry(unit: UnitContext, { owner, logged }: FunctionShape): string {
  if (!unit.isTraced || logged === undefined) return '';
  const signature = `${logged.name}(${logged.parameters.map(({ type }) => typeName(type)).join(', ')})`;
  return `$T.code?.enter(${quote(logged.kind)},${quote(owner.fullName)},${quote(signature)},$d);`;
}

export function localsOf(parameters: readonly ParameterNode[]): readonly (LocalSymbol | undefined)[] {
  return parameters.map((parameter) => parameter.local);
}

/** Takes a function name that stack traces will show as `place`. */
export function reserveFunction(unit: UnitContext, place: string): string {
  const functionName = `$f${unit.unitId}_${unit.places.length}${unit.colouring === undefined ? '' : SECOND}`;
  unit.places.push({ functionName, place });
  return functionName;
}

/** Writes one function declaration and returns its name. */
export function emitFunction(unit: UnitContext, w: LineWriter, shape: FunctionShape): string {
  const name = shape.reservedName ?? reserveFunction(unit, shape.place);
  const cx = new FunctionContext(unit, shape.owner, shape.isStatic);
  cx.accessorOf = shape.accessorOf;
  cx.outlivesBlocks = bindsAtRunTime(shape.statements);
  findNonNullLocals(cx, shape.statements);
  const parameters = shape.parameters.map((parameter, index) =>
    parameter === undefined ? `$p${index}` : cx.declareParameter(parameter),
  );
  const isLogged = unit.isTraced && shape.logged !== undefined;
  cx.exit = isLogged ? '$T.code?.leave($d);$T.depth=$d-1;' : '$T.depth=$d-1;';
  w.at(shape.line);
  const body = new LineWriter(w.currentLine);
  body.put(shape.prologue?.(cx) ?? '');
  emitStatements(cx, body, shape.statements);
  body.put(`${cx.exit}${shape.epilogue ?? ''}`);
  const sharing = sharingOf(shape);
  const statics = shape.needsStatics ? `${unit.constants.statics(shape.owner)}();` : '';
  w.put(
    `function${unit.colouring === undefined ? '' : '*'} ${name}(${parameters.join(',')}){const $d=++$T.depth;if($d>1000||--$T.fuel<0)$T.enter($d);${cx.frame(shape.parameters, !shape.isStatic)}${emitEntry(unit, shape)}${statics}${cx.tempDeclaration}${sharing === undefined ? '' : `const $h=$T.withSharing;$T.withSharing=${sharing};try{`}`,
  );
  w.append(body).put(sharing === undefined ? '}' : '}finally{$T.withSharing=$h;}}');
  return name;
}

/** What the function sets the thread's sharing to while it runs; undefined when it need not. */
function sharingOf({ owner, statements, runsUnseen, sharing }: FunctionShape): boolean | undefined {
  const mode = sharing === undefined ? sharingMode(owner) : sharing ? 'with' : 'without';
  if (mode === 'caller' || (runsUnseen !== true && !dependsOnSharing(statements))) return undefined;
  return mode === 'with';
}
