import type { Subject } from '../subject.js';
import type { FieldLookup } from '../symbols/fieldPath.js';
import type { SymbolTable } from '../symbols/symbolTable.js';
import { splitActionName } from '../external-service/index.js';
import { globalReference } from '../references/objects.js';
import type { Reference } from '../references/reference.js';
import { child, childrenOf, textOf, type XmlElement } from '../xml/document.js';
import { mentions, splitMention } from './mentions.js';
import { flowModel, partTitle, type FlowModel, type FlowPart } from './model.js';
import { COMPONENT_GLOBALS, flowValue } from './values.js';

/** How deploy results wrap what the flow engine says. */
export const integrity = (message: string): string => `field integrity exception: unknown (${message})`;

const missingField = (lookup: FieldLookup): string => {
  switch (lookup.kind) {
    case 'unknownObject':
      return integrity(`The object "${lookup.object}" doesn't exist.`);
    case 'unknownField':
      return integrity(`The field "${lookup.field}" for the object "${lookup.object}" doesn't exist.`);
    case 'field':
    case 'undecided':
      throw new Error('a field that exists has no message');
  }
};

/** The objects, fields, classes, flows and globals that a flow names. */
export function* flowReferences({ root }: Subject, symbols: SymbolTable): Generator<Reference> {
  const model = flowModel(root);
  for (const part of model.named) yield* partReferences(part, model, symbols);
  if (model.start !== undefined) yield* startReferences(model.start);
  for (const at of root.children) {
    if (at.local !== 'processMetadataValues') yield* mentionReferences(at, model, symbols);
  }
}

function* partReferences(part: FlowPart, model: FlowModel, symbols: SymbolTable): Generator<Reference> {
  const { element } = part;
  switch (part.kind) {
    case 'actionCalls':
      yield* actionReferences(part);
      return;
    case 'subflows':
      yield* flowNamed(part, 'flowName');
      return;
    case 'variables':
      yield* objectNamed(element, 'objectType');
      return;
    case 'recordCreates':
    case 'recordDeletes':
    case 'recordLookups':
    case 'recordUpdates':
    case 'dynamicChoiceSets':
      yield* recordReferences(element, model, symbols);
      return;
    default:
      return;
  }
}

function* actionReferences(part: FlowPart): Generator<Reference> {
  const type = textOf(part.element, 'actionType');
  if (type === 'flow') yield* flowNamed(part, 'actionName');
  const at = child(part.element, 'actionName');
  const fullName = textOf(part.element, 'actionName');
  const message = `${partTitle(part)} - We can't find an action with the name and action type that you specified.`;
  if (at === undefined || fullName === undefined) return;
  if (type === 'apex') yield { kind: 'component', at, type: 'ApexClass', fullName, message };
  if (type === 'externalService') {
    const { service } = splitActionName(fullName);
    yield { kind: 'component', at, type: 'ExternalServiceRegistration', fullName: service, message };
  }
}

function* flowNamed(part: FlowPart, element: string): Generator<Reference> {
  const at = child(part.element, element);
  const fullName = textOf(part.element, element);
  const message = `${partTitle(part)} - The flow "${fullName ?? ''}" doesn't exist.`;
  if (at !== undefined && fullName !== undefined) yield { kind: 'component', at, type: 'Flow', fullName, message };
}

/** An object is named through its `Id` field, so that standard and custom objects are looked up alike. */
function* objectNamed(parent: XmlElement, element: string): Generator<Reference> {
  const at = child(parent, element);
  const object = textOf(parent, element);
  if (at === undefined || object === undefined) return;
  const path = /__e$/i.test(object) ? 'CreatedDate' : 'Id';
  yield { kind: 'field', at, object, path, message: missingField };
}

function* recordReferences(element: XmlElement, model: FlowModel, symbols: SymbolTable): Generator<Reference> {
  yield* objectNamed(element, 'object');
  const object = textOf(element, 'object') ?? referencedObject(element, model, symbols);
  if (object === undefined) return;
  for (const row of ['filters', 'inputAssignments', 'outputAssignments']) {
    for (const entry of childrenOf(element, row)) yield* fieldIn(child(entry, 'field'), object);
  }
  for (const at of childrenOf(element, 'queriedFields')) yield* fieldIn(at, object);
  for (const at of ['sortField', 'displayField', 'valueField', 'picklistField'])
    yield* fieldIn(child(element, at), object);
}

/** Object of an update that names a record instead of an object. */
function referencedObject(element: XmlElement, model: FlowModel, symbols: SymbolTable): string | undefined {
  const reference = textOf(element, 'inputReference');
  if (reference === undefined) return undefined;
  const value = flowValue(model, reference, symbols);
  return value?.kind === 'record' ? value.object : undefined;
}

function* fieldIn(at: XmlElement | undefined, object: string): Generator<Reference> {
  const path = at?.text.trim();
  if (at !== undefined && path !== undefined && path !== '') {
    yield { kind: 'field', at, object, path, objectChecked: true, message: missingField };
  }
}

function* startReferences(start: XmlElement): Generator<Reference> {
  yield* objectNamed(start, 'object');
  const object = textOf(start, 'object');
  if (object === undefined) return;
  for (const filter of childrenOf(start, 'filters')) yield* fieldIn(child(filter, 'field'), object);
  for (const path of childrenOf(start, 'scheduledPaths')) yield* fieldIn(child(path, 'recordField'), object);
}

function* mentionReferences(part: XmlElement, model: FlowModel, symbols: SymbolTable): Generator<Reference> {
  for (const { at, text } of mentions(part)) {
    const { first, rest } = splitMention(text);
    const global = first.startsWith('$') ? first.slice(1) : undefined;
    if (global !== undefined && COMPONENT_GLOBALS.has(global.toLowerCase())) {
      yield* globalReference(at, global, rest);
      continue;
    }
    const value = flowValue(model, first, symbols);
    if (value?.kind === 'record' && rest !== '') {
      const message = (): string => integrity(`The element has an invalid reference to "${text}".`);
      yield { kind: 'field', at, object: value.object, path: rest, objectChecked: true, message };
    }
  }
}
