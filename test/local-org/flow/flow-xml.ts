import { XMLBuilder } from 'fast-xml-parser';
import type { Component } from '../../../local-org/src/model/index.js';

type Node = string | number | boolean | NodeObject | readonly Node[];
export interface NodeObject {
  readonly [element: string]: Node | undefined;
}

const builder = new XMLBuilder({ suppressEmptyNode: true });

/** A component from an XML file's root element and its children; `undefined` children are left out. */
export function component(type: string, fullName: string, children: NodeObject): Component {
  const content = `<?xml version="1.0" encoding="UTF-8"?><${type} xmlns="http://soap.sforce.com/2006/04/metadata">${builder.build(children)}</${type}>`;
  return { type, fullName, fileName: `${fullName}.xml`, content, metaXml: undefined };
}

/** An active autolaunched flow with the given children. */
export function flow(name: string, children: NodeObject): Component {
  const defaults = {
    label: name.replaceAll('_', ' '),
    apiVersion: '66.0',
    processType: 'AutoLaunchedFlow',
    status: 'Active',
  };
  return component('Flow', name, { ...defaults, ...children });
}

/** An object with custom fields, by their name without `__c` and their type. */
export function object(name: string, fields: Readonly<Record<string, NodeObject>>): Component {
  return component('CustomObject', name, {
    label: name.replace(/__[ce]$/, ''),
    pluralLabel: name,
    deploymentStatus: 'Deployed',
    sharingModel: name.endsWith('__e') ? undefined : 'ReadWrite',
    nameField: name.endsWith('__e') ? undefined : { label: 'Name', type: 'Text' },
    fields: Object.entries(fields).map(([field, shape]) => ({ fullName: `${field}__c`, label: field, ...shape })),
  });
}

/** Field types for `object`. */
export const TEXT = { type: 'Text', length: 255 } as const;
export const LONG_TEXT = { type: 'LongTextArea', length: 32768, visibleLines: 3 } as const;
export const CHECKBOX = { type: 'Checkbox', defaultValue: false } as const;
export const NUMBER = { type: 'Number', precision: 18, scale: 2 } as const;
export const DATE = { type: 'Date' } as const;
export const DATE_TIME = { type: 'DateTime' } as const;

/** Operands. */
export const ref = (elementReference: string): NodeObject => ({ elementReference });
export const text = (stringValue: string): NodeObject => ({ stringValue });
export const number = (numberValue: number): NodeObject => ({ numberValue });
export const bool = (booleanValue: boolean): NodeObject => ({ booleanValue });

/** A connector. */
export const to = (targetReference: string): NodeObject => ({ targetReference });

/** An entry or query filter. */
export const filter = (field: string, operator: string, value: NodeObject): NodeObject => ({ field, operator, value });

/** A condition of a decision. */
export const when = (leftValueReference: string, operator: string, rightValue: NodeObject): NodeObject => ({
  leftValueReference,
  operator,
  rightValue,
});

/** An assignment to a variable or field. */
export const set = (assignToReference: string, value: NodeObject, operator = 'Assign'): NodeObject => ({
  assignToReference,
  operator,
  value,
});

/** A field with its value, in record elements. */
export const field = (name: string, value: NodeObject): NodeObject => ({ field: name, value });

/** A variable. */
export const variable = (name: string, dataType: string, more: NodeObject = {}): NodeObject => ({
  name,
  dataType,
  isCollection: false,
  isInput: false,
  isOutput: false,
  ...more,
});

/** The start of a record-triggered flow. */
export const onRecord = (objectName: string, more: NodeObject = {}): NodeObject => ({
  object: objectName,
  recordTriggerType: 'CreateAndUpdate',
  triggerType: 'RecordAfterSave',
  ...more,
});
