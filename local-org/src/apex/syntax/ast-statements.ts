import type { ApexType } from '../types/types.js';
import type { LocalSymbol } from '../types/symbols.js';
import type { Expression } from './ast-expressions.js';
import type { Modifiers } from './ast-declarations.js';
import type { TypeRefNode } from './ast-types.js';
import type { Identifier, SourceRange } from './source.js';

interface StatementBase {
  readonly range: SourceRange;
}

export interface BlockStatement extends StatementBase {
  readonly kind: 'block';
  readonly statements: readonly Statement[];
}

/** One name of a declaration. The checker sets `local`. */
export interface VariableDeclarator {
  readonly name: Identifier;
  readonly initializer: Expression | undefined;
  local: LocalSymbol | undefined;
}

export interface VariableStatement extends StatementBase {
  readonly kind: 'variable';
  readonly isFinal: boolean;
  readonly modifiers: Modifiers;
  readonly declaredType: TypeRefNode;
  readonly declarators: readonly VariableDeclarator[];
}

export interface ExpressionStatement extends StatementBase {
  readonly kind: 'expression';
  readonly expression: Expression;
}

export interface IfStatement extends StatementBase {
  readonly kind: 'if';
  readonly condition: Expression;
  readonly then: Statement;
  readonly otherwise: Statement | undefined;
}

/** One value of a `when`: an expression that is a literal, or the bare name of an enum constant (then its NameExpression target says which). */
export type WhenClause =
  | {
      readonly kind: 'values';
      readonly values: readonly Expression[];
      readonly body: BlockStatement;
      readonly range: SourceRange;
    }
  /** `when Account a { }`: matches by class or object; null never matches. */
  | {
      readonly kind: 'type';
      readonly matched: TypeRefNode;
      readonly name: Identifier;
      readonly body: BlockStatement;
      readonly range: SourceRange;
      local: LocalSymbol | undefined;
    }
  | { readonly kind: 'else'; readonly body: BlockStatement; readonly range: SourceRange };

/** Exactly one clause runs; no fall-through. Text compares with letter case. */
export interface SwitchStatement extends StatementBase {
  readonly kind: 'switch';
  readonly value: Expression;
  readonly clauses: readonly WhenClause[];
}

export interface WhileStatement extends StatementBase {
  readonly kind: 'while';
  readonly condition: Expression;
  readonly body: Statement | undefined;
}

export interface DoWhileStatement extends StatementBase {
  readonly kind: 'doWhile';
  readonly body: BlockStatement;
  readonly condition: Expression;
}

export interface ForStatement extends StatementBase {
  readonly kind: 'for';
  readonly init: VariableStatement | readonly Expression[];
  readonly condition: Expression | undefined;
  readonly update: readonly Expression[];
  readonly body: Statement | undefined;
}

/** What a for-each walks over: `queryBatches` is `for (List<T> rows : [SELECT ...])`, lists of up to 200 rows. */
export type Iteration = 'list' | 'set' | 'iterable' | 'queryRows' | 'queryBatches' | 'unresolved';

export interface ForEachStatement extends StatementBase {
  readonly kind: 'forEach';
  readonly variableType: TypeRefNode;
  readonly name: Identifier;
  readonly over: Expression;
  readonly body: Statement | undefined;
  iteration: Iteration;
  /** Type of what the iteration yields, before it is assigned to the variable. */
  elementType: ApexType;
  local: LocalSymbol | undefined;
}

export interface CatchClause {
  readonly caught: TypeRefNode;
  readonly name: Identifier;
  readonly body: BlockStatement;
  readonly range: SourceRange;
  local: LocalSymbol | undefined;
}

export interface TryStatement extends StatementBase {
  readonly kind: 'try';
  readonly body: BlockStatement;
  readonly catches: readonly CatchClause[];
  readonly finally: BlockStatement | undefined;
}

export interface ReturnStatement extends StatementBase {
  readonly kind: 'return';
  readonly value: Expression | undefined;
}

export interface ThrowStatement extends StatementBase {
  readonly kind: 'throw';
  readonly value: Expression;
}

export interface BreakStatement extends StatementBase {
  readonly kind: 'break';
}

export interface ContinueStatement extends StatementBase {
  readonly kind: 'continue';
}

/** `insert as user rows;` and its kin. `mode` undefined: the default of the class's API version. */
export interface DmlStatement extends StatementBase {
  readonly kind: 'dml';
  readonly operation: 'insert' | 'update' | 'delete' | 'undelete' | 'upsert' | 'merge';
  readonly mode: 'system' | 'user' | undefined;
  /** One row, a list of rows, or a query; for merge the master row. */
  readonly rows: Expression;
  /** merge: the row or rows to merge into the master. */
  readonly duplicates: Expression | undefined;
  /** upsert: the external id field as written (`Key__c` or `Account.Key__c`); the checker resolves the spelling. */
  readonly externalId: readonly Identifier[];
  externalIdField: string | undefined;
}

/** `System.runAs(user) { }`. */
export interface RunAsStatement extends StatementBase {
  readonly kind: 'runAs';
  readonly args: readonly Expression[];
  readonly body: BlockStatement;
}

export type Statement =
  | BlockStatement
  | VariableStatement
  | ExpressionStatement
  | IfStatement
  | SwitchStatement
  | WhileStatement
  | DoWhileStatement
  | ForStatement
  | ForEachStatement
  | TryStatement
  | ReturnStatement
  | ThrowStatement
  | BreakStatement
  | ContinueStatement
  | DmlStatement
  | RunAsStatement;
