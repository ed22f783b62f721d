import type {
  EnumDeclaration,
  InterfaceDeclaration,
  Node,
  TypeAliasDeclaration,
  TypeLiteralNode,
  TypeNode,
} from 'ts-morph';
import type { ContractEnum } from '../../model/index.js';
import { CLASS_NAME_LIMIT, innerTypeName } from '../names/identifiers.js';
import type { ContractProblem } from './problems.js';

/** Syntax that a class is made from. */
export type ClassSource = InterfaceDeclaration | TypeLiteralNode;

/** A class whose members are still to be read. */
export interface PendingClass {
  readonly name: string;
  readonly source: ClassSource;
  readonly description: string;
}

/** An enum and where it stands. */
export type EnumSource = EnumDeclaration | TypeAliasDeclaration | TypeNode;

/** What names a class or enum: its declaration, or the member that an unnamed type stands at. */
export type TypeOrigin =
  | { readonly kind: 'declared'; readonly name: string }
  | { readonly kind: 'inline'; readonly member: string; readonly owner: string };

/** Names of the classes and enums of one contract. Every declaration and every unnamed type has one name; no two share one. */
export class TypeRegistry {
  public readonly pending: PendingClass[] = [];
  public readonly enums: ContractEnum[] = [];
  private readonly names = new Map<Node, string>();
  private readonly holders = new Map<string, Node>();
  private readonly inlineEnums = new Map<string, string>();

  /**
   * @param declared names of all types that the contract files declare, in lower case: an unnamed type keeps clear of them
   * @param report receives problems of names
   */
  public constructor(
    private readonly declared: ReadonlySet<string>,
    private readonly report: (node: Node, problem: ContractProblem) => void,
  ) {}

  /** Claims the root's name, which is also that of the top-level class. */
  public claimRoot(name: string, source: ClassSource): void {
    this.names.set(source, name);
    this.holders.set(name.toLowerCase(), source);
  }

  /** Name of the class for `source`; its members are read later, so that types may refer to themselves. */
  public classFor(source: ClassSource, origin: TypeOrigin, description: string): string | undefined {
    const known = this.names.get(source);
    if (known !== undefined) return known;
    const name = this.claim(source, origin);
    if (name !== undefined) this.pending.push({ name, source, description });
    return name;
  }

  /** Name of the enum for `source`. Unnamed unions of the same texts at members of the same name are one enum. */
  public enumFor(
    source: EnumSource,
    origin: TypeOrigin,
    values: ContractEnum['values'],
    description: string,
  ): string | undefined {
    const inlineKey = origin.kind === 'inline' ? JSON.stringify([origin.member, values]) : undefined;
    const known = this.names.get(source) ?? (inlineKey === undefined ? undefined : this.inlineEnums.get(inlineKey));
    if (known !== undefined) return known;
    const name = this.claim(source, origin);
    if (name === undefined) return undefined;
    if (inlineKey !== undefined) this.inlineEnums.set(inlineKey, name);
    this.enums.push({ name, description, values });
    return name;
  }

  private claim(source: Node, origin: TypeOrigin): string | undefined {
    const name = this.freeName(origin);
    if (name === undefined) {
      this.report(source, collision(origin));
      return undefined;
    }
    if (name.length > CLASS_NAME_LIMIT) {
      this.report(source, tooLong(name));
      return undefined;
    }
    this.names.set(source, name);
    this.holders.set(name.toLowerCase(), source);
    return name;
  }

  private freeName(origin: TypeOrigin): string | undefined {
    if (origin.kind === 'declared') {
      const name = innerTypeName(origin.name);
      return name === undefined || this.holders.has(name.toLowerCase()) ? undefined : name;
    }
    return [innerTypeName(origin.member), innerTypeName(`${origin.owner} ${origin.member}`)].find(
      (name) => name !== undefined && !this.holders.has(name.toLowerCase()) && !this.declared.has(name.toLowerCase()),
    );
  }
}

function collision(origin: TypeOrigin): ContractProblem {
  const name = origin.kind === 'declared' ? origin.name : origin.member;
  return {
    code: 'contract-type-name',
    message: `No Apex name is left for the type "${name}".`,
    reason: 'Apex does not tell names apart by case, and all types of a contract stand in one class.',
    fix: 'Give the type another name, with letters and digits.',
  };
}

function tooLong(name: string): ContractProblem {
  return {
    code: 'contract-name-too-long',
    message: `The class name ${name} has ${String(name.length)} characters.`,
    reason: `Apex allows ${String(CLASS_NAME_LIMIT)} characters.`,
    fix: 'Give the type a shorter name; a type without one is named after its member.',
  };
}
