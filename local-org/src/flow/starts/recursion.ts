import type { SObject } from '../../data/index.js';

/** The records of one save that is under way, and the flows that it has started for each. */
interface Save {
  readonly started: Map<SObject, Set<string>>;
}

/**
 * Keeps flows from starting themselves: while a save is under way, a flow that it started for a record does not start again for that record
 * when the record is saved again within it. Two saves after each other start it twice. (Architect's Guide to Record-Triggered Automation:
 * flows do not run recursively.)
 */
export class RecursionGuard {
  private readonly saves: Save[] = [];

  /** How many saves are under way inside each other. */
  get depth(): number {
    return this.saves.length;
  }

  /** A save of these records begins, or goes on. */
  enter(records: readonly SObject[]): void {
    const [first] = records;
    if (first !== undefined && this.saves.at(-1)?.started.has(first) === true) return;
    this.saves.push({ started: new Map(records.map((record) => [record, new Set()])) });
  }

  /** A save of these records has ended. */
  leave(records: readonly SObject[]): void {
    const [first] = records;
    if (first !== undefined && this.saves.at(-1)?.started.has(first) === true) this.saves.pop();
  }

  /** Those of the records for which no save around this one has started the flow. */
  free(flow: string, records: readonly SObject[]): readonly SObject[] {
    const running = new Set<string>();
    for (const save of this.saves.slice(0, -1)) {
      for (const [record, flows] of save.started) if (record.id !== null && flows.has(flow)) running.add(record.id);
    }
    return records.filter((record) => record.id === null || !running.has(record.id));
  }

  /** Notes that the flow runs for a record of the innermost save. */
  note(flow: string, record: SObject): void {
    this.saves.at(-1)?.started.get(record)?.add(flow);
  }
}
