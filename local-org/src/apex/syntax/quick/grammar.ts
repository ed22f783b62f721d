import { ApexParser, ApexParserFactory } from '@apexdevtools/apex-parser';
import type { ATNState, DecisionState } from 'antlr4';

/** What a state of the parser's network has at run time, too. */
interface Decision extends DecisionState {
  readonly ruleIndex: number;
  readonly transitions: readonly Transition[];
}

interface Transition {
  readonly target: ATNState & { readonly transitions: readonly Transition[] };
  /** How tightly what follows binds, where the grammar asks for that. */
  readonly precedence?: number;
}

function isDecision(state: DecisionState): state is Decision {
  return 'ruleIndex' in state && 'transitions' in state;
}

const grammar = ApexParserFactory.createParser('')._interp.atn;
const states: readonly Decision[] = grammar.decisionToState.filter(isDecision);

/** Token types have smaller numbers than this. */
const TOKENS = ApexParser.symbolicNames.length;
const EPSILON = -2;

/** A set of token types, to be asked very often. */
export type TokenTypes = Uint8Array;

function tokenTypes(numbers: { contains(type: number): boolean }): TokenTypes {
  return Uint8Array.from({ length: TOKENS }, (_, type) => (numbers.contains(type) ? 1 : 0));
}

/** The tokens that a rule can begin with. */
export function firstOf(rule: number): TokenTypes {
  const start = grammar.ruleToStartState[rule];
  if (start === undefined) throw new Error(`The grammar has no rule ${String(rule)}`);
  return tokenTypes(grammar.nextTokens(start));
}

/** The number of the nth decision in a rule. */
export function decisionIn(rule: number, nth: number): number {
  const found = states.filter((state) => state.ruleIndex === rule)[nth];
  if (found === undefined) throw new Error(`The grammar has no decision ${String(nth)} in rule ${String(rule)}`);
  return found.decision;
}

/** For each token type, the only alternative that can begin with it; 0 when several can. */
export type OneTokenTable = Uint8Array;

/** Undefined when an alternative can be empty: what follows then depends on the context. */
export function oneTokenTable(decision: number): OneTokenTable | undefined {
  const alternatives = states[decision]?.transitions.map(({ target }) => grammar.nextTokens(target)) ?? [];
  if (alternatives.some((first) => first.contains(EPSILON))) return undefined;
  return Uint8Array.from({ length: TOKENS }, (_, type) => {
    const able = alternatives.flatMap((first, at) => (first.contains(type) ? [at + 1] : []));
    return able.length === 1 ? (able[0] ?? 0) : 0;
  });
}

/** A way to go on after an expression. */
export interface Continuation {
  readonly alternative: number;
  readonly precedence: number;
}

/** What can follow an expression, by the token it begins with, the tighter binding one first. */
export function continuations(decision: number): readonly (readonly Continuation[])[] {
  const table = Array.from({ length: TOKENS }, (): Continuation[] => []);
  for (const [at, { target }] of (states[decision]?.transitions ?? []).entries()) {
    const [guard] = target.transitions;
    if (guard?.precedence === undefined) throw new Error('An operator has no precedence');
    const first = tokenTypes(grammar.nextTokens(guard.target));
    for (const [type, list] of table.entries())
      if (first[type] === 1) list.push({ alternative: at + 1, precedence: guard.precedence });
  }
  for (const list of table) list.sort((a, b) => b.precedence - a.precedence);
  return table;
}
