import type { FieldSchema, FieldSetSchema, ObjectSchema } from '../../data/index.js';
import { ApexList, PlatformObject, Unsupported, type ApexRuntime, type LibraryModule } from '../runtime/index.js';
import { platform, PRIMITIVES } from '../types/types.js';
import { CaselessMap } from './caseless-map.js';
import { displayType } from './describe-field.js';
import { fieldToken, objectToken } from './schema-tokens.js';

/** Schema.FieldSet. */
export class FieldSetObject extends PlatformObject {
  override readonly typeName = 'Schema.FieldSet';
  constructor(
    readonly object: ObjectSchema,
    readonly schema: FieldSetSchema,
  ) {
    super();
  }
  override get equalityKey(): string {
    return `${this.object.name}.${this.schema.name}`;
  }
}

/** `describe.fieldSets`. */
export class FieldSetMapHolder extends PlatformObject {
  override readonly typeName = 'Schema.SObjectTypeFieldSets';
  constructor(readonly object: ObjectSchema) {
    super();
  }
}

class FieldSetMember extends PlatformObject {
  override readonly typeName = 'Schema.FieldSetMember';
  constructor(
    readonly path: string,
    readonly required: boolean,
    readonly object: ObjectSchema,
    readonly field: FieldSchema,
  ) {
    super();
  }
  override get equalityKey(): string {
    return `${this.object.name}.${this.path}`;
  }
}

export function fieldSetOf(runtime: ApexRuntime, objectName: string, name: string): FieldSetObject {
  const object = runtime.object(objectName);
  const schema = object.fieldSets.get(name.toLowerCase());
  if (schema === undefined) throw new Unsupported(`The field set ${objectName}.${name}`);
  return new FieldSetObject(object, schema);
}

/** Follows a member's path over parents. @throws Unsupported when it leads nowhere */
function memberOf(
  runtime: ApexRuntime,
  set: FieldSetObject,
  member: FieldSetSchema['members'][number],
): FieldSetMember {
  const names = member.path.split('.');
  let { object } = set;
  for (const name of names.slice(0, -1)) {
    const [target] = object.parents.get(name.toLowerCase())?.referenceTo ?? [];
    object = runtime.object(target ?? `${object.name}.${name}`);
  }
  const field = object.fields.get(names.at(-1)?.toLowerCase() ?? '');
  if (field === undefined)
    throw new Unsupported(`The member ${member.path} of the field set ${set.object.name}.${set.schema.name}`);
  return new FieldSetMember(member.path, member.required, object, field);
}

export const fieldSetModules: readonly LibraryModule[] = [
  {
    owner: 'Schema.SObjectTypeFieldSets',
    members: () => ({
      getMap: (self: FieldSetMapHolder) =>
        new CaselessMap(
          PRIMITIVES.String,
          platform('Schema.FieldSet'),
          [...self.object.fieldSets].map(([key, schema]): [string, FieldSetObject] => [
            key,
            new FieldSetObject(self.object, schema),
          ]),
        ),
    }),
  },
  {
    owner: 'Schema.FieldSet',
    members: (runtime) => ({
      getName: (self: FieldSetObject) => self.schema.name,
      getLabel: (self: FieldSetObject) => self.schema.label,
      getDescription: (self: FieldSetObject) => self.schema.description ?? null,
      getNameSpace: () => null,
      getSObjectType: (self: FieldSetObject) => objectToken(runtime, self.object.name),
      getFields: (self: FieldSetObject) =>
        new ApexList(
          platform('Schema.FieldSetMember'),
          self.schema.members.map((member) => memberOf(runtime, self, member)),
        ),
    }),
  },
  {
    owner: 'Schema.FieldSetMember',
    members: (runtime) => ({
      getFieldPath: (self: FieldSetMember) => self.path,
      getLabel: (self: FieldSetMember) => self.field.label,
      getRequired: (self: FieldSetMember) => self.required,
      getDbRequired: (self: FieldSetMember) => self.field.required,
      getType: (self: FieldSetMember) => displayType(runtime, self.field),
      getSObjectField: (self: FieldSetMember) => fieldToken(runtime, self.object.name, self.field.name),
    }),
  },
];
