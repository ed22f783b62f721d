import type { Component } from '../model/index.js';
import type { ComponentType } from './registry/componentTypes.js';
import { componentTypes } from './registry/componentTypes.js';
import { child, childrenOf, textOf, type XmlElement } from './xml/document.js';
import { parseXml, type ParsedXml } from './xml/parse.js';

/** A component that could be read: what rules look at. */
export interface Subject {
  readonly component: Component;
  readonly definition: ComponentType;
  readonly root: XmlElement;
}

/** A component inside another one's file. */
export interface ChildComponent {
  readonly type: string;
  readonly fullName: string;
  readonly element: XmlElement;
}

/** File that holds the XML of a component: the component's own, or the `-meta.xml` beside its code. */
export function xmlFileName(component: Component, definition: ComponentType): string {
  return definition.metaXml ? `${component.fileName}-meta.xml` : component.fileName;
}

/** Parses the XML of a component; undefined when code came without its `-meta.xml`. */
export function parseComponent(component: Component, definition: ComponentType): ParsedXml | undefined {
  const xml = definition.metaXml ? component.metaXml : component.content;
  return xml === undefined ? undefined : parseXml(xml);
}

/** Reads a component for looking things up in it; undefined when that is impossible, which its own check reports. */
export function readSubject(component: Component): Subject | undefined {
  const definition = componentTypes.get(component.type);
  if (definition === undefined) return undefined;
  const parsed = parseComponent(component, definition);
  if (parsed?.kind !== 'document') return undefined;
  return { component, definition, root: parsed.root };
}

/** The components inside a component's file. */
export function childComponents(subject: Subject): readonly ChildComponent[] {
  return subject.definition.children.flatMap(({ type, element, qualified }) =>
    childrenOf(subject.root, element).flatMap((found) => {
      const name = textOf(found, 'fullName');
      if (name === undefined) return [];
      return [{ type, fullName: qualified ? `${subject.component.fullName}.${name}` : name, element: found }];
    }),
  );
}

/**
 * Components inside a component's file, as the deploy result lists them: `CustomField Order__c.Status__c`.
 * Empty for a file that does not parse and for types without children.
 */
export function describeChildren(
  component: Component,
): readonly { readonly type: string; readonly fullName: string }[] {
  const subject = readSubject(component);
  if (subject === undefined) return [];
  return childComponents(subject).map(({ type, fullName }) => ({ type, fullName }));
}

/**
 * Whether an object's file only carries children, as the CLI writes it when just a field is deployed: nothing in it
 * describes the object itself.
 */
export function isContainerOnly(subject: Subject): boolean {
  const elements = new Set(subject.definition.children.map(({ element }) => element));
  return (
    elements.size > 0 &&
    subject.root.children.every(({ local }) => elements.has(local)) &&
    child(subject.root, 'fullName') === undefined
  );
}
