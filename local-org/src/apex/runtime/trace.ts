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

/** Receives what happens in transactions: the debug log and live views are made from it. */
export interface TraceSink {
  /** A transaction begins. */
  begin(transaction: {
    readonly requestId: string;
    readonly quiddity: string;
    readonly userId: string;
    readonly isTest: boolean;
  }): void;
  trace(requestId: string, event: TraceEvent): void;
  /** The transaction committed (`error` undefined) or failed. */
  end(requestId: string, error: Error | object | undefined): void;
}
