import type { Component, Deletion, DeployPackage, OrgView, Problem, SymbolCatalog } from '../model/index.js';
import { referenceReaders } from './references/index.js';
import { brokenReference, type Reference } from './references/reference.js';
import { componentTypes } from './registry/componentTypes.js';
import { childComponents, type Subject } from './subject.js';
import { SymbolTable } from './symbols/symbolTable.js';
import { walk, type XmlElement } from './xml/document.js';

/** How the platform calls a component in the sentence that refuses its deletion. */
const TITLES: ReadonlyMap<string, string> = new Map([
  ['ApexClass', 'apex class'],
  ['ApexTrigger', 'apex trigger'],
  ['CustomField', 'custom field'],
  ['CustomObject', 'custom object'],
  ['CustomPermission', 'custom permission'],
  ['CustomTab', 'custom tab'],
  ['ExternalCredential', 'external credential'],
  ['NamedCredential', 'named credential'],
  ['PermissionSet', 'permission set'],
]);

/** Types whose deletion the platform takes even while permission sets grant them: it drops the grants. */
const GRANTING: ReadonlySet<string> = new Set(['PermissionSet', 'PermissionSetGroup']);

/**
 * Checks the deletions of a package: what something else still refers to cannot be deleted. References from permission
 * sets do not count, since the platform removes those grants itself.
 * @returns errors for things in use, warnings for things that are not there; Apex code is not searched, its compiler
 *   finds what it misses
 */
export function checkDeletion(pkg: DeployPackage, org: OrgView, catalog: SymbolCatalog): readonly Problem[] {
  if (pkg.deletions.length === 0) return [];
  const before = new SymbolTable(pkg, org, catalog, []);
  const after = new SymbolTable(pkg, org, catalog, pkg.deletions);
  const broken = [...survivors(after)].flatMap((subject) => [...brokenBy(subject, before, after, pkg.deletions)]);
  return pkg.deletions.flatMap((deletion) => checkOne(deletion, broken, before));
}

/** A reference that resolves now and will not afterwards. */
interface Broken {
  readonly reference: Reference;
  readonly owner: { readonly type: string; readonly fullName: string };
}

function checkOne(deletion: Deletion, broken: readonly Broken[], before: SymbolTable): readonly Problem[] {
  if (!before.has(deletion.type, deletion.fullName)) {
    return [report(deletion, 'Warning', `No ${deletion.type} named: ${deletion.fullName} found`)];
  }
  const users = broken
    .filter(({ reference }) => concerns(deletion, reference, before))
    .map(({ owner }) => `${spaced(owner.type)} - ${owner.fullName}`);
  if (users.length === 0) return [];
  const title = TITLES.get(deletion.type) ?? spaced(deletion.type).toLowerCase();
  const list = [...new Set(users)].join(', ');
  const message = `This ${title} is referenced elsewhere in salesforce.com. Remove the usage and try again. : ${list}`;
  return [report(deletion, 'Error', message)];
}

/** `ValidationRule` as people read it: `Validation Rule`. */
const spaced = (type: string): string => type.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');

function report({ type, fullName, when }: Deletion, severity: Problem['severity'], message: string): Problem {
  const fileName = when === 'pre' ? 'destructiveChangesPre.xml' : 'destructiveChangesPost.xml';
  return { type, fullName, fileName, line: 1, column: 1, severity, message };
}

function* survivors(after: SymbolTable): Generator<Subject> {
  for (const type of componentTypes.keys()) {
    if (GRANTING.has(type)) continue;
    for (const component of after.components(type)) {
      for (const found of definitionsOf(component, after)) yield found;
    }
  }
}

/** An object can be described by a file of the package and by one of the org; both may refer to something. */
function definitionsOf(component: Component, after: SymbolTable): readonly Subject[] {
  const all = component.type === 'CustomObject' ? after.definitions(component.type, component.fullName) : [component];
  return all.map((definition) => after.subject(definition)).filter((subject) => subject !== undefined);
}

function* brokenBy(
  subject: Subject,
  before: SymbolTable,
  after: SymbolTable,
  deletions: readonly Deletion[],
): Generator<Broken> {
  const reader = referenceReaders.get(subject.component.type);
  if (reader === undefined) return;
  const owners = new Map<XmlElement, { type: string; fullName: string }>();
  for (const child of childComponents(subject)) for (const element of walk(child.element)) owners.set(element, child);
  for (const reference of reader(subject, before)) {
    const owner = owners.get(reference.at) ?? subject.component;
    const goes = deletions.some(({ type, fullName }) => type === owner.type && sameName(fullName, owner.fullName));
    if (goes || brokenReference(reference, before) !== undefined) continue;
    if (brokenReference(reference, after) !== undefined) yield { reference, owner };
  }
}

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Whether a broken reference leads to, or through, what is deleted. */
function concerns(deletion: Deletion, reference: Reference, before: SymbolTable): boolean {
  if (reference.kind === 'component') {
    const inside =
      deletion.type === 'CustomObject' && sameName(reference.fullName.split('.')[0] ?? '', deletion.fullName);
    return inside || (reference.type === deletion.type && sameName(reference.fullName, deletion.fullName));
  }
  return before.fieldChain(reference.object, reference.path).some((field) => {
    if (deletion.type === 'CustomField') return sameName(field, deletion.fullName);
    return deletion.type === 'CustomObject' && sameName(field.split('.')[0] ?? '', deletion.fullName);
  });
}
