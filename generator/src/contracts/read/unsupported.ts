import { SyntaxKind, type Node } from 'ts-morph';
import type { ContractProblem } from './problems.js';

interface Unsupported {
  readonly what: string;
  readonly reason: string;
  readonly fix: string;
}

const NO_TYPE_LEVEL_CODE: Omit<Unsupported, 'what'> = {
  reason: 'Apex has no types that are computed from others.',
  fix: 'Write the resulting members out in an interface.',
};

const NO_FUNCTIONS: Omit<Unsupported, 'what'> = {
  reason: 'JSON holds data, not behaviour.',
  fix: 'Remove it; keep only data members.',
};

const NO_LITERAL: Omit<Unsupported, 'what'> = {
  reason: 'Only texts can be the values of an enum in JSON.',
  fix: 'Write the general type: number or boolean.',
};

/** Syntax that has no counterpart in Apex, by what stands at the place of a type or member. */
const BY_KIND: ReadonlyMap<SyntaxKind, Unsupported> = new Map([
  [
    SyntaxKind.AnyKeyword,
    {
      what: '"any"',
      reason: 'It turns off the checks that a contract is for.',
      fix: 'Write the type, or "unknown" for any JSON value, which becomes Object.',
    },
  ],
  [
    SyntaxKind.ObjectKeyword,
    {
      what: '"object"',
      reason: 'It says nothing about the members.',
      fix: 'Write an interface, Record<string, T>, or "unknown" for any JSON value.',
    },
  ],
  [SyntaxKind.NeverKeyword, { what: '"never"', reason: 'No value has this type.', fix: 'Remove the member.' }],
  [SyntaxKind.VoidKeyword, { what: '"void"', reason: 'No JSON value has this type.', fix: 'Remove the member.' }],
  [SyntaxKind.SymbolKeyword, { what: '"symbol"', reason: 'JSON has no symbols.', fix: 'Write string.' }],
  [
    SyntaxKind.TupleType,
    {
      what: 'a tuple',
      reason: 'All elements of an Apex list have one type, and a list has any length.',
      fix: 'Write an interface with named members, or T[] when all elements are alike.',
    },
  ],
  [
    SyntaxKind.IntersectionType,
    {
      what: 'an intersection of types',
      reason: 'An Apex class does not combine others.',
      fix: 'Write an interface that extends the others.',
    },
  ],
  [SyntaxKind.FunctionType, { what: 'a function', ...NO_FUNCTIONS }],
  [SyntaxKind.ConstructorType, { what: 'a constructor', ...NO_FUNCTIONS }],
  [SyntaxKind.MethodSignature, { what: 'a method', ...NO_FUNCTIONS }],
  [SyntaxKind.CallSignature, { what: 'a call signature', ...NO_FUNCTIONS }],
  [SyntaxKind.ConstructSignature, { what: 'a construct signature', ...NO_FUNCTIONS }],
  [SyntaxKind.GetAccessor, { what: 'a getter', ...NO_FUNCTIONS }],
  [SyntaxKind.SetAccessor, { what: 'a setter', ...NO_FUNCTIONS }],
  [
    SyntaxKind.IndexSignature,
    {
      what: 'an index signature beside other members, or with keys other than string',
      reason: 'An Apex class has a fixed set of members, and the keys of a JSON object are texts.',
      fix: 'Give the open part a member of its own: Record<string, T>.',
    },
  ],
  [SyntaxKind.ConditionalType, { what: 'a conditional type', ...NO_TYPE_LEVEL_CODE }],
  [SyntaxKind.MappedType, { what: 'a mapped type', ...NO_TYPE_LEVEL_CODE }],
  [SyntaxKind.IndexedAccessType, { what: 'an indexed access type', ...NO_TYPE_LEVEL_CODE }],
  [SyntaxKind.TypeOperator, { what: '"keyof" or "unique"', ...NO_TYPE_LEVEL_CODE }],
  [SyntaxKind.TypeQuery, { what: '"typeof"', ...NO_TYPE_LEVEL_CODE }],
  [SyntaxKind.InferType, { what: '"infer"', ...NO_TYPE_LEVEL_CODE }],
  [
    SyntaxKind.TemplateLiteralType,
    {
      what: 'a template literal type',
      reason: 'Apex has no text patterns as types.',
      fix: 'Write string, or list the texts: "a" | "b".',
    },
  ],
  [
    SyntaxKind.ImportType,
    {
      what: 'an inline import',
      reason: 'Contracts name what they use at the head of the file.',
      fix: 'Write an import statement.',
    },
  ],
  [SyntaxKind.ThisType, { what: '"this"', reason: 'It names no class.', fix: 'Write the name of the interface.' }],
  [SyntaxKind.NumericLiteral, { what: 'a number as a type', ...NO_LITERAL }],
  [SyntaxKind.PrefixUnaryExpression, { what: 'a number as a type', ...NO_LITERAL }],
  [SyntaxKind.BigIntLiteral, { what: 'a number as a type', ...NO_LITERAL }],
  [SyntaxKind.TrueKeyword, { what: '"true" as a type', ...NO_LITERAL }],
  [SyntaxKind.FalseKeyword, { what: '"false" as a type', ...NO_LITERAL }],
  [
    SyntaxKind.NullKeyword,
    {
      what: '"null" alone',
      reason: 'A member that is always null says nothing.',
      fix: 'Write the type of the other values too: string | null.',
    },
  ],
  [
    SyntaxKind.UndefinedKeyword,
    { what: '"undefined" alone', reason: 'A member that is never there says nothing.', fix: 'Remove the member.' },
  ],
  [
    SyntaxKind.ComputedPropertyName,
    {
      what: 'a computed key',
      reason: 'The key in the JSON text has to be known when the class is made.',
      fix: 'Write the key out.',
    },
  ],
  [
    SyntaxKind.UnionType,
    {
      what: 'a union of different types',
      reason: 'An Apex member has one type.',
      fix: 'Write one interface with optional members for all cases, or "unknown" for any JSON value.',
    },
  ],
]);

const OTHERWISE: Unsupported = {
  what: 'this type',
  reason: 'Apex has nothing like it.',
  fix: 'Use interfaces, lists, Record<string, T>, string, number, boolean, Date and unions of texts.',
};

/** Problem for syntax that cannot be represented; `node` is the type, member or literal at fault. */
export function unsupported(node: Node): ContractProblem {
  const { what, reason, fix } = BY_KIND.get(node.getKind()) ?? OTHERWISE;
  return { code: 'contract-unsupported-type', message: `Apex cannot represent ${what}.`, reason, fix };
}
