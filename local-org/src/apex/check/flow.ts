import type { BlockStatement, Statement } from '../syntax/index.js';
import { report } from './context.js';
import type { Body } from './context.js';

/**
 * Does control never get past the statement? As the platform sees it: `return` and `throw` end a path; `if` with both branches, `switch`
 * with an else, and `try` with its catches do when all their parts do. Loops and `finally` never count.
 */
export function endsPath(statement: Statement): boolean {
  switch (statement.kind) {
    case 'return':
    case 'throw':
      return true;
    case 'block':
      return statement.statements.some(endsPath);
    case 'if':
      return statement.otherwise !== undefined && endsPath(statement.then) && endsPath(statement.otherwise);
    case 'switch':
      return (
        statement.clauses.some((clause) => clause.kind === 'else') &&
        statement.clauses.every((clause) => endsPath(clause.body))
      );
    case 'try':
      return endsPath(statement.body) && statement.catches.every((clause) => endsPath(clause.body));
    default:
      return false;
  }
}

function parts(statement: Statement): readonly Statement[] {
  switch (statement.kind) {
    case 'block':
      return statement.statements;
    case 'if':
      return statement.otherwise === undefined ? [statement.then] : [statement.then, statement.otherwise];
    case 'switch':
      return statement.clauses.map((clause) => clause.body);
    case 'try':
      return [
        statement.body,
        ...statement.catches.map((clause) => clause.body),
        ...(statement.finally === undefined ? [] : [statement.finally]),
      ];
    case 'while':
    case 'for':
    case 'forEach':
      return statement.body === undefined ? [] : [statement.body];
    case 'doWhile':
    case 'runAs':
      return [statement.body];
    default:
      return [];
  }
}

/** Reports the first statement of each list that nothing leads to. */
export function checkReachable(statements: readonly Statement[], body: Body): void {
  const end = statements.findIndex(endsPath);
  const unreachable = end < 0 ? undefined : statements[end + 1];
  if (unreachable !== undefined) report(body, unreachable.range, 'Unreachable statement');
  for (const statement of statements) {
    if (statement.kind === 'block') checkReachable(statement.statements, body);
    else for (const part of parts(statement)) checkReachable([part], body);
  }
}

/** Does a method body always return a value or throw? */
export function alwaysReturns(block: BlockStatement): boolean {
  return endsPath(block);
}
