import { ApexDatetime, rowValues, type FieldValue, type ObjectSchema, type Row, type Store } from '../../data/index.js';

type Values = Readonly<Record<string, FieldValue>>;

/** Writes rows that the platform makes by itself, such as those of test runs. Each write is committed at once. */
export class PlatformRows {
  /**
   * @param store gives the org's own records
   * @param now milliseconds since 1970
   */
  constructor(
    readonly store: () => Store,
    private readonly now: () => number,
  ) {}

  object(name: string): ObjectSchema {
    const object = this.store().schema.object(name);
    if (object === undefined) throw new Error(`The org has no object ${name}.`);
    return object;
  }

  /** Stores a new row and returns its Id. */
  insert(objectName: string, userId: string, values: Values): string {
    const object = this.object(objectName);
    const id = this.store().nextId(object);
    this.write(object, id, { CreatedDate: this.timestamp(), CreatedById: userId, IsDeleted: false, ...values });
    return id;
  }

  /** Changes some values of a row; does nothing when it is gone. */
  update(objectName: string, id: string, values: Values): void {
    const object = this.object(objectName);
    const row = this.store().table(object).get(id);
    if (row !== undefined) this.write(object, id, { ...row.values, ...values });
  }

  remove(objectName: string, id: string): void {
    this.store().remove(this.object(objectName), id);
    this.store().commit();
  }

  get(objectName: string, id: string): Row | undefined {
    return this.store().table(this.object(objectName)).get(id);
  }

  /** Rows whose field has the value, in the order in which they were made. */
  find(objectName: string, fieldName: string, value: FieldValue): readonly Row[] {
    const object = this.object(objectName);
    const field = object.fields.get(fieldName.toLowerCase());
    if (field === undefined) throw new Error(`${objectName} has no field ${fieldName}.`);
    const table = this.store().table(object);
    return [...table.indexOf(field).find(value)].flatMap((id) => table.get(id) ?? []);
  }

  /** The time as fields hold it, to the second. */
  timestamp(): ApexDatetime {
    return new ApexDatetime(Math.floor(this.now() / 1000) * 1000);
  }

  private write(object: ObjectSchema, id: string, values: Values): void {
    const all: Values = { ...values, Id: id, LastModifiedDate: this.timestamp(), SystemModstamp: this.timestamp() };
    const known = Object.entries(all).filter(([name]) => object.fields.has(name.toLowerCase()));
    this.store().put(object, { id, deleted: false, values: rowValues(known) });
    this.store().commit();
  }
}
