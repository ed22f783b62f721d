import type { Node } from 'ts-morph';
import type { Diagnostic } from '../../model/index.js';

/** What a check of a contract says; the position comes from the node. */
export interface ContractProblem {
  /** Stable name of the check. */
  readonly code: string;
  readonly message: string;
  readonly reason: string;
  readonly fix: string;
  readonly suggestion?: string;
}

/** Collects the problems of all contracts, each once however often its place is read, in the order of files and lines. */
export class ProblemList {
  private readonly found = new Map<string, Diagnostic>();

  public at(node: Node, problem: ContractProblem, file: string): void {
    const { line, column } = node.getSourceFile().getLineAndColumnAtPos(node.getStart());
    this.add({ file, line, column }, firstLine(node.getText()), problem);
  }

  public add(position: Diagnostic['position'], excerpt: string, problem: ContractProblem): void {
    const key = [position.file, position.line, position.column, problem.code].join(':');
    this.found.set(key, { severity: 'error', position, excerpt, suggestion: undefined, ...problem });
  }

  public sorted(): readonly Diagnostic[] {
    return [...this.found.values()].sort(
      ({ position: left }, { position: right }) =>
        compare(left.file, right.file) || left.line - right.line || left.column - right.column,
    );
  }
}

const EXCERPT_LIMIT = 100;

/** First line of a text, shortened to what a terminal line holds. */
export function firstLine(text: string): string {
  const line = (text.split(/\r?\n/)[0] ?? '').trim();
  return line.length > EXCERPT_LIMIT ? `${line.slice(0, EXCERPT_LIMIT - 1)}…` : line;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
