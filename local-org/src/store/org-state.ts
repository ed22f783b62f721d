import type { Component, OrgUser, OrgView } from '../model/index.js';
import type { StoredComponent } from './records.js';

/** What the org holds at one moment. Never changes: a deployment makes the next state from it, and throws it away when it fails. */
export class OrgState implements OrgView {
  public readonly users: readonly OrgUser[];
  /** Names of the certificates that were made in the org. They are seen by checks, but were never deployed. */
  public readonly certificates: readonly string[];
  readonly #components: ReadonlyMap<string, StoredComponent>;
  readonly #byType: ReadonlyMap<string, readonly Component[]>;
  readonly #views: ReadonlyMap<string, Component>;

  public constructor(
    components: ReadonlyMap<string, StoredComponent>,
    users: readonly OrgUser[],
    certificates: readonly string[] = [],
  ) {
    this.users = users;
    this.certificates = certificates;
    this.#components = components;
    const views = new Map<string, Component>();
    const byType = new Map<string, Component[]>();
    for (const view of [...[...components.values()].map(toComponent), ...certificates.map(certificate)]) {
      const key = componentKey(view.type, view.fullName);
      if (views.has(key)) continue;
      views.set(key, view);
      const group = byType.get(view.type);
      if (group === undefined) byType.set(view.type, [view]);
      else group.push(view);
    }
    this.#views = views;
    this.#byType = byType;
  }

  public component(type: string, fullName: string): Component | undefined {
    return this.#views.get(componentKey(type, fullName));
  }

  public components(type: string): readonly Component[] {
    return this.#byType.get(type) ?? [];
  }

  /** Every deployed component, in the order of first deployment. */
  public all(): readonly StoredComponent[] {
    return [...this.#components.values()];
  }

  public stored(type: string, fullName: string): StoredComponent | undefined {
    return this.#components.get(componentKey(type, fullName));
  }

  /** The state after components were put and removed (by key, see `componentKey`). */
  public with(put: readonly StoredComponent[], remove: readonly string[]): OrgState {
    const next = new Map(this.#components);
    for (const key of remove) next.delete(key);
    for (const component of put) next.set(componentKey(component.type, component.fullName), component);
    return new OrgState(next, this.users, this.certificates);
  }

  public withUsers(users: readonly OrgUser[]): OrgState {
    return new OrgState(this.#components, users, this.certificates);
  }

  public withCertificates(certificates: readonly string[]): OrgState {
    return new OrgState(this.#components, this.users, certificates);
  }
}

/** Identity of a component in an org: names ignore case. */
export function componentKey(type: string, fullName: string): string {
  return `${type}:${fullName.toLowerCase()}`;
}

function toComponent({ type, fullName, fileName, content, metaXml }: StoredComponent): Component {
  return { type, fullName, fileName, content, metaXml };
}

/** A certificate holds a private key that never leaves the org: there is nothing to read in it. */
function certificate(fullName: string): Component {
  return { type: 'Certificate', fullName, fileName: `certs/${fullName}.crt`, content: '', metaXml: undefined };
}
