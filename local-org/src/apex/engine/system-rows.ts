import {
  ApexDatetime,
  isFormula,
  rowValues,
  sameFieldValue,
  type FieldValue,
  type ObjectSchema,
  type Row,
  type Store,
} from '../../data/index.js';

/** A row that the platform makes by itself. */
export interface SystemRow {
  /** Given where the Id is known already, such as that of a deployed class. */
  readonly id?: string | undefined;
  /** Fields that the platform rules; others of an existing row stay as they are. Null empties a field. */
  readonly values: Readonly<Record<string, FieldValue>>;
}

/**
 * Writes the rows that no user makes: base data, and what deployed metadata shows as records. Writing the same again changes nothing, so that
 * an org brings its rows up to date after each deployment and Ids stay.
 */
export class SystemRows {
  /** Who makes the rows; undefined until there is a user. */
  userId: string | undefined;

  /**
   * @param now milliseconds since 1970, the time of rows that change
   * @param followed Ids of the rows that followed metadata so far, by object; brought up to date
   */
  constructor(
    readonly store: Store,
    private readonly now: number,
    private readonly followed: Map<string, readonly string[]> = new Map(),
  ) {}

  /** Makes sure that a row with these key values exists and looks as wanted. Returns its Id. */
  ensure(objectName: string, key: readonly string[], wanted: SystemRow): string {
    const object = this.object(objectName);
    return this.write(object, this.find(object, key, wanted), wanted);
  }

  /** Makes the rows of an object that follow metadata exactly the wanted ones; rows that people made are left alone. Returns their Ids in order. */
  follow(objectName: string, key: readonly string[], wanted: readonly SystemRow[]): readonly string[] {
    const object = this.object(objectName);
    const ids = wanted.map((row) => this.ensure(objectName, key, row));
    const kept = new Set(ids);
    for (const id of this.followed.get(object.name) ?? []) {
      const row = kept.has(id) ? undefined : this.store.table(object).get(id);
      if (row !== undefined) this.removeWithChildren(object, row);
    }
    this.followed.set(object.name, ids);
    return ids;
  }

  /** Id of the row whose field has the value; undefined when there is none. */
  idOf(objectName: string, field: string, value: string): string | undefined {
    return this.find(this.object(objectName), [field], { values: { [field]: value } })?.id;
  }

  private object(name: string): ObjectSchema {
    const object = this.store.schema.object(name);
    if (object === undefined) throw new Error(`The org has no object ${name}.`);
    return object;
  }

  private find(object: ObjectSchema, key: readonly string[], { id, values }: SystemRow): Row | undefined {
    const table = this.store.table(object);
    if (id !== undefined) return table.get(id);
    const [first, ...rest] = key;
    const field = first === undefined ? undefined : object.fields.get(first.toLowerCase());
    if (field === undefined) throw new Error(`${object.name} has no field ${String(first)}.`);
    for (const found of table.indexOf(field).find(values[field.name] ?? null)) {
      const row = table.get(found);
      if (row !== undefined && rest.every((name) => sameFieldValue(row.values[name] ?? null, values[name] ?? null)))
        return row;
    }
    return undefined;
  }

  private write(object: ObjectSchema, existing: Row | undefined, { id, values }: SystemRow): string {
    if (existing !== undefined && isUpToDate(object, existing, values)) return existing.id;
    const rowId = existing?.id ?? id ?? this.store.nextId(object);
    const now = new ApexDatetime(Math.floor(this.now / 1000) * 1000);
    const user = this.userId ?? null;
    const written: readonly (readonly [string, FieldValue])[] = [
      ['IsDeleted', false],
      ['CreatedDate', now],
      ['CreatedById', user],
      ...Object.entries(existing?.values ?? {}),
      ...Object.entries(values),
      ['LastModifiedDate', now],
      ['LastModifiedById', user],
      ['SystemModstamp', now],
      ['Id', rowId],
    ];
    const known = new Map(written.filter(([name]) => object.fields.has(name.toLowerCase())));
    for (const field of object.fields.values())
      if (field.type === 'boolean' && !isFormula(field)) known.set(field.name, known.get(field.name) ?? false);
    this.store.put(object, { id: rowId, deleted: false, values: rowValues(known) });
    return rowId;
  }

  /** Rows that belong to a row of metadata, such as the assignments of a permission set, are gone with it. */
  private removeWithChildren(object: ObjectSchema, row: Row): void {
    this.store.remove(object, row.id);
    for (const relation of object.children.values()) {
      if (!this.store.hasRows(relation.object)) continue;
      const child = this.store.schema.object(relation.object);
      const field = child?.fields.get(relation.field.toLowerCase());
      if (child === undefined || field === undefined) continue;
      for (const id of [...this.store.table(child).indexOf(field).find(row.id)]) this.store.remove(child, id);
    }
  }
}

function isUpToDate(object: ObjectSchema, row: Row, values: SystemRow['values']): boolean {
  return (
    !row.deleted &&
    Object.entries(values).every(
      ([name, value]) =>
        !object.fields.has(name.toLowerCase()) || sameFieldValue(row.values[name] ?? null, value ?? null),
    )
  );
}
