import { Node, type EnumDeclaration, type TypeNode } from 'ts-morph';
import type { ContractEnum } from '../../model/index.js';
import { enumConstant } from '../names/identifiers.js';
import { declarationsOf } from './declarations.js';
import type { ContractProblem } from './problems.js';

export type EnumValues =
  | { readonly kind: 'values'; readonly values: ContractEnum['values'] }
  | { readonly kind: 'problem'; readonly problem: ContractProblem; readonly node?: Node };

/** The texts that a type consists of: a text, a union of texts, an alias of either; undefined for anything else. */
export function literalTexts(node: TypeNode, seen: readonly Node[] = []): readonly string[] | undefined {
  if (Node.isParenthesizedTypeNode(node)) return literalTexts(node.getTypeNode(), seen);
  if (Node.isLiteralTypeNode(node)) {
    const value = node.getLiteral();
    return Node.isStringLiteral(value) || Node.isNoSubstitutionTemplateLiteral(value)
      ? [value.getLiteralText()]
      : undefined;
  }
  if (Node.isUnionTypeNode(node)) {
    const parts = node.getTypeNodes().map((part) => literalTexts(part, seen));
    return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
  }
  if (!Node.isTypeReference(node) || seen.includes(node)) return undefined;
  const declarations = declarationsOf(node.getTypeName());
  if (declarations.kind !== 'contract') return undefined;
  const [alias] = declarations.nodes;
  const target = Node.isTypeAliasDeclaration(alias) ? alias.getTypeNode() : undefined;
  return target === undefined ? undefined : literalTexts(target, [...seen, node]);
}

/** Enum values for texts; a text that is named twice counts once. */
export function textValues(texts: readonly string[]): EnumValues {
  return enumValues([...new Set(texts)].map((text) => ({ name: text, jsonValue: text })));
}

/** Enum values of a TypeScript enum, whose members must all have texts. */
export function declaredEnum(declaration: EnumDeclaration): EnumValues {
  const drafts: { name: string; jsonValue: string }[] = [];
  for (const member of declaration.getMembers()) {
    const value = member.getInitializer();
    if (!Node.isStringLiteral(value) && !Node.isNoSubstitutionTemplateLiteral(value)) {
      return { kind: 'problem', problem: NOT_A_TEXT, node: member };
    }
    drafts.push({ name: member.getName(), jsonValue: value.getLiteralText() });
  }
  return drafts.length === 0 ? { kind: 'problem', problem: NO_VALUES } : enumValues(drafts);
}

function enumValues(drafts: readonly { readonly name: string; readonly jsonValue: string }[]): EnumValues {
  const values: { apexName: string; jsonValue: string }[] = [];
  const taken = new Map<string, string>();
  for (const { name, jsonValue } of drafts) {
    const apexName = enumConstant(name);
    const other = apexName === undefined ? undefined : taken.get(apexName);
    if (apexName === undefined || other !== undefined) return { kind: 'problem', problem: noConstant(name, other) };
    taken.set(apexName, name);
    values.push({ apexName, jsonValue });
  }
  return { kind: 'values', values };
}

const NOT_A_TEXT: ContractProblem = {
  code: 'contract-enum-value',
  message: 'The enum member has no text as its value.',
  reason: 'Enums stand as texts in JSON; numbers would change their meaning when a member is added.',
  fix: "Write the text: Standard = 'standard'.",
};

const NO_VALUES: ContractProblem = {
  code: 'contract-enum-value',
  message: 'The enum has no members.',
  reason: 'No JSON value fits it.',
  fix: 'Add members, or write string.',
};

function noConstant(name: string, other: string | undefined): ContractProblem {
  const shown = JSON.stringify(name);
  return {
    code: 'contract-enum-constant',
    message:
      other === undefined
        ? `No Apex constant can be made from ${shown}.`
        : `${shown} and ${JSON.stringify(other)} would be the same Apex constant.`,
    reason: 'Constants have letters, digits and underscores, and Apex does not tell names apart by case.',
    fix: `Declare an enum, which names its members: enum Name { Something = ${shown} }.`,
  };
}
