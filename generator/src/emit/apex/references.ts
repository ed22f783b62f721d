import type { Integration, RequestStep } from '../../model/index.js';
import { namedReferences, sourceReferences, templateReferences, type ValueReference } from './values.js';

/** Every value that a request reads, in the order of first use; the same one may come more than once. */
export function stepReferences({ path, query, headers, body }: RequestStep): readonly ValueReference[] {
  return [
    ...templateReferences(path),
    ...namedReferences(query),
    ...namedReferences(headers),
    ...(body.kind === 'none' ? [] : body.fields.flatMap(({ source }) => sourceReferences(source))),
  ];
}

/** Fields of the record that the requests and the order key read, `Id` first, each once. */
export function recordFields({ requests, queue }: Integration): readonly string[] {
  const used = [...requests.flatMap(stepReferences), ...templateReferences(queue.orderBy)].flatMap((reference) =>
    reference.kind === 'field' ? [reference.path] : [],
  );
  const seen = new Set(['id']);
  const fields: string[] = ['Id'];
  for (const field of used) {
    if (!seen.has(field.toLowerCase())) fields.push(field);
    seen.add(field.toLowerCase());
  }
  return fields;
}
