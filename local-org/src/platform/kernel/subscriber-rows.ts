import { rowValues } from '../../data/index.js';
import type { ApexRuntime } from '../../apex/runtime/index.js';
import type { Subscription } from './subscription.js';

/** Keeps the EventBusSubscriber row of a subscription true, and commits it. */
export function noteSubscriber(runtime: ApexRuntime, { state, position, retries }: Subscription, tip: number): void {
  const object = runtime.object('EventBusSubscriber');
  const { store } = runtime.data;
  const id = rowOf(runtime, state.name) ?? store.nextId(object);
  store.put(object, {
    id,
    deleted: false,
    values: rowValues([
      ['Id', id],
      ['Name', state.name],
      ['ExternalId', id],
      ['Type', state.type],
      ['Topic', runtime.schema.object(state.object)?.name ?? state.object],
      ['Status', state.status],
      ['Position', position],
      ['Tip', tip],
      ['Retries', retries],
      ['LastError', state.lastError],
      ['IsPartitioned', state.partitions.length > 1],
    ]),
  });
  store.commit();
}

export function removeSubscriber(runtime: ApexRuntime, name: string): void {
  const id = rowOf(runtime, name);
  if (id === undefined) return;
  runtime.data.store.remove(runtime.object('EventBusSubscriber'), id);
  runtime.data.store.commit();
}

function rowOf(runtime: ApexRuntime, name: string): string | undefined {
  for (const row of runtime.data.store.table(runtime.object('EventBusSubscriber')).all())
    if (row.values['Name'] === name) return row.id;
  return undefined;
}
