import { ApexBlob, ApexDate, ApexDatetime, ApexDecimal, ApexTime, SObject, toId18 } from '../../data/index.js';
import type { ApexObject } from '../runtime/index.js';
import {
  apexError,
  ApexDouble,
  ApexList,
  ApexMap,
  ApexSet,
  asId,
  type ApexRuntime,
  typeName,
} from '../runtime/index.js';
import { PRIMITIVES, type ApexType, type PrimitiveName } from '../types/types.js';
import { bean, beanPropertyType, isBean } from './bean.js';
import { JsonNumber, type JsonValue } from './json-parse.js';
import { HttpResponseObject } from './http.js';

/** `JSON.deserializeUntyped`: maps, lists, strings, Integers, Longs, Decimals and Booleans. */
export function untyped(value: JsonValue): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (value instanceof JsonNumber) return untypedNumber(value.text);
  if (isMembers(value))
    return new ApexMap(
      PRIMITIVES.String,
      PRIMITIVES.Object,
      [...value].map(([name, item]): [string, unknown] => [name, untyped(item)]),
    );
  return new ApexList(PRIMITIVES.Object, value.map(untyped));
}

function untypedNumber(text: string): unknown {
  if (!/^-?\d+$/.test(text)) return ApexDecimal.of(text);
  const whole = BigInt(text);
  if (BigInt.asIntN(32, whole) === whole) return Number(whole);
  return BigInt.asIntN(64, whole) === whole ? whole : ApexDecimal.of(text);
}

function isMembers(value: JsonValue): value is ReadonlyMap<string, JsonValue> {
  return value instanceof Map;
}

/** `JSON.deserialize` into a type. Strict: a member that the class does not have is an error. */
export class TypedReader {
  constructor(
    private readonly runtime: ApexRuntime,
    private readonly strict: boolean,
  ) {}

  read(value: JsonValue, type: ApexType): unknown {
    if (value === null) return null;
    switch (type.kind) {
      case 'primitive':
        return this.primitive(value, type.name);
      case 'list':
        return new ApexList(
          type.element,
          this.array(value, type).map((item) => this.read(item, type.element)),
        );
      case 'set':
        return new ApexSet(
          type.element,
          this.array(value, type).map((item) => this.read(item, type.element)),
        );
      case 'map':
        return new ApexMap(
          type.key,
          type.value,
          [...this.members(value, type)].map(([key, item]): [unknown, unknown] => [
            this.primitive(key, type.key.kind === 'primitive' ? type.key.name : 'String'),
            this.read(item, type.value),
          ]),
        );
      case 'user':
        return type.symbol.kind === 'enum' ? this.enumConstant(value, type) : this.object(value, type);
      case 'sobject':
        return this.record(value, type.name);
      case 'platform':
        return this.platform(value, type);
      default:
        return untyped(value);
    }
  }

  private array(value: JsonValue, type: ApexType): readonly JsonValue[] {
    if (Array.isArray(value)) return value;
    if (isMembers(value) && Array.isArray(value.get('records'))) return this.array(value.get('records') ?? null, type);
    throw apexError('JSONException', `Malformed JSON: Expected '[' at the beginning of List/Set`);
  }

  private members(value: JsonValue, type: ApexType): ReadonlyMap<string, JsonValue> {
    if (isMembers(value)) return value;
    throw apexError('JSONException', `Malformed JSON: Expected '{' at the beginning of object (${typeName(type)})`);
  }

  private primitive(value: JsonValue, name: PrimitiveName): unknown {
    if (name === 'Object') return untyped(value);
    if (value === null) return null;
    const source = value instanceof JsonNumber ? value.text : typeof value === 'object' ? illegal(name) : String(value);
    return PRIMITIVE_READERS[name](source, value);
  }

  private enumConstant(value: JsonValue, type: ApexType & { readonly kind: 'user' }): unknown {
    const found = this.runtime.program
      .enumConstants(type.symbol)
      .find((constant) => constant.name.toLowerCase() === String(value).toLowerCase());
    if (found === undefined)
      throw apexError('JSONException', `Unexpected value '${String(value)}' for enum ${type.symbol.fullName}`);
    return found;
  }

  /** Objects are made without running their constructor, as on the platform; initialisers do not run either. */
  private object(value: JsonValue, type: ApexType & { readonly kind: 'user' }): unknown {
    const members = this.members(value, type);
    if (type.symbol.kind !== 'class' || type.symbol.isAbstract)
      throw apexError('JSONException', `Apex Type unsupported in JSON: ${type.symbol.fullName}`);
    const made: ApexObject = new (this.runtime.classOf(type.symbol))();
    for (const [name, item] of members) {
      const slot = made.$class.slots.get(name.toLowerCase());
      const fieldType = slot === undefined ? undefined : declaredType(made, name.toLowerCase());
      if (slot !== undefined && fieldType !== undefined) made[slot.slot] = this.read(item, fieldType);
      else if (this.strict) throw apexError('JSONException', `Invalid field ${name} for type ${type.symbol.fullName}`);
    }
    return made;
  }

  private record(value: JsonValue, typeNameWritten: string): unknown {
    const members = this.members(value, { kind: 'sobject', name: typeNameWritten });
    const attributes = members.get('attributes');
    const named =
      attributes !== undefined && isMembers(attributes ?? null) && attributes instanceof Map
        ? attributes.get('type')
        : undefined;
    const isGeneric = typeNameWritten === 'SObject';
    // Without a type in its attributes nobody knows of which object the record is (soql-lib: SOQL.stripAdditionalFields).
    if (isGeneric && typeof named !== 'string')
      throw apexError('JSONException', 'Apex Type unsupported in JSON: SObject without attributes');
    const record = new SObject(this.runtime.object(isGeneric && typeof named === 'string' ? named : typeNameWritten));
    for (const [name, item] of members) if (name !== 'attributes') this.recordMember(record, name, item);
    return record;
  }

  private recordMember(record: SObject, name: string, item: JsonValue): void {
    const field = record.field(name);
    if (field !== undefined) {
      const read = item === null ? null : this.read(item, FIELD_TYPES[field.type] ?? PRIMITIVES.String);
      const value = ID_TYPES.has(field.type) && typeof read === 'string' ? (toId18(read) ?? read) : read;
      record.set(
        field.name,
        typeof value === 'object' && value !== null && !isStorable(value) ? null : storable(value),
      );
      return;
    }
    const parent = record.object.parents.get(name.toLowerCase());
    if (parent?.relationshipName !== undefined) {
      // A polymorphic parent says in its attributes what it is.
      const target = parent.referenceTo.length === 1 ? (parent.referenceTo[0] ?? 'SObject') : 'SObject';
      const row = item === null ? null : this.record(item, target);
      record.related.set(parent.relationshipName, row instanceof SObject ? row : null);
      return;
    }
    const child = record.object.children.get(name.toLowerCase());
    if (child !== undefined) {
      record.related.set(
        child.name,
        this.array(item, { kind: 'sobject', name: child.object }).flatMap((entry) => {
          const row = this.record(entry, child.object);
          return row instanceof SObject ? [row] : [];
        }),
      );
      return;
    }
    throw apexError('JSONException', `No such column '${name}' on sobject of type ${record.object.name}`);
  }

  private platform(value: JsonValue, type: ApexType & { readonly kind: 'platform' }): unknown {
    const names = this.runtime.options.platformEnum(type.name);
    if (names.length > 0) return this.runtime.platformEnum(type.name, String(value));
    if (isBean(type.name)) return this.bean(value, type);
    if (type.name === 'System.HttpResponse') return new HttpResponseObject();
    throw apexError('JSONException', `Apex Type unsupported in JSON: ${type.name}`);
  }

  private bean(value: JsonValue, type: ApexType & { readonly kind: 'platform' }): unknown {
    const made = bean(this.runtime, type.name);
    for (const [name, item] of this.members(value, type)) {
      const declared = beanPropertyType(type.name, name);
      if (declared !== undefined)
        made.set(name, isId(declared) && typeof item === 'string' ? (toId18(item) ?? item) : this.read(item, declared));
      else if (this.strict) throw apexError('JSONException', `Invalid field ${name} for type ${type.name}`);
    }
    return made;
  }
}

/** Results of DML take any text as an Id (NebulaLogger: LoggerMockDataCreator writes `"id": "null"`). */
function isId(type: ApexType): boolean {
  return type.kind === 'primitive' && type.name === 'Id';
}

function illegal(name: string): never {
  throw apexError('JSONException', `Illegal value for primitive: ${name}`);
}

function bad(name: string, source: string): never {
  throw apexError('JSONException', `Illegal value for primitive: ${name}: ${source}`);
}

type Storable = NonNullable<Parameters<SObject['set']>[1]> | null;

function isStorable(value: unknown): value is Storable {
  return (
    value === null ||
    typeof value !== 'object' ||
    value instanceof ApexDecimal ||
    value instanceof ApexDate ||
    value instanceof ApexDatetime ||
    value instanceof ApexTime ||
    value instanceof ApexBlob
  );
}

function storable(value: unknown): Storable {
  return isStorable(value) ? value : null;
}

/** Fields of records that hold Ids. What is no Id stays as it is (SObjectFabricator: sfab_FabricatedSObjectTest). */
const ID_TYPES: ReadonlySet<string> = new Set(['id', 'reference']);

const FIELD_TYPES: Readonly<Record<string, ApexType>> = {
  boolean: PRIMITIVES.Boolean,
  int: PRIMITIVES.Integer,
  long: PRIMITIVES.Long,
  double: PRIMITIVES.Decimal,
  currency: PRIMITIVES.Decimal,
  percent: PRIMITIVES.Decimal,
  date: PRIMITIVES.Date,
  datetime: PRIMITIVES.Datetime,
  time: PRIMITIVES.Time,
  base64: PRIMITIVES.Blob,
};

const whole =
  (bits: number, name: string) =>
  (source: string): bigint => {
    if (!/^[+-]?\d+$/.test(source)) bad(name, source);
    const value = BigInt(source);
    return BigInt.asIntN(bits, value) === value ? value : bad(name, source);
  };

const datetime = (source: string): ApexDatetime => {
  if (/^-?\d{10,}$/.test(source)) return new ApexDatetime(Number(source));
  return ApexDatetime.parseIso(source) ?? bad('datetime', source);
};

const PRIMITIVE_READERS: Readonly<Record<PrimitiveName, (source: string, value: JsonValue) => unknown>> = {
  String: (source) => source,
  Id: (source) => asId(source),
  Boolean: (source) => (/^(true|false)$/i.test(source) ? source.toLowerCase() === 'true' : bad('boolean', source)),
  Integer: (source) => Number(whole(32, 'integer')(source)),
  Long: (source) => whole(64, 'long')(source),
  Double: (source) =>
    Number.isNaN(Number(source)) || source === '' ? bad('double', source) : new ApexDouble(Number(source)),
  Decimal: (source) => ApexDecimal.parse(source) ?? bad('decimal', source),
  Date: (source) => ApexDate.parseIso(source.slice(0, 10)) ?? bad('date', source),
  Datetime: datetime,
  Time: (source) => ApexTime.parseIso(source) ?? bad('time', source),
  Blob: (source) => new ApexBlob(Buffer.from(source, 'base64')),
  Object: (_, value) => untyped(value),
};

/** Declared type of a field, in the class or one above it. */
function declaredType(target: ApexObject, key: string): ApexType | undefined {
  for (let info: ApexObject['$class'] | undefined = target.$class; info !== undefined; info = info.superClass) {
    const field = info.symbol.fields.get(key);
    if (field !== undefined && !field.isStatic) return field.type;
  }
  return undefined;
}
