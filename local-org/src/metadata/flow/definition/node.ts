import { child, childrenOf, textOf, type XmlElement } from '../../xml/document.js';

/** Something in a flow that the engine does not run. */
export interface FlowRefusal {
  readonly at: XmlElement;
  /** Names the feature. */
  readonly message: string;
}

/** How what the local org does not run is refused. */
export const refusalOf = (what: string): string => `${what} is not supported by the local org`;

/** Children that say nothing about how an element runs: names, places on the canvas, notes, what Flow Builder keeps for itself. */
const SILENT: ReadonlySet<string> = new Set([
  'description',
  'elementSubtype',
  'label',
  'locationX',
  'locationY',
  'name',
  'nameSegment',
  'processMetadataValues',
  'versionSegment',
  'versionString',
]);

/**
 * Reads one XML element of a flow and notices what nobody asked for: a child that no reader knows is refused by name, so that nothing in a
 * flow is ever skipped silently.
 */
export class FlowNode {
  private readonly known = new Set(SILENT);

  constructor(
    readonly element: XmlElement,
    private readonly refusals: FlowRefusal[],
  ) {}

  /** Trimmed text of a child; undefined when it is missing or empty. */
  text(name: string): string | undefined {
    this.known.add(name);
    return textOf(this.element, name);
  }

  /** Text of a child as it stands, for texts that people see; undefined when it is missing. */
  rawText(name: string): string | undefined {
    this.known.add(name);
    return child(this.element, name)?.text;
  }

  flag(name: string): boolean {
    const text = this.text(name);
    return text === 'true' || text === '1';
  }

  number(name: string): number | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : Number(text);
  }

  /** Value of a child that must be one of a list; anything else is refused by name, and the first one of the list stands in. */
  oneOf<T extends string>(name: string, allowed: readonly [T, ...T[]], what: string): T {
    const text = this.text(name);
    const found = allowed.find((candidate) => candidate === text);
    if (found === undefined && text !== undefined) this.refuse(`${what} ${text}`, name);
    return found ?? allowed[0];
  }

  one(name: string): FlowNode | undefined {
    this.known.add(name);
    const found = child(this.element, name);
    return found === undefined ? undefined : new FlowNode(found, this.refusals);
  }

  all(name: string): readonly FlowNode[] {
    this.known.add(name);
    return childrenOf(this.element, name).map((found) => new FlowNode(found, this.refusals));
  }

  /** Children that change nothing here. */
  ignore(...names: readonly string[]): this {
    for (const name of names) this.known.add(name);
    return this;
  }

  refuse(what: string, childName?: string): void {
    const at = childName === undefined ? undefined : child(this.element, childName);
    this.refusals.push({ at: at ?? this.element, message: refusalOf(what) });
  }

  /** Refuses every child that was not read. @param title how the platform names the element, for messages */
  finish(title: string): void {
    for (const found of this.element.children) {
      if (!this.known.has(found.local))
        this.refusals.push({ at: found, message: refusalOf(`${found.local} of ${title}`) });
    }
  }
}
