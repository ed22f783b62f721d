import { z } from 'zod';
import { SObject } from '../../data/index.js';
import { reviveGraph, storedGraph, storeGraph, type ApexRuntime, type StoredGraph } from '../../apex/runtime/index.js';
import type { KernelHost } from './host.js';

const KEY = 'event:';
const COUNTER = 'events';
/** Events are kept for three days (PLATFORM 3.5). */
const RETENTION = 72 * 3_600_000;

const storedEvent = z.object({
  object: z.string(),
  replayId: z.number(),
  publishedAt: z.number(),
  graph: storedGraph,
});

/** A published event, as JSON so that deployments and restarts do not touch it. */
export interface LoggedEvent {
  readonly object: string;
  readonly replayId: number;
  readonly publishedAt: number;
  readonly graph: StoredGraph;
}

/** Everything that was published and that some subscriber has still to get, in the order of the Replay Ids. */
export class EventLog {
  private readonly byObject = new Map<string, LoggedEvent[]>();
  private last = 0;

  constructor(private readonly host: KernelHost) {}

  /** Replay Id of the event that was published last, of any object. */
  get tip(): number {
    return this.last;
  }

  append(event: SObject): void {
    const replayId = ++this.last;
    event.set('ReplayId', String(replayId));
    const logged: LoggedEvent = {
      object: event.object.name.toLowerCase(),
      replayId,
      publishedAt: this.host.clock.now(),
      graph: storeGraph(this.host.rows(), event),
    };
    this.listOf(logged.object).push(logged);
    this.host.state.put(COUNTER, replayId);
    this.host.state.put(KEY + keyOf(replayId), logged);
  }

  /** Events of an object behind a Replay Id. */
  after(object: string, replayId: number): readonly LoggedEvent[] {
    const events = this.listOf(object.toLowerCase());
    return events.slice(firstBehind(events, replayId));
  }

  /** Forgets the events of an object up to a Replay Id, and what is too old. */
  drop(object: string, upTo: number): void {
    const events = this.listOf(object.toLowerCase());
    const oldest = this.host.clock.now() - RETENTION;
    let count = firstBehind(events, upTo);
    while ((events[count]?.publishedAt ?? Infinity) < oldest) count++;
    for (const { replayId } of events.splice(0, count)) this.host.state.remove(KEY + keyOf(replayId));
  }

  /** Objects of which there are events. */
  objects(): readonly string[] {
    return [...this.byObject].filter(([, events]) => events.length > 0).map(([object]) => object);
  }

  /** Takes up the events of an earlier process. */
  restore(): void {
    const last = this.host.state.get(COUNTER);
    this.last = typeof last === 'number' ? last : 0;
    for (const [, value] of this.host.state.under(KEY)) {
      const event = storedEvent.parse(value);
      this.listOf(event.object).push(event);
    }
  }

  private listOf(object: string): LoggedEvent[] {
    let events = this.byObject.get(object);
    if (events === undefined) {
      events = [];
      this.byObject.set(object, events);
    }
    return events;
  }
}

/** Place of the first event behind a Replay Id; events are in the order of their Ids. */
function firstBehind(events: readonly LoggedEvent[], replayId: number): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.replayId ?? 0) > replayId) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The record that subscribers see. @throws ReviveError when its object is gone */
export function recordOf(runtime: ApexRuntime, event: LoggedEvent): SObject {
  const record = reviveGraph(runtime, event.graph);
  if (record instanceof SObject) return record;
  throw new Error(`Event ${event.replayId} is no record.`);
}

/** Keys sort in the order of the Ids. */
function keyOf(replayId: number): string {
  return String(replayId).padStart(15, '0');
}
