import { SObject, type FieldSchema, type ObjectSchema } from '../../data/index.js';
import type { UserAccess } from '../../access/index.js';
import {
  apexError,
  ApexList,
  ApexMap,
  ApexSet,
  PlatformObject,
  runningAccess,
  type ApexEnum,
  type ApexRuntime,
  type LibraryModule,
} from '../runtime/index.js';
import { PRIMITIVES, type ApexType } from '../types/types.js';
import { required } from './arguments.js';

const NAMES: ApexType = { kind: 'set', element: PRIMITIVES.String };

class AccessDecision extends PlatformObject {
  override readonly typeName = 'System.SObjectAccessDecision';
  constructor(
    readonly records: ApexList,
    readonly removedFields: ReadonlyMap<string, ReadonlySet<string>>,
    readonly modifiedIndexes: readonly number[],
  ) {
    super();
  }
}

/** What an AccessType asks of an object and of its fields. */
interface Check {
  object(access: UserAccess, object: ObjectSchema): boolean;
  field(access: UserAccess, object: ObjectSchema, field: FieldSchema): boolean;
}

const CREATABLE: Check = {
  object: (access, object) => access.rightsOn(object).create,
  field: (access, object, field) => access.canWriteField(object, field, 'insert'),
};
const UPDATABLE: Check = {
  object: (access, object) => access.rightsOn(object).edit,
  field: (access, object, field) => access.canWriteField(object, field, 'update'),
};

/** By constant of System.AccessType (Apex Reference: AccessType Enum). */
const CHECKS: Readonly<Record<string, Check>> = {
  READABLE: {
    object: (access, object) => access.rightsOn(object).read,
    field: (access, object, field) => access.canReadField(object, field),
  },
  CREATABLE,
  UPDATABLE,
  UPSERTABLE: {
    object: (access, object) => CREATABLE.object(access, object) && UPDATABLE.object(access, object),
    field: (access, object, field) => CREATABLE.field(access, object, field) && UPDATABLE.field(access, object, field),
  },
};

/** Copies records without what the running user may not see or write. */
class Stripper {
  readonly removed = new Map<string, Set<string>>();

  constructor(
    private readonly access: UserAccess,
    private readonly check: Check,
  ) {}

  /** The record as the user may have it, and whether anything was taken away. The Id stays. */
  strip(record: SObject): { readonly record: SObject; readonly modified: boolean } {
    const copy = record.copy(true);
    let modified = false;
    for (const name of record.values.keys()) {
      const field = record.field(name);
      if (field === undefined || field.type === 'id' || this.check.field(this.access, record.object, field)) continue;
      copy.values.delete(name);
      this.note(record.object, field.name);
      modified = true;
    }
    for (const [name, related] of record.related) modified = this.stripRelated(copy, name, related) || modified;
    return { record: copy, modified };
  }

  /** Parents and children: gone with the object or the reference that the user may not see, stripped otherwise. */
  private stripRelated(copy: SObject, name: string, related: SObject | null | readonly SObject[]): boolean {
    if (related === null) return false;
    if (related instanceof SObject) {
      const reference = copy.object.parents.get(name.toLowerCase());
      const seen = reference === undefined || this.check.field(this.access, copy.object, reference);
      if (!seen || !this.check.object(this.access, related.object)) return this.drop(copy, name);
      const parent = this.strip(related);
      copy.related.set(name, parent.record);
      return parent.modified;
    }
    const [first] = related;
    if (first !== undefined && !this.check.object(this.access, first.object)) return this.drop(copy, name);
    const children = related.map((child) => this.strip(child));
    copy.related.set(
      name,
      children.map((child) => child.record),
    );
    return children.some((child) => child.modified);
  }

  private drop(copy: SObject, relationship: string): true {
    copy.related.delete(relationship);
    this.note(copy.object, relationship);
    return true;
  }

  private note(object: ObjectSchema, name: string): void {
    const names = this.removed.get(object.name) ?? new Set<string>();
    this.removed.set(object.name, names.add(name));
  }
}

function stripInaccessible(
  runtime: ApexRuntime,
  type: ApexEnum,
  source: ApexList,
  enforceRoot: boolean,
): AccessDecision {
  const check = CHECKS[type.name.toUpperCase()];
  if (check === undefined) throw new Error(`System.AccessType has no ${type.name}.`);
  const access = runningAccess(runtime);
  const records = source.items.filter((item) => item instanceof SObject);
  const denied = enforceRoot ? records.find(({ object }) => !check.object(access, object)) : undefined;
  if (denied !== undefined) throw apexError('NoAccessException', `No access to entity: ${denied.object.name}`);
  const stripper = new Stripper(access, check);
  const stripped = records.map((record) => stripper.strip(record));
  return new AccessDecision(
    new ApexList(
      source.elementType,
      stripped.map(({ record }) => record),
    ),
    stripper.removed,
    stripped.flatMap(({ modified }, index) => (modified ? [index] : [])),
  );
}

/** System.Security: records without what the running user may not see or write (Apex Developer Guide: Enforce Security With stripInaccessible). */
export const securityModules: readonly LibraryModule[] = [
  {
    owner: 'System.Security',
    members: (runtime) => ({
      stripInaccessible: (type: ApexEnum | null, records: ApexList | null, enforceRoot: boolean | null = true) =>
        stripInaccessible(runtime, required(type, 1), required(records, 2), enforceRoot ?? true),
    }),
  },
  {
    owner: 'System.SObjectAccessDecision',
    members: () => ({
      getRecords: (self: AccessDecision) => self.records,
      getRemovedFields: (self: AccessDecision) =>
        new ApexMap(
          PRIMITIVES.String,
          NAMES,
          [...self.removedFields].map(([object, names]): [unknown, unknown] => [
            object,
            new ApexSet(PRIMITIVES.String, names),
          ]),
        ),
      getModifiedIndexes: (self: AccessDecision) => new ApexSet(PRIMITIVES.Integer, self.modifiedIndexes),
    }),
  },
];
