import { SignatureReader } from './apex-signature.js';
import { FLAGS } from './class-file.js';
import type { ClassFile, ClassMember } from './class-file.js';

/** One standard object. Field types are Apex types; short codes keep the table small. */
export interface ObjectTable {
  readonly n: string;
  /** Plain fields: type to names. */
  readonly f: Readonly<Record<string, readonly string[]>>;
  /** References: [field, relationship, object]; the object `Name` stands for several. */
  readonly r: readonly (readonly [string, string, string])[];
  /** Child relationships: [name, object]. */
  readonly c?: readonly (readonly [string, string])[];
}

const OBJECT = /^Lcom\/nawforce\/runforce\/(?:SObjects|SObjectStubs|System(?=\/SObject;))\/(\w+);$/;
const COMPOUND = new Set(['Address', 'Location']);

/** Name of the object that a parent relationship leads to; undefined for a plain field. */
function parentObject(field: ClassMember): string | undefined {
  const object = OBJECT.exec(field.descriptor)?.[1];
  return object === undefined || COMPOUND.has(object) ? undefined : object;
}

function childObject(field: ClassMember): string | undefined {
  return field.descriptor.startsWith('[') ? OBJECT.exec(field.descriptor.slice(1))?.[1] : undefined;
}

/** Reads an object's class. A parent relationship stands right behind the Id field that it belongs to. */
export function extractObject(file: ClassFile): ObjectTable {
  const plain: Record<string, string[]> = {};
  const references: [string, string, string][] = [];
  const children: [string, string][] = [];
  const fields = file.fields.filter((field) => (field.flags & FLAGS.static) === 0);
  fields.forEach((field, index) => {
    const child = childObject(field);
    if (child !== undefined) {
      children.push([field.name, child]);
      return;
    }
    if (parentObject(field) !== undefined) return;
    const next = fields[index + 1];
    const object = next === undefined ? undefined : parentObject(next);
    const type = new SignatureReader(field.signature, []).type();
    if (next !== undefined && object !== undefined && (type === 'Id' || type === 'String')) {
      references.push([field.name, next.name, object]);
      return;
    }
    (plain[type] ??= []).push(field.name);
  });
  const name = file.name.split('/').at(-1) ?? '';
  return { n: name, f: plain, r: references, ...(children.length === 0 ? {} : { c: children }) };
}
