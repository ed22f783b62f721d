import type { Subject } from '../subject.js';
import type { SymbolTable } from '../symbols/symbolTable.js';
import { childrenOf, textOf } from '../xml/document.js';
import { named, namedField, namedObject, type Reference } from './reference.js';

/** Rows of a permission set that name a component directly: element of the row, child with the name, type. */
const ROWS: readonly (readonly [row: string, element: string, type: string])[] = [
  ['classAccesses', 'apexClass', 'ApexClass'],
  ['customMetadataTypeAccesses', 'name', 'CustomObject'],
  ['customPermissions', 'name', 'CustomPermission'],
  ['customSettingAccesses', 'name', 'CustomObject'],
  ['flowAccesses', 'flow', 'Flow'],
  ['recordTypeVisibilities', 'recordType', 'RecordType'],
];

/** Names of things that Salesforce ships, which no package contains. */
const isStandard = (name: string | undefined): boolean => /^standard(?:-|__)/.test(name ?? '');

/** What a permission set grants access to (PLATFORM 1.5, 5). Principals have a rule of their own. */
export function* permissionSetReferences({ root }: Subject, symbols: SymbolTable): Generator<Reference> {
  for (const [row, element, type] of ROWS) {
    for (const entry of childrenOf(root, row)) yield* named(entry, element, type);
  }
  for (const entry of childrenOf(root, 'fieldPermissions')) yield* namedField(entry, 'field');
  for (const entry of childrenOf(root, 'objectPermissions')) yield* namedObject(entry, 'object', symbols);
  for (const entry of childrenOf(root, 'tabSettings')) {
    if (!isStandard(textOf(entry, 'tab'))) yield* named(entry, 'tab', 'CustomTab');
  }
  for (const entry of childrenOf(root, 'applicationVisibilities')) {
    if (!isStandard(textOf(entry, 'application'))) yield* named(entry, 'application', 'CustomApplication');
  }
}

/** The permission sets that a group joins. */
export function* permissionSetGroupReferences({ root }: Subject): Generator<Reference> {
  for (const element of [...childrenOf(root, 'permissionSets'), ...childrenOf(root, 'mutingPermissionSets')]) {
    const fullName = element.text.trim();
    const type = element.local === 'permissionSets' ? 'PermissionSet' : 'MutingPermissionSet';
    if (fullName !== '') yield { kind: 'component', at: element, type, fullName };
  }
}
