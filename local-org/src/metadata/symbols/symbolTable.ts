import type {
  Component,
  DeployPackage,
  Deletion,
  InvocableAction,
  OrgUser,
  OrgView,
  StandardObject,
  SymbolCatalog,
} from '../../model/index.js';
import { metadataOfObject } from '../../data/index.js';
import { readSubject, childComponents, type Subject } from '../subject.js';
import { fieldChain, resolveField, type FieldLookup } from './fieldPath.js';
import { setupObject } from './setupObjects.js';
import { buildObject, type ObjectSymbol } from './objectSymbol.js';

const key = (type: string, fullName: string): string => `${type}:${fullName.toLowerCase()}`;

/** Types whose records name others in the same file; looked up through their parents. */
const CHILD_OF: ReadonlyMap<string, string> = new Map([
  ['CustomLabel', 'CustomLabels'],
  ...['BusinessProcess', 'CompactLayout', 'CustomField', 'FieldSet', 'Index', 'ListView'].map(
    (type): [string, string] => [type, 'CustomObject'],
  ),
  ...['RecordType', 'SharingReason', 'ValidationRule', 'WebLink'].map((type): [string, string] => [
    type,
    'CustomObject',
  ]),
]);

/**
 * Everything that a component may refer to: the package, then the org without what the package deletes, then what every
 * org has.
 */
export class SymbolTable {
  private readonly packaged: ReadonlyMap<string, Component>;
  private readonly deleted: ReadonlySet<string>;
  private readonly subjects = new Map<Component, Subject | undefined>();
  private readonly objects = new Map<string, ObjectSymbol | undefined>();

  constructor(
    private readonly pkg: DeployPackage,
    private readonly org: OrgView,
    private readonly catalog: SymbolCatalog,
    deletions: readonly Deletion[],
  ) {
    this.packaged = new Map(pkg.components.map((component) => [key(component.type, component.fullName), component]));
    this.deleted = new Set(deletions.map(({ type, fullName }) => key(type, fullName)));
  }

  get users(): readonly OrgUser[] {
    return this.org.users;
  }

  /** Every definition of a component: the package's, then the org's unless it is deleted. */
  definitions(type: string, fullName: string): readonly Component[] {
    const found = this.packaged.get(key(type, fullName));
    const old = this.isDeleted(type, fullName) ? undefined : this.org.component(type, fullName);
    return [found, old].filter((component) => component !== undefined);
  }

  /** All components of a type, each once. */
  components(type: string): readonly Component[] {
    const packaged = this.pkg.components.filter((component) => component.type === type);
    const names = new Set(packaged.map(({ fullName }) => fullName.toLowerCase()));
    const others = this.org
      .components(type)
      .filter(({ fullName }) => !names.has(fullName.toLowerCase()) && !this.isDeleted(type, fullName));
    return [...packaged, ...others];
  }

  /** Whether a top-level or child component exists. */
  has(type: string, fullName: string): boolean {
    const parentType = CHILD_OF.get(type);
    if (parentType === undefined) return this.definitions(type, fullName).length > 0;
    if (parentType === 'CustomObject') return this.hasObjectChild(type, fullName);
    if (this.isDeleted(type, fullName)) return false;
    return this.components(parentType).some((component) => {
      const subject = this.subject(component);
      const children = subject === undefined ? [] : childComponents(subject);
      return children.some((child) => child.fullName.toLowerCase() === fullName.toLowerCase());
    });
  }

  private hasObjectChild(type: string, fullName: string): boolean {
    const dot = fullName.indexOf('.');
    const object = this.object(fullName.slice(0, dot));
    if (object === undefined) return false;
    if (object.incomplete) return true;
    if (type === 'CustomField') return object.fields.has(fullName.slice(dot + 1).toLowerCase());
    return object.children.some(
      (child) => child.type === type && child.fullName.toLowerCase() === fullName.toLowerCase(),
    );
  }

  /** The parsed file of a component, read once. */
  subject(component: Component): Subject | undefined {
    if (!this.subjects.has(component)) this.subjects.set(component, readSubject(component));
    return this.subjects.get(component);
  }

  /** The newest readable definition of a component. */
  find(type: string, fullName: string): Subject | undefined {
    for (const component of this.definitions(type, fullName)) {
      const subject = this.subject(component);
      if (subject !== undefined) return subject;
    }
    return undefined;
  }

  /** An object by API name, any case; undefined when nothing defines it. */
  object(name: string): ObjectSymbol | undefined {
    const lower = name.toLowerCase();
    if (!this.objects.has(lower)) this.objects.set(lower, this.buildObject(name));
    return this.objects.get(lower);
  }

  private buildObject(name: string): ObjectSymbol | undefined {
    const standard = this.standardObject(name);
    const components = metadataOfObject(name).flatMap((one) => this.definitions('CustomObject', one));
    const subjects = components.map((component) => this.subject(component)).filter((subject) => subject !== undefined);
    if (standard === undefined && components.length === 0) return undefined;
    const official = standard?.name ?? components[0]?.fullName ?? name;
    const incomplete = subjects.length < components.length;
    return buildObject(official, subjects, standard, incomplete, (child) => this.isDeleted(child.type, child.fullName));
  }

  /** Whether every org has an object, without any deployment. */
  isStandardObject(name: string): boolean {
    return this.standardObject(name) !== undefined;
  }

  /** Follows a path such as `Owner.Name` or `Parent__r.Status__c` from an object. */
  field(object: string, path: string): FieldLookup {
    return resolveField((name) => this.object(name), object, path);
  }

  /** The fields that a path passes through, as `Object.Field`; empty when it leads nowhere. */
  fieldChain(object: string, path: string): readonly string[] {
    return fieldChain((name) => this.object(name), object, path);
  }

  /** What a flow may call in an Apex class; undefined when there is no such class or it has no invocable method. */
  invocable(className: string): InvocableAction | undefined {
    const [component] = this.definitions('ApexClass', className);
    return component === undefined ? undefined : this.catalog.readInvocable(component.content);
  }

  private standardObject(name: string): StandardObject | undefined {
    return this.catalog.standardObject(name) ?? setupObject(name);
  }

  private isDeleted(type: string, fullName: string): boolean {
    return this.deleted.has(key(type, fullName));
  }
}
