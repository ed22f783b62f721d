import type { CodeTrace, TracedTransaction, TraceSink, TransactionTrace } from '../../apex/runtime/index.js';

/** Passes what happens in transactions on to everybody who has joined: debug logs, live views. */
export class TraceHub implements TraceSink {
  private readonly sinks = new Set<TraceSink>();

  /** The sink is told of every transaction that begins from now on; call the result to leave. */
  join(sink: TraceSink): () => void {
    this.sinks.add(sink);
    return () => this.sinks.delete(sink);
  }

  begin(transaction: TracedTransaction): TransactionTrace | undefined {
    const traces = [...this.sinks].flatMap((sink) => sink.begin(transaction) ?? []);
    return traces.length < 2 ? traces[0] : together(traces);
  }
}

function together(traces: readonly TransactionTrace[]): TransactionTrace {
  const codes = traces.flatMap(({ code }) => code ?? []);
  return {
    wants: (category, level) => traces.some((trace) => trace.wants(category, level)),
    note: (event) => {
      for (const trace of traces) if (trace.wants(event.category, event.level)) trace.note(event);
    },
    code: codes.length < 2 ? codes[0] : codesTogether(codes),
    end: (error) => {
      for (const trace of traces) trace.end(error);
    },
  };
}

function codesTogether(codes: readonly CodeTrace[]): CodeTrace {
  return {
    statement: (line) => {
      for (const code of codes) code.statement(line);
    },
    enter: (kind, className, signature, depth) => {
      for (const code of codes) code.enter(kind, className, signature, depth);
    },
    leave: (depth) => {
      for (const code of codes) code.leave(depth);
    },
  };
}
