/** Category of a debug log, as trace flags name them (PLATFORM 4). */
export type TraceCategory =
  | 'ApexCode'
  | 'ApexProfiling'
  | 'Callout'
  | 'Database'
  | 'NBA'
  | 'System'
  | 'Validation'
  | 'Visualforce'
  | 'Wave'
  | 'Workflow';

export type TraceLevel = 'ERROR' | 'WARN' | 'INFO' | 'DEBUG' | 'FINE' | 'FINER' | 'FINEST';

/** One line of a debug log: `HH:MM:SS.mmm (nanoseconds)|EVENT|[line]|part|part`. */
export interface TraceEvent {
  readonly category: TraceCategory;
  /** Least level of its category at which the event is logged. */
  readonly level: TraceLevel;
  /** `CALLOUT_REQUEST`, `SOQL_EXECUTE_BEGIN` ... */
  readonly event: string;
  /** Line of Apex; `EXTERNAL` for what the platform does by itself; absent for events without a place. */
  readonly line?: number | 'EXTERNAL' | undefined;
  readonly parts: readonly string[];
}

/** Which transaction begins, for whoever decides whether to listen. */
export interface TracedTransaction {
  readonly requestId: string;
  readonly quiddity: string;
  readonly userId: string;
  readonly isTest: boolean;
}

/** Follows compiled code that was compiled for it (`Program.traceCode`). Depths count the calls on the stack, from 1. */
export interface CodeTrace {
  statement(line: number): void;
  /**
   * A method or constructor of the project begins.
   * @param kind `METHOD` or `CONSTRUCTOR`, the beginning of the event's name
   * @param className full name of the class that declares it
   * @param signature `Account.recalculate(List<Account>)`, or `<init>(String)` for a constructor
   */
  enter(kind: 'METHOD' | 'CONSTRUCTOR', className: string, signature: string, depth: number): void;
  /** It returns. One that an exception ends is never told. */
  leave(depth: number): void;
}

/** Listens to one transaction. */
export interface TransactionTrace {
  /** Asked before an event is put together, so that what nobody wants costs nothing. */
  wants(category: TraceCategory, level: TraceLevel): boolean;
  /** Called only with events that are wanted. */
  note(event: TraceEvent): void;
  /** Undefined: code runs without being followed, at full speed. */
  readonly code: CodeTrace | undefined;
  /** The transaction committed (`error` undefined) or failed. */
  end(error: Error | object | undefined): void;
}

/** Receives what happens in transactions: the debug log and live views are made from it. */
export interface TraceSink {
  /** A transaction begins. Undefined when nobody listens to it. What a test starts by stopTest or deliver belongs to the test's transaction. */
  begin(transaction: TracedTransaction): TransactionTrace | undefined;
}
