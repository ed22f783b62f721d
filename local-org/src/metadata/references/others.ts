import type { Subject } from '../subject.js';
import type { SymbolTable } from '../symbols/symbolTable.js';
import { childrenOf, isTrue, textOf, walk } from '../xml/document.js';
import { named, namedObject, type Reference } from './reference.js';

/** Object that a record file `CalloutPolicy.AccountSync` belongs to: `CalloutPolicy__mdt`. */
export function metadataTypeOf(fullName: string): string {
  const type = fullName.slice(0, fullName.indexOf('.'));
  return /__mdt$/i.test(type) ? type : `${type}__mdt`;
}

/** The type of a custom metadata record and the fields that it fills (PLATFORM 3.6). */
export function* customMetadataReferences({ component, root }: Subject): Generator<Reference> {
  const object = metadataTypeOf(component.fullName);
  const missing = `Custom metadata type ${object} is not available in this organization.`;
  yield { kind: 'component', at: root, type: 'CustomObject', fullName: object, message: missing };
  for (const at of childrenOf(root, 'values').flatMap((value) => childrenOf(value, 'field'))) {
    const path = at.text.trim();
    const message = (): string => `${object}: could not find fields: ${path}`;
    yield { kind: 'field', at, object, path, objectChecked: true, message };
  }
}

/** The object behind a tab. */
export function* tabReferences({ component, root }: Subject, symbols: SymbolTable): Generator<Reference> {
  const at = root;
  if (isTrue(root, 'customObject') || /__(?:c|x)$/i.test(component.fullName)) {
    if (symbols.object(component.fullName) === undefined || /__c$/i.test(component.fullName)) {
      yield { kind: 'component', at, type: 'CustomObject', fullName: component.fullName };
    }
  }
}

/** The tabs of an application. */
export function* applicationReferences({ root }: Subject): Generator<Reference> {
  for (const at of childrenOf(root, 'tabs')) {
    const fullName = at.text.trim();
    if (!/^standard-/.test(fullName)) yield { kind: 'component', at, type: 'CustomTab', fullName };
  }
}

/** The trigger whose events the configuration routes (PLATFORM 3.5). */
export function* subscriberReferences({ root }: Subject): Generator<Reference> {
  yield* named(root, 'platformEventConsumer', 'ApexTrigger');
}

/** The objects that a queue owns. */
export function* queueReferences({ root }: Subject, symbols: SymbolTable): Generator<Reference> {
  for (const entry of childrenOf(root, 'queueSobject')) yield* namedObject(entry, 'sobjectType', symbols);
}

/** The fields on a page layout; the part before the first dash of its name is the object. */
export function* layoutReferences({ component, root }: Subject): Generator<Reference> {
  const object = component.fullName.slice(0, component.fullName.indexOf('-'));
  for (const element of walk(root)) {
    if (element.local !== 'layoutItems') continue;
    const path = textOf(element, 'field');
    const [at] = childrenOf(element, 'field');
    if (path !== undefined && at !== undefined) yield { kind: 'field', at, object, path };
  }
}
