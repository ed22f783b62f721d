import { createHash } from 'node:crypto';

import type { SObject } from '../../data/index.js';
import type { FlowDefinition } from '../../metadata/index.js';
import type { FlowOrg } from '../org.js';
import { FlowStructure, type FlowValue } from '../values/index.js';

/** How far a loop has come. */
interface LoopState {
  readonly items: readonly FlowValue[];
  next: number;
}

/** What started an interview. */
export interface InterviewStart {
  /** `$Record`: the record or event that started the flow. */
  readonly record?: SObject | undefined;
  /** `$Record__Prior`: the record before the change; absent where there is none. */
  readonly prior?: SObject | undefined;
  /** The record is new: `ISNEW()`. */
  readonly isNew?: boolean | undefined;
  /** Runs with the rights of the running user; flows that nobody watches run in system context (PLATFORM 1.5.4). */
  readonly userMode?: boolean | undefined;
  /** Values of input variables. */
  readonly inputs?: Iterable<readonly [string, FlowValue]> | undefined;
}

/** One run of a flow: its values and where it has been. */
export class Interview {
  private ownGuid: string | undefined;
  readonly startedAt: number;
  readonly record: SObject | undefined;
  readonly prior: SObject | undefined;
  readonly isNew: boolean;
  readonly userMode: boolean;
  /** `$Flow.FaultMessage` of the fault path that runs. */
  faultMessage: string | null = null;
  /** Variables, outputs of elements, items of loops, fields of screens, by lower-cased name. */
  private readonly values = new Map<string, FlowValue>();
  private readonly loops = new Map<string, LoopState>();
  /** Lower-cased names of elements and outcomes that ran, and of elements that failed. */
  readonly visited = new Set<string>();
  readonly faulted = new Set<string>();
  /** Lower-cased names of choices that were made on screens. */
  readonly selected = new Set<string>();
  /** Texts of custom errors: the change that started the flow is refused. */
  readonly errors: { readonly message: string; readonly field: string | undefined }[] = [];

  constructor(
    readonly org: FlowOrg,
    readonly definition: FlowDefinition,
    start: InterviewStart,
  ) {
    this.startedAt = org.runtime.now;
    this.record = start.record;
    this.prior = start.prior;
    this.isNew = start.isNew === true;
    this.userMode = start.userMode === true && definition.runMode === 'DefaultMode';
    for (const [name, value] of start.inputs ?? []) this.values.set(name.toLowerCase(), value);
  }

  /** `$Flow.InterviewGuid`: always the same for the same interview of the same org, so that runs can be repeated. */
  get guid(): string {
    const { runtime } = this.org;
    this.ownGuid ??= guidOf(runtime.data.store.nextId(runtime.object('FlowInterview')));
    return this.ownGuid;
  }

  get zone(): string {
    return this.org.runtime.timeZone;
  }

  /** Value that a name holds; undefined when nothing was stored under it yet. */
  stored(name: string): FlowValue | undefined {
    return this.values.get(name.toLowerCase());
  }

  store(name: string, value: FlowValue): void {
    this.values.set(name.toLowerCase(), value);
  }

  /** The loop's state; a loop that ended begins anew when it is entered again. */
  loop(name: string): LoopState | undefined {
    return this.loops.get(name);
  }

  enterLoop(name: string, items: readonly FlowValue[]): LoopState {
    const state = { items, next: 0 };
    this.loops.set(name, state);
    return state;
  }

  leaveLoop(name: string): void {
    this.loops.delete(name);
  }

  /** True for the name of a decision's outcome. */
  isOutcome(name: string): boolean {
    return outcomesOf(this.definition).has(name.toLowerCase());
  }

  /** Values of the output variables. */
  outputs(): FlowStructure {
    const outputs = new FlowStructure();
    for (const [name, resource] of this.definition.resources) {
      if (resource.kind === 'variable' && resource.isOutput) outputs.set(resource.name, this.values.get(name) ?? null);
    }
    return outputs;
  }
}

function guidOf(id: string): string {
  const hex = createHash('sha256').update(id).digest('hex');
  return `${hex.slice(0, 39)}-${hex.slice(39, 43)}`;
}

const outcomes = new WeakMap<FlowDefinition, ReadonlySet<string>>();

function outcomesOf(definition: FlowDefinition): ReadonlySet<string> {
  let names = outcomes.get(definition);
  if (names === undefined) {
    const rules = [...definition.elements.values()].flatMap((element) =>
      element.kind === 'decision' ? element.rules.map((rule) => rule.name.toLowerCase()) : [],
    );
    names = new Set(rules);
    outcomes.set(definition, names);
  }
  return names;
}
