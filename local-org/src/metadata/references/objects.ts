import { formulaPaths } from '../formula/references.js';
import type { Subject } from '../subject.js';
import type { SymbolTable } from '../symbols/symbolTable.js';
import { child, childrenOf, textOf, type XmlElement } from '../xml/document.js';
import { listViewField } from './listViewColumns.js';
import { named, namedField, namedObject, type Reference } from './reference.js';

/** What an object and the components in its file name. */
export function* objectReferences(subject: Subject, symbols: SymbolTable): Generator<Reference> {
  const { root } = subject;
  const object = subject.component.fullName;
  for (const field of childrenOf(root, 'fields')) yield* fieldReferences(field, object, symbols);
  for (const view of childrenOf(root, 'listViews')) yield* listViewReferences(view, object);
  for (const layout of childrenOf(root, 'compactLayouts')) yield* fieldTexts(layout, 'fields', object);
  for (const set of childrenOf(root, 'fieldSets')) yield* fieldSetReferences(set, object);
  for (const rule of childrenOf(root, 'validationRules')) yield* validationReferences(rule, object);
  for (const type of childrenOf(root, 'recordTypes')) yield* recordTypeReferences(type, object);
  for (const index of childrenOf(root, 'indexes').flatMap((entry) => childrenOf(entry, 'fields'))) {
    yield* fieldText(index, 'name', object);
  }
  yield* compactLayoutReference(root, object);
}

function* fieldReferences(field: XmlElement, object: string, symbols: SymbolTable): Generator<Reference> {
  const target = textOf(field, 'referenceTo');
  if (target !== undefined) yield* namedObject(field, 'referenceTo', symbols);
  yield* formulaReferences(field, 'formula', object);
  yield* namedField(field, 'summarizedField');
  yield* namedField(field, 'summaryForeignKey');
  for (const item of childrenOf(field, 'summaryFilterItems')) yield* namedField(item, 'field');
  const values = child(field, 'valueSet');
  if (values === undefined) return;
  yield* named(values, 'valueSetName', 'GlobalValueSet');
  yield* fieldText(values, 'controllingField', object);
}

function* listViewReferences(view: XmlElement, object: string): Generator<Reference> {
  const columns = [
    ...childrenOf(view, 'columns'),
    ...childrenOf(view, 'filters').flatMap((filter) => childrenOf(filter, 'field')),
  ];
  for (const at of columns) {
    const column = at.text.trim();
    const path = listViewField(object, column);
    if (path !== undefined) {
      yield { kind: 'field', at, object, path, message: () => `Could not resolve list view column: ${column}` };
    }
  }
}

function* fieldSetReferences(set: XmlElement, object: string): Generator<Reference> {
  for (const item of [...childrenOf(set, 'displayedFields'), ...childrenOf(set, 'availableFields')]) {
    yield* fieldText(item, 'field', object);
  }
}

function* validationReferences(rule: XmlElement, object: string): Generator<Reference> {
  yield* formulaReferences(rule, 'errorConditionFormula', object);
  yield* fieldText(rule, 'errorDisplayField', object);
}

function* recordTypeReferences(type: XmlElement, object: string): Generator<Reference> {
  for (const values of childrenOf(type, 'picklistValues')) yield* fieldText(values, 'picklist', object);
  yield* layoutReference(type, object);
}

function* compactLayoutReference(root: XmlElement, object: string): Generator<Reference> {
  yield* layoutReference(root, object);
}

function* layoutReference(parent: XmlElement, object: string): Generator<Reference> {
  const element = child(parent, 'compactLayoutAssignment');
  const name = element?.text.trim();
  if (element === undefined || name === undefined || name === '' || name === 'SYSTEM') return;
  yield { kind: 'component', at: element, type: 'CompactLayout', fullName: `${object}.${name}` };
}

/** Fields that a formula on a record of that object reads. */
export function* formulaReferences(parent: XmlElement, element: string, object: string): Generator<Reference> {
  const at = child(parent, element);
  if (at === undefined) return;
  for (const { path, global } of formulaPaths(at.text)) {
    if (global === undefined) {
      yield {
        kind: 'field',
        at,
        object,
        path,
        message: () => `Field ${path} does not exist. Check spelling.`,
      };
    } else {
      yield* globalReference(at, global, path);
    }
  }
}

/** Globals of formulas and flows that name a component: `$Label.Greeting`, `$Permission.Operator`. */
export function* globalReference(at: XmlElement, global: string, path: string): Generator<Reference> {
  const [first, ...rest] = path.split('.');
  if (first === undefined) return;
  const fail = { message: `Field $${global}.${path} does not exist. Check spelling.` };
  switch (global) {
    case 'Label':
      yield { kind: 'component', at, type: 'CustomLabel', fullName: first, ...fail };
      return;
    case 'Permission':
      yield { kind: 'component', at, type: 'CustomPermission', fullName: first, ...fail };
      return;
    case 'CustomMetadata': {
      const [record, ...field] = rest;
      if (record === undefined) return;
      yield {
        kind: 'component',
        at,
        type: 'CustomMetadata',
        fullName: `${first.replace(/__mdt$/, '')}.${record}`,
        ...fail,
      };
      if (field.length > 0)
        yield { kind: 'field', at, object: first, path: field.join('.'), message: () => fail.message };
      return;
    }
    case 'Setup':
      if (rest.length > 0)
        yield { kind: 'field', at, object: first, path: rest.join('.'), message: () => fail.message };
      return;
    case 'User':
      yield { kind: 'field', at, object: 'User', path, message: () => fail.message };
      return;
    default:
      return;
  }
}

function* fieldText(parent: XmlElement, element: string, object: string): Generator<Reference> {
  const at = child(parent, element);
  const path = textOf(parent, element);
  if (at !== undefined && path !== undefined) yield { kind: 'field', at, object, path };
}

function* fieldTexts(parent: XmlElement, element: string, object: string): Generator<Reference> {
  for (const at of childrenOf(parent, element)) yield { kind: 'field', at, object, path: at.text.trim() };
}
