import { Unsupported } from '../apex/runtime/index.js';
import {
  parseXml,
  readFlow,
  type FlowDefinition,
  type FlowReading,
  type FlowRecordStart,
  type FlowStart,
} from '../metadata/index.js';
import type { Component } from '../model/index.js';

/** A flow with the start that decides when it runs. */
export interface StartedFlow<S extends FlowStart> {
  readonly definition: FlowDefinition;
  readonly start: S;
}

/** Readings of components: a deployment makes new ones only for what it changed. */
const readings = new WeakMap<Component, FlowReading>();

function readingOf(component: Component): FlowReading {
  let reading = readings.get(component);
  if (reading === undefined) {
    const xml = parseXml(component.content);
    if (xml.kind === 'malformed') throw new Error(`Flow ${component.fullName}: ${xml.message}`);
    reading = readFlow(component.fullName, xml.root);
    readings.set(component, reading);
  }
  return reading;
}

/** The active flows among deployed components. Read when the first one is asked for. */
export class FlowCatalog {
  private byName: ReadonlyMap<string, FlowReading> | undefined;
  private readonly started = new Map<string, readonly StartedFlow<FlowRecordStart>[]>();

  constructor(private readonly components: readonly Component[]) {}

  private flows(): ReadonlyMap<string, FlowReading> {
    this.byName ??= new Map(
      this.components
        .filter(({ type }) => type === 'Flow')
        .map((component) => [component.fullName.toLowerCase(), readingOf(component)] as const)
        .filter(([, { definition }]) => definition.isActive),
    );
    return this.byName;
  }

  /** An active flow by its name, in any case. @throws Unsupported naming what in it does not run here */
  flow(name: string): FlowDefinition | undefined {
    const reading = this.flows().get(name.toLowerCase());
    return reading === undefined ? undefined : runnable(reading);
  }

  /** A flow by its name, in any case and whatever its status. @throws Unsupported naming what in it does not run here */
  latest(name: string): FlowDefinition | undefined {
    const key = name.toLowerCase();
    const component = this.components.find(({ type, fullName }) => type === 'Flow' && fullName.toLowerCase() === key);
    return component === undefined ? undefined : runnable(readingOf(component));
  }

  /** Active flows that start in one way, also those that hold what does not run here: `flow` refuses them. */
  startedBy<K extends FlowStart['kind']>(kind: K): readonly StartedFlow<Extract<FlowStart, { readonly kind: K }>>[] {
    const isKind = (start: FlowStart): start is Extract<FlowStart, { readonly kind: K }> => start.kind === kind;
    return [...this.flows().values()].flatMap((reading) => {
      const { start } = reading.definition;
      return isKind(start) ? [{ definition: reading.definition, start }] : [];
    });
  }

  /** Record-triggered flows of an object at one point of the save, in the order in which they run. */
  onRecord(object: string, timing: FlowRecordStart['timing']): readonly StartedFlow<FlowRecordStart>[] {
    const key = `${timing} ${object.toLowerCase()}`;
    let flows = this.started.get(key);
    if (flows === undefined) {
      flows = this.recordFlows(object, timing).toSorted(byTriggerOrder);
      this.started.set(key, flows);
    }
    return flows;
  }

  private recordFlows(object: string, timing: FlowRecordStart['timing']): readonly StartedFlow<FlowRecordStart>[] {
    return [...this.flows().values()].flatMap((reading) => {
      const { start } = reading.definition;
      const fits =
        start.kind === 'record' && start.timing === timing && start.object.toLowerCase() === object.toLowerCase();
      return fits ? [{ definition: runnable(reading), start }] : [];
    });
  }
}

function runnable({ definition, refusals: [refusal] }: FlowReading): FlowDefinition {
  if (refusal === undefined) return definition;
  const feature = refusal.message.replace(/ is not supported by the local org$/, '');
  throw new Unsupported(`Flow ${definition.name}: ${feature}`);
}

/** Flows without a number run between those up to 1,000 and those above (Salesforce Help: Define the Run Order of Record-Triggered Flows). */
const UNNUMBERED = 1000.5;

function byTriggerOrder(
  { definition: left }: { definition: FlowDefinition },
  { definition: right }: { definition: FlowDefinition },
): number {
  const order = (left.triggerOrder ?? UNNUMBERED) - (right.triggerOrder ?? UNNUMBERED);
  return order !== 0 ? order : left.name < right.name ? -1 : 1;
}
