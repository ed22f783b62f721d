import { SObject, type Store } from '../../data/index.js';
import {
  ApexList,
  ApexMap,
  elementsOf,
  Unsupported,
  type ApexRuntime,
  type LibraryModule,
  type PropertyObject,
} from '../runtime/index.js';
import { platform, PRIMITIVES } from '../types/types.js';
import { required } from './arguments.js';
import { bean } from './bean.js';

/** Ids of the locked records of each view of the records, so that a test's locks are its own. */
const locked = new WeakMap<Store, Set<string>>();

function lockedIn(runtime: ApexRuntime): Set<string> {
  const { store } = runtime.data;
  let ids = locked.get(store);
  if (ids === undefined) {
    ids = new Set();
    locked.set(store, ids);
  }
  return ids;
}

const idOf = (value: unknown): string =>
  required(value instanceof SObject ? value.id : typeof value === 'string' ? value : null);

function change(runtime: ApexRuntime, value: unknown, lock: boolean): PropertyObject {
  const id = idOf(value);
  if (lock) lockedIn(runtime).add(id);
  else lockedIn(runtime).delete(id);
  return bean(runtime, lock ? 'Approval.LockResult' : 'Approval.UnlockResult', { success: true, id });
}

const each =
  (runtime: ApexRuntime, lock: boolean) =>
  (value: unknown): unknown =>
    value instanceof ApexList
      ? new ApexList(
          platform(lock ? 'Approval.LockResult' : 'Approval.UnlockResult'),
          elementsOf(value).map((item) => change(runtime, item, lock)),
        )
      : change(runtime, value, lock);

/** System.Approval: locks of records. Approval processes do not run. */
export const approvalModule: LibraryModule = {
  owner: 'System.Approval',
  members: (runtime) => ({
    lock: each(runtime, true),
    unlock: each(runtime, false),
    isLocked: (value: unknown) =>
      value instanceof ApexList
        ? new ApexMap(
            PRIMITIVES.Id,
            PRIMITIVES.Boolean,
            elementsOf(value).map((item): [unknown, unknown] => [idOf(item), lockedIn(runtime).has(idOf(item))]),
          )
        : lockedIn(runtime).has(idOf(value)),
    process: () => {
      throw new Unsupported('Approval.process');
    },
  }),
};
