import type { Node } from 'ts-morph';
import { excerptOf } from '../../diagnostics/index.js';
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
    const source = node.getSourceFile();
    const { line, column } = source.getLineAndColumnAtPos(node.getStart());
    this.add({ file, line, column }, source.getFullText(), problem);
  }

  /** `text`: the whole file that the position is in; empty when nothing of it can be shown. */
  public add(position: Diagnostic['position'], text: string, problem: ContractProblem): void {
    const key = [position.file, position.line, position.column, problem.code].join(':');
    const excerpt = excerptOf(lineAt(text, position.line), position.column);
    this.found.set(key, { severity: 'error', position, excerpt, suggestion: undefined, ...problem });
  }

  public sorted(): readonly Diagnostic[] {
    return [...this.found.values()].sort(
      ({ position: left }, { position: right }) =>
        compare(left.file, right.file) || left.line - right.line || left.column - right.column,
    );
  }
}

/** One line of a text, counted from 1. */
function lineAt(text: string, line: number): string {
  return text.split(/\r?\n/)[line - 1] ?? '';
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
