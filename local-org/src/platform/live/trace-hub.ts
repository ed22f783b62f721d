import type { TraceEvent, TraceSink } from '../../apex/runtime/index.js';

type Begin = Parameters<TraceSink['begin']>[0];

/** Passes what happens in transactions on to everybody who has joined: debug logs, live views. */
export class TraceHub implements TraceSink {
  private readonly sinks = new Set<TraceSink>();

  /** From now on the sink is told; call the result to leave. A transaction that runs already is told from its next event. */
  join(sink: TraceSink): () => void {
    this.sinks.add(sink);
    return () => this.sinks.delete(sink);
  }

  begin(transaction: Begin): void {
    for (const sink of this.sinks) sink.begin(transaction);
  }

  trace(requestId: string, event: TraceEvent): void {
    for (const sink of this.sinks) sink.trace(requestId, event);
  }

  end(requestId: string, error: Error | object | undefined): void {
    for (const sink of this.sinks) sink.end(requestId, error);
  }
}
