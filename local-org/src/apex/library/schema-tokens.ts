import type { FieldSchema, ObjectSchema } from '../../data/index.js';
import { PlatformObject, type ApexRuntime, type StorableType } from '../runtime/index.js';

/** Schema.SObjectType: one object per runtime and sObject, so that identity is equality. */
export class ObjectToken extends PlatformObject {
  override readonly typeName = 'Schema.SObjectType';
  constructor(readonly object: ObjectSchema) {
    super();
  }
  override toString(): string {
    return this.object.name;
  }
}

/** Schema.SObjectField. */
export class FieldToken extends PlatformObject {
  override readonly typeName = 'Schema.SObjectField';
  constructor(
    readonly object: ObjectSchema,
    readonly field: FieldSchema,
  ) {
    super();
  }
  override toString(): string {
    return this.field.name;
  }
}

interface Tokens {
  readonly objects: Map<string, ObjectToken>;
  readonly fields: Map<string, FieldToken>;
}

const tokens = new WeakMap<ApexRuntime, Tokens>();

function tokensOf(runtime: ApexRuntime): Tokens {
  let known = tokens.get(runtime);
  if (known === undefined) {
    known = { objects: new Map(), fields: new Map() };
    tokens.set(runtime, known);
  }
  return known;
}

export function objectToken(runtime: ApexRuntime, name: string): ObjectToken {
  const { objects } = tokensOf(runtime);
  const key = name.toLowerCase();
  let token = objects.get(key);
  if (token === undefined) {
    token = new ObjectToken(runtime.object(name));
    objects.set(key, token);
  }
  return token;
}

export function fieldToken(runtime: ApexRuntime, objectName: string, fieldName: string): FieldToken {
  const { fields } = tokensOf(runtime);
  const key = `${objectName}.${fieldName}`.toLowerCase();
  let token = fields.get(key);
  if (token === undefined) {
    const object = runtime.object(objectName);
    const field = object.fields.get(fieldName.toLowerCase());
    if (field === undefined) throw new Error(`${objectName} has no field ${fieldName}`);
    token = new FieldToken(object, field);
    fields.set(key, token);
  }
  return token;
}

/** How a token travels in the state of a job: by its name. */
export const objectTokenStorage: StorableType = {
  store: (token) => String(token),
  revive: (runtime, name) => (runtime.schema.object(name) === undefined ? undefined : objectToken(runtime, name)),
};

export const fieldTokenStorage: StorableType = {
  store: (token) => (token instanceof FieldToken ? `${token.object.name}.${token.field.name}` : ''),
  revive: (runtime, text) => {
    const [object = '', field = ''] = text.split('.');
    const isKnown = runtime.schema.object(object)?.fields.has(field.toLowerCase()) === true;
    return isKnown ? fieldToken(runtime, object, field) : undefined;
  },
};
