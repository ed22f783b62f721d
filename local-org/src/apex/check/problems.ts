import type { SourceRange } from '../syntax/index.js';

/** One finding in a file, before it is tied to a component. */
export interface Finding {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Collects the findings of one file; a place gets each message once. */
export class Findings {
  private readonly found: Finding[] = [];
  private readonly seen = new Set<string>();

  report(at: Pick<SourceRange, 'line' | 'column'>, message: string): void {
    const key = `${String(at.line)}:${String(at.column)}:${message}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    this.found.push({ line: at.line, column: at.column, message });
  }

  /** In source order. */
  list(): readonly Finding[] {
    return this.found.toSorted((left, right) => left.line - right.line || left.column - right.column);
  }
}
