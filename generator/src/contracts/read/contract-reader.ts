import {
  Node,
  type ExpressionWithTypeArguments,
  type InterfaceDeclaration,
  type PropertySignature,
  type SourceFile,
} from 'ts-morph';
import type { Contract, ContractRef } from '../../model/index.js';
import { classNameProblem, CONTRACT_NAME_LIMIT, innerTypeName, type ClassNameProblem } from '../names/identifiers.js';
import { apexTag, description } from './apex-tag.js';
import { declarationsOf } from './declarations.js';
import { nameMembers, type DraftClass, type DraftMember } from './member-names.js';
import type { ContractProblem, ProblemList } from './problems.js';
import type { ContractProgram } from './program.js';
import { refuseEndlessObjects } from './endless-objects.js';
import { generic, merged, notAnInterface } from './type-problems.js';
import { TypeReader } from './type-reader.js';
import { TypeRegistry, type ClassSource } from './type-registry.js';
import { unsupported } from './unsupported.js';

/** Reads one interface and everything that it refers to. Problems go to the list; then the result is undefined. */
export function readContract(program: ContractProgram, ref: ContractRef, problems: ProblemList): Contract | undefined {
  const file = program.sourceFile(ref.file);
  return file === undefined ? undefined : new ContractReader(program, ref, problems).read(file);
}

class ContractReader {
  private readonly registry: TypeRegistry;
  private readonly types: TypeReader;
  private hasProblems = false;

  public constructor(
    private readonly program: ContractProgram,
    private readonly ref: ContractRef,
    private readonly problems: ProblemList,
  ) {
    const report = (node: Node, problem: ContractProblem): void => this.report(node, problem);
    this.registry = new TypeRegistry(declaredTypeNames(program), report);
    this.types = new TypeReader(this.registry, report);
  }

  public read(file: SourceFile): Contract | undefined {
    const root = this.rootSource(file);
    if (root === undefined) return undefined;
    const { interfaceName: className } = this.ref;
    this.registry.claimRoot(className, root.source);
    const drafts = [this.readClass(className, root.source, description(root.named))];
    for (let next = this.registry.pending.shift(); next !== undefined; next = this.registry.pending.shift()) {
      drafts.push(this.readClass(next.name, next.source, next.description));
    }
    const report = (node: Node, problem: ContractProblem): void => this.report(node, problem);
    refuseEndlessObjects(drafts, report);
    const [rootClass, ...classes] = nameMembers(drafts, this.registry.enums, className, report);
    if (this.hasProblems || rootClass === undefined) return undefined;
    return { ref: this.ref, className, root: rootClass, classes, enums: this.registry.enums };
  }

  private report(node: Node, problem: ContractProblem): void {
    this.hasProblems = true;
    this.problems.at(node, problem, this.program.projectPath(node.getSourceFile()) ?? this.ref.file);
  }

  private rootSource(file: SourceFile): { readonly source: ClassSource; readonly named: Node } | undefined {
    const name = this.ref.interfaceName;
    const declarations = file.getExportedDeclarations().get(name) ?? [];
    const [declaration, second] = declarations;
    if (declaration === undefined) {
      this.reportMissing(file);
      return undefined;
    }
    const problem = second === undefined ? undefined : merged(name);
    const nameProblem = classNameProblem(name);
    if (nameProblem !== undefined) this.report(declaration, classNameText(name, nameProblem));
    if (problem !== undefined) this.report(declaration, problem);
    if (Node.isInterfaceDeclaration(declaration)) {
      if (declaration.getTypeParameters().length > 0) this.report(declaration, generic(name));
      return { source: declaration, named: declaration };
    }
    const target = Node.isTypeAliasDeclaration(declaration) ? declaration.getTypeNode() : undefined;
    if (Node.isTypeLiteral(target)) return { source: target, named: declaration };
    this.report(declaration, notAnInterface(name));
    return undefined;
  }

  private reportMissing(file: SourceFile): void {
    const { file: path, interfaceName } = this.ref;
    const exported = [...file.getExportedDeclarations().keys()];
    const isPrivate = file.getInterface(interfaceName) !== undefined || file.getTypeAlias(interfaceName) !== undefined;
    const suggestion = exported.find((name) => name.toLowerCase() === interfaceName.toLowerCase());
    this.hasProblems = true;
    this.problems.add({ file: path, line: 1, column: 1 }, file.getFullText(), {
      code: 'contract-interface-missing',
      message: `${path} exports no interface ${interfaceName}.`,
      reason: `It exports ${exported.length === 0 ? 'nothing' : exported.join(', ')}.`,
      fix: isPrivate ? `Write "export" before ${interfaceName}.` : 'Correct the name, or add the interface.',
      ...(suggestion === undefined ? {} : { suggestion }),
    });
  }

  private readClass(name: string, source: ClassSource, text: string): DraftClass {
    const members = new Map<string, DraftMember>();
    this.readMembers(name, source, members, []);
    if (members.size === 0 && source.getMembers().length === 0) this.report(source, NO_MEMBERS);
    return { name, description: text, source, members: [...members.values()] };
  }

  /** Inherited members first; a member that is declared again replaces the inherited one and keeps its place. */
  private readMembers(
    owner: string,
    source: ClassSource,
    members: Map<string, DraftMember>,
    heirs: readonly ClassSource[],
  ): void {
    if (heirs.includes(source)) return;
    if (Node.isInterfaceDeclaration(source)) {
      for (const base of source.getExtends()) {
        const inherited = this.baseOf(base);
        if (inherited !== undefined) this.readMembers(owner, inherited, members, [...heirs, source]);
      }
    }
    for (const member of source.getMembers()) {
      if (!Node.isPropertySignature(member)) {
        this.report(member, unsupported(member));
        continue;
      }
      const draft = this.readMember(owner, member);
      if (draft !== undefined) members.set(draft.jsonName, draft);
    }
  }

  private baseOf(base: ExpressionWithTypeArguments): ClassSource | undefined {
    const expression = base.getExpression();
    if (base.getTypeArguments().length > 0) {
      this.report(base, generic(base.getText()));
      return undefined;
    }
    const declarations = declarationsOf(expression);
    if (declarations.kind === 'unresolved') return undefined;
    const [declaration, second] = declarations.kind === 'contract' ? declarations.nodes : [];
    if (second !== undefined) this.report(base, merged(expression.getText()));
    if (Node.isInterfaceDeclaration(declaration)) return this.withoutParameters(base, declaration);
    const target = Node.isTypeAliasDeclaration(declaration) ? declaration.getTypeNode() : undefined;
    if (Node.isTypeLiteral(target)) return target;
    this.report(base, notAnInterface(expression.getText()));
    return undefined;
  }

  private withoutParameters(node: Node, declaration: InterfaceDeclaration): InterfaceDeclaration | undefined {
    if (declaration.getTypeParameters().length === 0) return declaration;
    this.report(node, generic(declaration.getName()));
    return undefined;
  }

  private readMember(owner: string, member: PropertySignature): DraftMember | undefined {
    const name = member.getNameNode();
    const jsonName = literalName(name);
    if (jsonName === undefined) {
      this.report(name, unsupported(name));
      return undefined;
    }
    const node = member.getTypeNode();
    if (node === undefined) {
      this.report(member, NO_TYPE);
      return undefined;
    }
    const text = description(member);
    const use = { owner, member: jsonName, description: text, tag: apexTag(member), aliases: [] };
    const shape = this.types.shapeOf(node, use);
    if (shape === undefined) return undefined;
    const optional = member.hasQuestionToken() || shape.optional;
    return { jsonName, type: shape.type, optional, nullable: shape.nullable, description: text, node: member };
  }
}

/** Key in JSON that a property name stands for; undefined for a computed one. */
function literalName(name: Node): string | undefined {
  if (Node.isIdentifier(name)) return name.getText();
  if (Node.isStringLiteral(name) || Node.isNoSubstitutionTemplateLiteral(name)) return name.getLiteralText();
  return Node.isNumericLiteral(name) ? String(name.getLiteralValue()) : undefined;
}

/** Names that the contract files declare, in lower case, as the inner types that they become. */
function declaredTypeNames(program: ContractProgram): ReadonlySet<string> {
  const names = new Set<string>();
  for (const file of program.sourceFiles) {
    for (const declaration of [...file.getInterfaces(), ...file.getTypeAliases(), ...file.getEnums()]) {
      names.add((innerTypeName(declaration.getName()) ?? '').toLowerCase());
    }
  }
  return names;
}

const NO_MEMBERS: ContractProblem = {
  code: 'contract-no-members',
  message: 'The type has no members that a contract can have.',
  reason: 'There is nothing to send.',
  fix: 'Add members, or write Record<string, unknown> for an open object.',
};

const NO_TYPE: ContractProblem = {
  code: 'contract-unsupported-type',
  message: 'The member has no type.',
  reason: 'An Apex member has one.',
  fix: 'Write the type after a colon.',
};

const CLASS_NAME_REASONS: Readonly<Record<ClassNameProblem, { readonly reason: string; readonly fix: string }>> = {
  invalid: {
    reason: 'An Apex class name has letters, digits and single underscores, and begins with a letter.',
    fix: 'Rename the interface.',
  },
  tooLong: {
    reason: `The test class has the same name with Test after it, and Apex allows 40 characters.`,
    fix: `Shorten the name to ${String(CONTRACT_NAME_LIMIT)} characters.`,
  },
  platform: {
    reason: 'A class of this name would hide a type or object of the platform from all Apex code in the org.',
    fix: 'Name it after the payload: AccountUpdate instead of Account.',
  },
  runtime: {
    reason: 'Names that begin with Callout belong to the runtime.',
    fix: 'Rename the interface.',
  },
};

function classNameText(name: string, problem: ClassNameProblem): ContractProblem {
  const { reason, fix } = CLASS_NAME_REASONS[problem];
  return { code: 'contract-class-name', message: `${name} cannot be the name of an Apex class.`, reason, fix };
}
