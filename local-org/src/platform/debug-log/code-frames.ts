import type { CodeTrace, TraceEvent, TraceLevel } from '../../apex/runtime/index.js';

interface Frame {
  readonly depth: number;
  readonly callLine: number;
  readonly kind: 'METHOD' | 'CONSTRUCTOR';
  readonly parts: readonly string[];
}

/** What code frames are logged to. */
export interface CodeLog {
  note(event: TraceEvent): void;
  readonly hasStatements: boolean;
  /** Id of a class by its full name; empty when the org keeps none. */
  classId(className: string): string;
}

const LEVEL: TraceLevel = 'FINE';

/**
 * Follows compiled code: entry and exit of methods and constructors, and statements. The line of an entry is that of the call, as on the
 * platform. A method that an exception ends has no exit.
 */
export class CodeFrames implements CodeTrace {
  private readonly frames: Frame[] = [];
  private line = 0;

  constructor(private readonly log: CodeLog) {}

  statement(line: number): void {
    this.line = line;
    if (!this.log.hasStatements) return;
    this.log.note({ category: 'ApexCode', level: 'FINER', event: 'STATEMENT_EXECUTE', line, parts: [] });
  }

  enter(kind: Frame['kind'], className: string, signature: string, depth: number): void {
    this.dropTo(depth);
    const id = this.log.classId(className);
    const parts = kind === 'METHOD' ? [id, signature] : [id, signature, className];
    this.frames.push({ depth, callLine: this.line, kind, parts });
    this.log.note({ category: 'ApexCode', level: LEVEL, event: `${kind}_ENTRY`, line: this.line, parts });
  }

  leave(depth: number): void {
    this.dropTo(depth + 1);
    const frame = this.frames.at(-1);
    if (frame?.depth !== depth) return;
    this.frames.pop();
    this.line = frame.callLine;
    const { kind, callLine, parts } = frame;
    this.log.note({ category: 'ApexCode', level: LEVEL, event: `${kind}_EXIT`, line: callLine, parts });
  }

  /** Forgets the frames that an exception ended: those at the depth and below. */
  private dropTo(depth: number): void {
    while ((this.frames.at(-1)?.depth ?? -1) >= depth) this.frames.pop();
  }
}
