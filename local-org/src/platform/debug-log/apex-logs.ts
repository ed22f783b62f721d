import { ApexDatetime, rowValues, toId18, type FieldValue, type Store } from '../../data/index.js';
import type { DebugLog } from './debug-log.js';

/** Most logs that are kept, and most bytes of them together; the oldest give way. A real org keeps 1,000 MB for up to seven days. */
const MAX_LOGS = 1000;
const MAX_BYTES = 100_000_000;

/** How the platform's list of logs describes one (Object Reference: ApexLog). */
export interface LogFacts {
  readonly userId: string;
  /** What was asked of the org: `/services/Soap/s/66.0`, `QueueableHandler`. */
  readonly operation: string;
  /** `Api` for requests of a client, `Application` for what the org does by itself. */
  readonly request: 'Api' | 'Application';
  /** Pairs the logs of one request. */
  readonly requestId: string;
}

/** Longest status that the field holds. */
const STATUS_LENGTH = 255;

/** The org's debug logs: a row of ApexLog for each, and their texts, in memory. Rows of logs of an earlier start of the org go. */
export class ApexLogs {
  private readonly bodies = new Map<string, { readonly text: string; readonly bytes: number }>();
  private bytes = 0;
  private readonly listeners = new Set<(id: string) => void>();

  /** @param store gives the org's records, of which ApexLog is one */
  constructor(
    private readonly store: () => Store,
    private readonly limits = { logs: MAX_LOGS, bytes: MAX_BYTES },
  ) {
    const rows = store();
    const object = rows.schema.object('ApexLog');
    if (object === undefined) return;
    for (const { id } of [...rows.table(object).all()]) rows.remove(object, id);
    rows.commit();
  }

  /** Keeps a log that is complete and returns its Id. */
  save(log: DebugLog, facts: LogFacts): string {
    const store = this.store();
    const object = store.schema.object('ApexLog');
    if (object === undefined) throw new Error('The platform tables have no ApexLog.');
    const id = store.nextId(object);
    const text = log.toString();
    const started = new ApexDatetime(log.startedAt);
    const values: Readonly<Record<string, FieldValue>> = {
      Id: id,
      Application: 'Unknown',
      DurationMilliseconds: log.duration,
      Location: 'SystemLog',
      LogLength: Buffer.byteLength(text),
      LogUserId: facts.userId,
      Operation: facts.operation,
      Request: facts.request,
      RequestIdentifier: facts.requestId,
      StartTime: started,
      Status: (log.failure ?? 'Success').slice(0, STATUS_LENGTH),
      LastModifiedDate: started,
      SystemModstamp: started,
    };
    store.put(object, { id, deleted: false, values: rowValues(Object.entries(values)) });
    store.commit();
    this.bodies.set(id, { text, bytes: log.bytes });
    this.bytes += log.bytes;
    this.makeRoom();
    for (const listener of this.listeners) listener(id);
    return id;
  }

  /** The log's text; undefined when there is none of that Id, in either form, or its row is gone. */
  body(id: string): string | undefined {
    const found = this.store().rowOfId(toId18(id) ?? id);
    return found === undefined || found.row.deleted ? undefined : this.bodies.get(found.row.id)?.text;
  }

  /** Is told the Id of every log that is kept, until the returned function is called. */
  onSaved(listener: (id: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private makeRoom(): void {
    const store = this.store();
    const object = store.schema.object('ApexLog');
    for (const [id, { bytes }] of this.bodies) {
      const row = object === undefined ? undefined : store.table(object).get(id);
      const isGone = row === undefined || row.deleted;
      if (!isGone && this.bodies.size <= this.limits.logs && this.bytes <= this.limits.bytes) return;
      this.bodies.delete(id);
      this.bytes -= bytes;
      if (object !== undefined && row !== undefined) store.remove(object, id);
    }
    store.commit();
  }
}
