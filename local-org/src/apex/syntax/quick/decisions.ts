import { ApexParser } from '@apexdevtools/apex-parser';
import { continuations, decisionIn, firstOf, type Continuation } from './grammar.js';
import type { VisibleTokens } from './visible-tokens.js';

const { ASSIGN, CLASS, COLON, COMMA, DOT, ELSE, LBRACE, LBRACK, LPAREN, LT, MAPTO, NOT, ON, RBRACE, RBRACK, RPAREN } =
  ApexParser;
const { SEMI, SET, SOQLAND, SOQLOR, SWITCH } = ApexParser;

/**
 * Takes a decision of the grammar by looking at few tokens. Returns the number of the alternative, in the order of the
 * grammar, or undefined where only the whole prediction knows.
 * @param binds whether an operator of that precedence may follow the expression that is being parsed
 */
export type Decide = (tokens: VisibleTokens, binds: (precedence: number) => boolean) => number | undefined;

/** Decisions about something optional: the first alternative takes it, the second goes on without it. */
const TAKE = 1;
const LEAVE = 2;

const when =
  (condition: (tokens: VisibleTokens) => boolean): Decide =>
  (tokens) =>
    condition(tokens) ? TAKE : LEAVE;

const startsName = firstOf(ApexParser.RULE_id);
const startsTypeName = firstOf(ApexParser.RULE_typeName);
const startsModifier = firstOf(ApexParser.RULE_modifier);
const hasArguments: Decide = when((tokens) => tokens.LA(1) === LT);

const TYPE_NAME = { set: 2 } as const;

/** Words such as `Set` are names as well. */
const typeName: Decide = (tokens) => (tokens.LA(1) === SET ? TYPE_NAME.set : undefined);

const STATEMENT = { switch: 3, declaration: 19, expression: 20 } as const;
const AFTER_DECLARED = new Set([ASSIGN, SEMI, COMMA]);

/** A variable's declaration is a type and a name. Undefined where a word could be a modifier, too. */
function declaresVariable(tokens: VisibleTokens, follows: ReadonlySet<number>): boolean | undefined {
  if (startsModifier[tokens.LA(1)] === 1) return undefined;
  const name = tokens.afterType(1);
  return name !== undefined && startsName[tokens.LA(name)] === 1 && follows.has(tokens.LA(name + 1));
}

const statement: Decide = (tokens) => {
  if (tokens.LA(1) === SWITCH && tokens.LA(2) === ON) return STATEMENT.switch;
  const declares = declaresVariable(tokens, AFTER_DECLARED);
  return declares === undefined ? undefined : declares ? STATEMENT.declaration : STATEMENT.expression;
};

const FOR_EACH = new Set([COLON]);
const forControl: Decide = when((tokens) => declaresVariable(tokens, FOR_EACH) === true);

const forInit: Decide = (tokens) => {
  const declares = declaresVariable(tokens, AFTER_DECLARED);
  return declares === undefined ? undefined : declares ? TAKE : LEAVE;
};

const KIND_OF_TYPE: ReadonlyMap<number, number> = new Map([
  [CLASS, 1],
  [ApexParser.ENUM, 2],
  [ApexParser.INTERFACE, 3],
]);

/** What a type is stands behind its modifiers and annotations. */
const typeDeclaration: Decide = (tokens) => {
  const at = tokens.find((type) => KIND_OF_TYPE.has(type));
  return at === undefined ? undefined : KIND_OF_TYPE.get(tokens.LA(at));
};

const MEMBER = { method: 1, constructor: 2, property: 6, field: 7 } as const;

/** What a member is shows in the token after its name. A constructor has no type before it. */
const member: Decide = (tokens) => {
  const name = tokens.afterType(1);
  if (name === undefined) return undefined;
  if (tokens.LA(name) === LPAREN) return MEMBER.constructor;
  if (startsName[tokens.LA(name)] !== 1) return undefined;
  const after = tokens.LA(name + 1);
  if (after === LPAREN) return MEMBER.method;
  if (after === LBRACE) return MEMBER.property;
  return AFTER_DECLARED.has(after) ? MEMBER.field : undefined;
};

const OPERATORS = decisionIn(ApexParser.RULE_expression, 4);
const operators = continuations(OPERATORS);

/** The operator that follows an expression: two angle brackets in a row shift, one alone compares. */
function operatorAt(tokens: VisibleTokens): Continuation | undefined {
  const first = tokens.LA(1);
  const able = operators[first];
  return able !== undefined && able.length > 1 && tokens.LA(2) !== first ? able.at(-1) : able?.[0];
}

const operator: Decide = (tokens) => operatorAt(tokens)?.alternative;

const goesOn: Decide = (tokens, binds) => {
  const found = operatorAt(tokens);
  return found !== undefined && binds(found.precedence) ? TAKE : LEAVE;
};

const EXPRESSION = { primary: 1, call: 2, cast: 4, inParentheses: 5 } as const;
const startsExpression = firstOf(ApexParser.RULE_expression);

/** Whether the token can only begin an expression: after `(A)`, a minus may begin one or go on with one, and so may a word. */
function onlyStartsExpression(type: number): boolean {
  if (type === LPAREN || (operators[type]?.length ?? 0) > 0) return false;
  return type === ApexParser.Identifier || (startsExpression[type] === 1 && startsName[type] !== 1);
}

const expression: Decide = (tokens) => {
  if (tokens.LA(1) !== LPAREN) return tokens.LA(2) === LPAREN ? EXPRESSION.call : EXPRESSION.primary;
  const closing = tokens.afterType(2);
  if (closing === undefined || tokens.LA(closing) !== RPAREN) return EXPRESSION.inParentheses;
  const next = tokens.LA(closing + 1);
  if (next === ApexParser.INSTANCEOF) return EXPRESSION.inParentheses;
  if (onlyStartsExpression(next)) return EXPRESSION.cast;
  return startsExpression[next] === 1 ? undefined : EXPRESSION.inParentheses;
};

const PRIMARY = { type: 4, name: 6 } as const;

const primary: Decide = (tokens) => {
  if (startsTypeName[tokens.LA(1)] !== 1) return undefined;
  const end = tokens.afterType(1);
  return end !== undefined && tokens.LA(end) === DOT && tokens.LA(end + 1) === CLASS ? PRIMARY.type : PRIMARY.name;
};

const CREATED = { nothing: 1, map: 4, values: 5 } as const;

/** Braces after `new` hold pairs when there is an arrow behind the first expression. */
const creator: Decide = (tokens) => {
  if (tokens.LA(1) !== LBRACE) return undefined;
  if (tokens.LA(2) === RBRACE) return CREATED.nothing;
  const end = tokens.find((type) => type === MAPTO || type === COMMA, 2);
  return end !== undefined && tokens.LA(end) === MAPTO ? CREATED.map : CREATED.values;
};

const CONDITIONS = { and: 1, or: 2, not: 3 } as const;

/** Conditions of one level are all joined by the same word. */
const conditions: Decide = (tokens) => {
  if (tokens.LA(1) === NOT) return tokens.LA(2) === LPAREN ? CONDITIONS.not : undefined;
  const word = tokens.find((type) => type === SOQLAND || type === SOQLOR);
  return word !== undefined && tokens.LA(word) === SOQLOR ? CONDITIONS.or : CONDITIONS.and;
};

/** By rule, its decisions in the order of the grammar; undefined for those that need nothing. */
const BY_RULE: readonly (readonly [number, readonly (Decide | undefined)[]])[] = [
  [ApexParser.RULE_typeDeclaration, [undefined, undefined, undefined, typeDeclaration]],
  [ApexParser.RULE_memberDeclaration, [member]],
  [ApexParser.RULE_typeRef, [when((tokens) => tokens.LA(1) === DOT && startsTypeName[tokens.LA(2)] === 1)]],
  [ApexParser.RULE_arraySubscripts, [when((tokens) => tokens.LA(1) === LBRACK && tokens.LA(2) === RBRACK)]],
  [ApexParser.RULE_typeName, [hasArguments, hasArguments, hasArguments, hasArguments, typeName]],
  [ApexParser.RULE_statement, [statement]],
  [ApexParser.RULE_ifStatement, [when((tokens) => tokens.LA(1) === ELSE)]],
  [
    ApexParser.RULE_expression,
    [expression, undefined, undefined, when((tokens) => tokens.LA(2) === LPAREN), operator, goesOn],
  ],
  [ApexParser.RULE_primary, [primary]],
  [ApexParser.RULE_creator, [creator]],
  [ApexParser.RULE_forControl, [undefined, undefined, undefined, forControl]],
  [ApexParser.RULE_forInit, [forInit]],
  [ApexParser.RULE_whereLogicalExpression, [undefined, undefined, conditions]],
];

/** By the number of a decision. */
export const decisions: ReadonlyMap<number, Decide> = new Map(
  BY_RULE.flatMap(([rule, list]) =>
    list.flatMap((decide, nth) => (decide === undefined ? [] : [[decisionIn(rule, nth), decide] as const])),
  ),
);
