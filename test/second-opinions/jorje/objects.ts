import { standardObjectNames } from '../../../local-org/src/apex/platform-types/index.js';
import type { SObjectInfo, SchemaView } from '../../../local-org/src/apex/types/index.js';
import { typeName } from '../../../local-org/src/apex/types/index.js';

function rows(object: SObjectInfo): readonly (readonly string[])[] {
  return [
    ['object', object.name, object.settingType ?? object.kind],
    ...[...object.fields.values()].map(({ name, type }) => ['field', name, typeName(type)]),
    ...[...object.parents.values()].map(({ relationshipName = '', referenceTo: [only, ...others] }) => [
      'parent',
      relationshipName,
      only === undefined || others.length > 0 ? 'SObject' : only,
    ]),
    ...[...object.children.values()].map(({ name, object: child }) => ['children', name, child]),
  ];
}

/** Objects for Salesforce's compiler, one row for each object, field and relationship: kind, name, type. */
export function objectTable(schema: SchemaView, names: readonly string[]): string {
  return [...standardObjectNames(), ...names]
    .flatMap((name) => {
      const object = schema.object(name);
      return object === undefined ? [] : rows(object);
    })
    .map((row) => row.join('\t'))
    .join('\n');
}
