import type {
  AnonymousDeclaration,
  ClassDeclaration,
  CompilationUnit,
  MemberDeclaration,
  TriggerDeclaration,
} from '../syntax/ast.js';
import type { FieldSymbol, TypeSymbol } from '../types/symbols.js';
import { classesOf, emitMembers, hasStatics, type MemberHost } from './classes.js';
import { places, type Colouring } from './colouring.js';
import { ConstantPool, type Constant } from './constants.js';
import type { FunctionPlace, UnitContext } from './context.js';
import { emitFunction } from './functions.js';
import { LineWriter } from './lines.js';
import { defaultsToUserMode } from './sharing.js';
import { fieldSlot } from './names.js';

/** One class to be created when the unit is loaded, before its functions are attached. */
export interface ClassShell {
  readonly symbol: TypeSymbol;
  readonly instanceSlots: readonly SlotInfo[];
  readonly staticSlots: readonly string[];
}

export interface SlotInfo {
  readonly name: string;
  readonly slot: string;
  readonly isTransient: boolean;
}

/** A source file as JavaScript. */
export interface CompiledUnit {
  readonly name: string;
  /** The tree that it was compiled from. */
  readonly tree: CompilationUnit;
  readonly kind: 'class' | 'interface' | 'enum' | 'trigger' | 'anonymous';
  /** An expression: a function of the runtime, the thread, the constants and the coverage counters. Its lines are those of the Apex source. */
  readonly source: string;
  readonly constants: readonly Constant[];
  readonly places: readonly FunctionPlace[];
  readonly shells: readonly ClassShell[];
  /** Lines that coverage counts. */
  readonly executableLines: ReadonlySet<number>;
  readonly lineCount: number;
  /** The same unit as code that the thread's CodeTrace can follow; slower, so it is compiled when somebody wants to. */
  readonly traced: () => CompiledUnit;
}

let nextUnitId = 1;

/**
 * Compiles a checked unit. The checker must have found no error in it.
 * @param colouring compiles the second colour of what it has, as generators, instead of the whole unit as plain functions
 */
export function compileUnit(unit: CompilationUnit, colouring?: Colouring): CompiledUnit {
  return compile(unit, false, colouring);
}

function compile(unit: CompilationUnit, isTraced: boolean, colouring: Colouring | undefined): CompiledUnit {
  const context: UnitContext = {
    constants: new ConstantPool(),
    unitId: nextUnitId++,
    places: [],
    executableLines: new Set(),
    defaultsToUserMode: defaultsToUserMode(unit),
    isTraced,
    localFunctions: new Map(),
    colouring,
  };
  const w = new LineWriter();
  const { declaration } = unit;
  const shells: ClassShell[] = [];
  let result = 'undefined';
  let traced: CompiledUnit | undefined;
  switch (declaration.kind) {
    case 'class':
      emitClasses(context, w, declaration, shells, 'Class.');
      break;
    case 'trigger':
    case 'anonymous':
      result = emitBody(context, w, declaration, shells);
      break;
    case 'interface':
    case 'enum':
      break;
  }
  return {
    name: unit.name,
    tree: unit,
    kind: declaration.kind,
    source: `${header(context)}${w.toString()}\nreturn ${result};})`,
    constants: context.constants.items,
    places: context.places,
    shells,
    executableLines: context.executableLines,
    lineCount: declaration.range.endLine,
    traced: () => (traced ??= compile(unit, true, colouring)),
  };
}

function header(context: UnitContext): string {
  const names = context.constants.items.map((_, index) => `k${index}`).join(',');
  return `(function($R,$T,$K,$v){"use strict";const $n=$R.need,$O=$R.operators,$V=$R.conversions;const [${names}]=$K;`;
}

function emitClasses(
  context: UnitContext,
  w: LineWriter,
  declaration: ClassDeclaration,
  shells: ClassShell[],
  prefix: string,
): void {
  emitMembers(
    classesOf(declaration).flatMap(({ symbol, members, bridges }) => {
      if (symbol === undefined) return [];
      const host = hostOf(context, w, symbol, members, `${prefix}${symbol.fullName}`, shells);
      return [{ host: { ...host, bridges }, members }];
    }),
  );
}

function hostOf(
  context: UnitContext,
  w: LineWriter,
  symbol: TypeSymbol,
  members: readonly MemberDeclaration[],
  place: string,
  shells: ClassShell[],
): MemberHost {
  shells.push(shellOf(symbol, members));
  context.localFunctions.set(symbol, new Map());
  return {
    unit: context,
    w,
    symbol,
    js: context.constants.class(symbol),
    needsStatics: hasStatics(members),
    bridges: [],
    place,
  };
}

function shellOf(symbol: TypeSymbol, members: readonly MemberDeclaration[]): ClassShell {
  const fields = members.flatMap((member): readonly FieldSymbol[] => {
    if (member.kind === 'field') return member.declarators.flatMap((declarator) => declarator.symbol ?? []);
    return member.kind === 'property' && member.symbol !== undefined ? [member.symbol] : [];
  });
  return {
    symbol,
    instanceSlots: fields
      .filter((field) => !field.isStatic)
      .map((field) => ({ name: field.name, slot: fieldSlot(field), isTransient: field.isTransient })),
    staticSlots: fields.filter((field) => field.isStatic).map(fieldSlot),
  };
}

/** The statements of a trigger or an anonymous block, as a method of a class of their own. */
function emitBody(
  context: UnitContext,
  w: LineWriter,
  declaration: TriggerDeclaration | AnonymousDeclaration,
  shells: ClassShell[],
): string {
  const { symbol, members } = declaration;
  if (symbol === undefined) throw new Error('The unit was not checked.');
  const needed = context.colouring?.has(places.body(symbol)) !== false;
  const place = declaration.kind === 'trigger' ? `Trigger.${declaration.name.name}` : 'AnonymousBlock';
  const [first] = declaration.statements;
  const entry = (): string =>
    emitFunction(context, w, {
      owner: symbol,
      isStatic: false,
      place,
      line: first?.range.line ?? 1,
      parameters: [],
      statements: declaration.statements,
      // Apex Developer Guide: triggers run in system mode, anonymous blocks always with the sharing rules of the current user.
      sharing: declaration.kind === 'anonymous',
      needsStatics: false,
    });
  // Members usually stand above the statements; where they do not, the statements go first so that both keep their lines.
  const early = !needed || members.some((member) => member.range.line < (first?.range.line ?? 0)) ? undefined : entry();
  const classes = [{ host: hostOf(context, w, symbol, members, place, shells), members }];
  for (const member of members) {
    if (member.kind !== 'class') continue;
    for (const inner of classesOf(member)) {
      if (inner.symbol !== undefined)
        classes.push({
          host: hostOf(context, w, inner.symbol, inner.members, `${place}.${inner.symbol.name}`, shells),
          members: inner.members,
        });
    }
  }
  emitMembers(classes);
  if (!needed) return 'undefined';
  const name = early ?? entry();
  return `{run:()=>${name}.call((new ${context.constants.class(symbol)}()).c__())}`;
}
