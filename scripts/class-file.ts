/**
 * Reads what a Java class file declares: names, flags, descriptors and generic signatures of the class, its fields and its methods. Code is
 * skipped. Follows chapter 4 of the Java Virtual Machine Specification.
 */
export interface ClassMember {
  readonly name: string;
  readonly flags: number;
  readonly descriptor: string;
  /** Generic signature when there is one, else the descriptor. */
  readonly signature: string;
}

export interface ClassFile {
  /** Internal name: `com/example/Outer$Inner`. */
  readonly name: string;
  readonly flags: number;
  readonly superName: string | undefined;
  readonly interfaces: readonly string[];
  /** Generic signature of the class: type parameters, superclass, interfaces. */
  readonly signature: string | undefined;
  readonly fields: readonly ClassMember[];
  readonly methods: readonly ClassMember[];
}

export const FLAGS = {
  public: 0x1,
  static: 0x8,
  bridge: 0x40,
  interface: 0x200,
  abstract: 0x400,
  synthetic: 0x1000,
  enum: 0x4000,
} as const;

type Constant = { readonly text: string } | { readonly ref: number } | undefined;

/** Sizes in bytes of the constant pool entries that are skipped, by tag. */
const SKIPPED: Readonly<Record<number, number>> = {
  3: 4,
  4: 4,
  5: 8,
  6: 8,
  8: 2,
  9: 4,
  10: 4,
  11: 4,
  12: 4,
  15: 3,
  16: 2,
  17: 4,
  18: 4,
  19: 2,
  20: 2,
};

class Reader {
  private at = 0;
  private readonly view: DataView;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  u1(): number {
    return this.view.getUint8(this.at++);
  }

  u2(): number {
    const value = this.view.getUint16(this.at);
    this.at += 2;
    return value;
  }

  u4(): number {
    const value = this.view.getUint32(this.at);
    this.at += 4;
    return value;
  }

  skip(count: number): void {
    this.at += count;
  }

  text(length: number): string {
    const value = new TextDecoder().decode(this.bytes.subarray(this.at, this.at + length));
    this.at += length;
    return value;
  }
}

function constantPool(reader: Reader): readonly Constant[] {
  const count = reader.u2();
  const pool: Constant[] = [undefined];
  while (pool.length < count) {
    const tag = reader.u1();
    if (tag === 1) {
      pool.push({ text: reader.text(reader.u2()) });
    } else if (tag === 7) {
      pool.push({ ref: reader.u2() });
    } else {
      const size = SKIPPED[tag];
      if (size === undefined) throw new Error(`unknown constant tag ${String(tag)}`);
      reader.skip(size);
      pool.push(undefined);
      if (tag === 5 || tag === 6) pool.push(undefined);
    }
  }
  return pool;
}

function textOf(pool: readonly Constant[], index: number): string {
  const entry = pool[index];
  if (entry === undefined) throw new Error(`constant ${String(index)} is not text`);
  return 'text' in entry ? entry.text : textOf(pool, entry.ref);
}

function signatureAttribute(reader: Reader, pool: readonly Constant[]): string | undefined {
  let signature: string | undefined;
  for (let left = reader.u2(); left > 0; left--) {
    const name = textOf(pool, reader.u2());
    const length = reader.u4();
    if (name === 'Signature') signature = textOf(pool, reader.u2());
    else reader.skip(length);
  }
  return signature;
}

function members(reader: Reader, pool: readonly Constant[]): readonly ClassMember[] {
  const result: ClassMember[] = [];
  for (let left = reader.u2(); left > 0; left--) {
    const flags = reader.u2();
    const name = textOf(pool, reader.u2());
    const descriptor = textOf(pool, reader.u2());
    result.push({ name, flags, descriptor, signature: signatureAttribute(reader, pool) ?? descriptor });
  }
  return result;
}

/** Throws when the bytes are no class file. */
export function readClassFile(bytes: Uint8Array): ClassFile {
  const reader = new Reader(bytes);
  if (reader.u4() !== 0xcafebabe) throw new Error('not a class file');
  reader.skip(4);
  const pool = constantPool(reader);
  const flags = reader.u2();
  const name = textOf(pool, reader.u2());
  const superIndex = reader.u2();
  const interfaces = Array.from({ length: reader.u2() }, () => textOf(pool, reader.u2()));
  const fields = members(reader, pool);
  const methods = members(reader, pool);
  const signature = signatureAttribute(reader, pool);
  return {
    name,
    flags,
    superName: superIndex === 0 ? undefined : textOf(pool, superIndex),
    interfaces,
    signature,
    fields,
    methods,
  };
}
