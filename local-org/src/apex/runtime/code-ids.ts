import type { Store } from '../../data/index.js';

/** Id of the row that the org keeps of a class (by the name of its outermost class) or trigger; null when it keeps none. */
export function codeId(store: Store, object: 'ApexClass' | 'ApexTrigger', name: string): string | null {
  const schema = store.schema.object(object);
  const field = schema?.fields.get('name');
  if (schema === undefined || field === undefined) return null;
  const [id] = store
    .table(schema)
    .indexOf(field)
    .find(name.split('.')[0] ?? name);
  return id ?? null;
}
