import { breakCycles, declareMembers, declareType, innerDeclarations } from '../symbols/index.js';
import { DeclaredType } from '../symbols/index.js';
import type { ProjectSchema } from '../symbols/index.js';
import { parseUnit } from '../syntax/index.js';
import type { CompilationUnit, MemberDeclaration, SourceInput, SourceRange, TypeDeclaration } from '../syntax/index.js';
import { typeName } from '../types/index.js';
import type { MethodSymbol, SchemaView, TypeSymbol } from '../types/index.js';
import { checkType } from './classes.js';
import { resolveReported } from './context.js';
import type { World } from './context.js';
import { Findings } from './problems.js';
import type { Finding } from './problems.js';
import { checkAnonymous, checkTrigger } from './triggers.js';

/** A class or trigger to compile. `name` is what the org calls it, which its declaration must repeat. */
export interface ApexSource {
  readonly kind: 'class' | 'trigger';
  readonly name: string;
  readonly fileName: string;
  readonly source: string;
  /** 66 for 66.0. */
  readonly apiVersion: number;
  /** False for what the org already has: it is declared, and its own errors are not asked for. */
  readonly isChecked: boolean;
}

/** What the compiler says about one source. */
export interface SourceResult {
  readonly source: ApexSource;
  /** Undefined when the source has syntax errors. */
  readonly unit: CompilationUnit | undefined;
  readonly findings: readonly Finding[];
}

/** Result of compiling an anonymous block. */
export type AnonymousResult =
  { readonly ok: true; readonly unit: CompilationUnit } | { readonly ok: false; readonly findings: readonly Finding[] };

/** Everything that was compiled together. Names are keyed in lower case. */
export interface Program {
  readonly results: readonly SourceResult[];
  /** Top-level classes, interfaces and enums. */
  readonly types: ReadonlyMap<string, TypeSymbol>;
  /** Units by name: classes and triggers do not share names. */
  readonly classes: ReadonlyMap<string, CompilationUnit>;
  readonly triggers: ReadonlyMap<string, CompilationUnit>;
  readonly schema: SchemaView;
  /** Syntax tree of a user type, inner ones too. */
  declarationOf(symbol: TypeSymbol): TypeDeclaration | undefined;
  /** Compiles a block against the program; its declarations stay its own. */
  compileAnonymous(source: string, apiVersion: number): AnonymousResult;
}

interface Parsed {
  readonly source: ApexSource;
  readonly unit: CompilationUnit | undefined;
  readonly findings: Findings;
}

function parse(source: ApexSource): Parsed {
  const findings = new Findings();
  const input: SourceInput = {
    kind: source.kind,
    fileName: source.fileName,
    source: source.source,
    apiVersion: source.apiVersion,
  };
  const result = parseUnit(input);
  if (result.ok) return { source, unit: result.value, findings };
  for (const { line, column, message } of result.problems) findings.report({ line, column }, message);
  return { source, unit: undefined, findings };
}

function describeDuplicate(kind: 'field' | 'method', name: string, at: MemberDeclaration, owner: DeclaredType): string {
  if (kind === 'field') return `Duplicate field: ${name}`;
  const symbol: MethodSymbol | undefined = at.kind === 'method' ? at.symbol : undefined;
  const parameters = (symbol?.parameters ?? []).map((parameter) => typeName(parameter.type)).join(', ');
  const returns = symbol === undefined ? 'void' : typeName(symbol.returns);
  return `Method already defined: ${name} ${returns} ${owner.fullName}.${name}(${parameters}) from the type ${owner.fullName}`;
}

function nameRange(member: MemberDeclaration, name: string): SourceRange {
  if (member.kind === 'field')
    return member.declarators.find((one) => one.name.name === name)?.name.range ?? member.range;
  return 'name' in member ? member.name.range : member.range;
}

/** Declares types and checks code against one another. */
class Compiler {
  readonly types = new Map<string, DeclaredType>();
  private readonly declarations = new Map<TypeSymbol, TypeDeclaration>();
  private readonly opaque = new Set<string>();
  private readonly world: World;

  constructor(readonly schema: ProjectSchema) {
    this.world = { types: this.types, opaque: this.opaque, schema };
  }

  declarationOf(symbol: TypeSymbol): TypeDeclaration | undefined {
    return this.declarations.get(symbol);
  }

  hide(name: string): void {
    this.opaque.add(name.toLowerCase());
  }

  /** Between the second pass and the third: nothing may inherit from itself. */
  breakCycles(): void {
    breakCycles([...this.declarations.keys()].filter((symbol) => symbol instanceof DeclaredType));
  }

  private remember(declaration: TypeDeclaration): void {
    if (declaration.symbol !== undefined) this.declarations.set(declaration.symbol, declaration);
    if (declaration.kind === 'class') for (const inner of innerDeclarations(declaration)) this.remember(inner);
  }

  /** First pass: names. */
  declare(declaration: TypeDeclaration, unit: CompilationUnit, findings: Findings): void {
    const symbol = declareType(declaration, undefined, unit.apiVersion, unit.fileName);
    const key = symbol.name.toLowerCase();
    if (this.types.has(key)) findings.report(declaration.name.range, `Type name already in use: ${symbol.name}`);
    else this.types.set(key, symbol);
    this.remember(declaration);
  }

  /** Second pass: superclasses and interfaces. */
  inherit(declaration: TypeDeclaration, findings: Findings): void {
    const { symbol } = declaration;
    if (!(symbol instanceof DeclaredType) || declaration.kind === 'enum') return;
    if (declaration.kind === 'interface') {
      symbol.interfaces = declaration.extends.map((node) => resolveReported(this.world, node, symbol, findings));
      return;
    }
    symbol.interfaces = declaration.implements.map((node) => resolveReported(this.world, node, symbol, findings));
    if (declaration.extends !== undefined)
      symbol.superType = resolveReported(this.world, declaration.extends, symbol, findings);
    for (const inner of innerDeclarations(declaration)) this.inherit(inner, findings);
  }

  /** Third pass: fields, methods, constructors. */
  members(declaration: TypeDeclaration, findings: Findings): void {
    const { symbol } = declaration;
    if (!(symbol instanceof DeclaredType) || declaration.kind === 'enum') return;
    this.addMembers(declaration.kind === 'class' ? declaration.members : declaration.methods, symbol, findings);
    if (declaration.kind === 'class') for (const inner of innerDeclarations(declaration)) this.members(inner, findings);
  }

  addMembers(members: readonly MemberDeclaration[], owner: DeclaredType, findings: Findings): void {
    declareMembers(
      members,
      owner,
      (node, scope) => resolveReported(this.world, node, scope, findings),
      typeName,
      (kind, name, at) => {
        findings.report(nameRange(at, name), describeDuplicate(kind, name, at, owner));
      },
    );
  }

  /** Synthetic class around the members of a trigger or anonymous block. */
  private script(
    name: string,
    members: readonly MemberDeclaration[],
    unit: CompilationUnit,
    findings: Findings,
  ): DeclaredType {
    const owner = new DeclaredType(
      'class',
      name,
      undefined,
      unit.apiVersion,
      { annotations: [], keywords: [{ name: 'public', range: unit.declaration.range }] },
      unit.fileName,
    );
    const types = members.filter(
      (member): member is TypeDeclaration =>
        member.kind === 'class' || member.kind === 'interface' || member.kind === 'enum',
    );
    for (const declaration of types) {
      const symbol = declareType(declaration, owner, unit.apiVersion, unit.fileName);
      owner.inner.set(symbol.name.toLowerCase(), symbol);
      this.remember(declaration);
    }
    for (const declaration of types) this.inherit(declaration, findings);
    this.breakCycles();
    for (const declaration of types) this.members(declaration, findings);
    this.addMembers(members, owner, findings);
    return owner;
  }

  /** Last pass: everything that holds inside. */
  check(unit: CompilationUnit, findings: Findings): void {
    const { declaration } = unit;
    if (declaration.kind === 'trigger' || declaration.kind === 'anonymous') {
      const owner = this.script(unit.name, declaration.members, unit, findings);
      declaration.symbol = owner;
      const context = { world: this.world, findings, owner };
      if (declaration.kind === 'trigger') checkTrigger(declaration, context);
      else checkAnonymous(declaration, context);
      return;
    }
    const { symbol } = declaration;
    if (symbol instanceof DeclaredType)
      checkType(declaration, { world: this.world, findings, owner: symbol }, undefined);
  }
}

function checkName(source: ApexSource, unit: CompilationUnit, findings: Findings): void {
  const { declaration } = unit;
  if (declaration.kind === 'anonymous' || declaration.name.name.toLowerCase() === source.name.toLowerCase()) return;
  const kind = source.kind === 'class' ? 'Class' : 'Trigger';
  findings.report(
    declaration.name.range,
    `${kind} name must match the file name: ${declaration.name.name} is declared in ${source.fileName}`,
  );
}

function typesOf(
  parsed: readonly Parsed[],
): readonly { readonly declaration: TypeDeclaration; readonly unit: CompilationUnit; readonly findings: Findings }[] {
  return parsed.flatMap(({ unit, findings }) => {
    if (unit === undefined || unit.declaration.kind === 'trigger' || unit.declaration.kind === 'anonymous') return [];
    return [{ declaration: unit.declaration, unit, findings }];
  });
}

function byName(parsed: readonly Parsed[], kind: ApexSource['kind']): ReadonlyMap<string, CompilationUnit> {
  return new Map(
    parsed.flatMap(({ source, unit }) =>
      unit === undefined || source.kind !== kind ? [] : [[source.name.toLowerCase(), unit] as const],
    ),
  );
}

function compileAnonymous(compiler: Compiler, source: string, apiVersion: number): AnonymousResult {
  const result = parseUnit({ kind: 'anonymous', fileName: 'AnonymousBlock', source, apiVersion });
  if (!result.ok) return { ok: false, findings: result.problems };
  const findings = new Findings();
  compiler.check(result.value, findings);
  const list = findings.list();
  return list.length === 0 ? { ok: true, unit: result.value } : { ok: false, findings: list };
}

/** Compiles sources together. Sources that do not parse are declared as opaque, so that their users are not blamed. */
export function compileProgram(sources: readonly ApexSource[], schema: ProjectSchema): Program {
  const compiler = new Compiler(schema);
  const parsed = sources.map(parse);
  for (const { source, unit } of parsed) if (unit === undefined && source.kind === 'class') compiler.hide(source.name);
  const types = typesOf(parsed);
  for (const { declaration, unit, findings } of types) compiler.declare(declaration, unit, findings);
  for (const { declaration, findings } of types) compiler.inherit(declaration, findings);
  compiler.breakCycles();
  for (const { declaration, findings } of types) compiler.members(declaration, findings);
  for (const { source, unit, findings } of parsed) {
    if (unit === undefined) continue;
    checkName(source, unit, findings);
    compiler.check(unit, findings);
  }
  return {
    results: parsed.map(({ source, unit, findings }) => ({ source, unit, findings: findings.list() })),
    types: compiler.types,
    classes: byName(parsed, 'class'),
    triggers: byName(parsed, 'trigger'),
    schema,
    declarationOf: (symbol) => compiler.declarationOf(symbol),
    compileAnonymous: (source, apiVersion) => compileAnonymous(compiler, source, apiVersion),
  };
}
