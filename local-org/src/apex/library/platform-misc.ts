import { mergedSetting, SObject, type ObjectSchema, type Row } from '../../data/index.js';
import {
  apexError,
  ApexList,
  ApexMap,
  elementsOf,
  performDml,
  PlatformObject,
  Unsupported,
  type ApexRuntime,
  type LibraryModule,
  type LibraryTable,
} from '../runtime/index.js';
import { PRIMITIVES, type ApexType } from '../types/types.js';
import { required } from './arguments.js';
import { resultOf } from './results.js';

/** System.Trigger: the context variables of the running trigger; null and false outside of one. */
export const triggerModule: LibraryModule = {
  owner: 'System.Trigger',
  members: (runtime) => {
    const frame = () => runtime.tx.triggerFrames.at(-1);
    const rows = (which: 'newRecords' | 'oldRecords') => () => {
      const records = frame()?.[which];
      return records === undefined
        ? null
        : new ApexList({ kind: 'sobject', name: frame()?.objectName ?? 'SObject' }, [...records]);
    };
    const map = (which: 'newRecords' | 'oldRecords') => () => {
      const records = frame()?.[which];
      if (records === undefined || records.some((record) => record.id === null)) return null;
      return new ApexMap(
        PRIMITIVES.Id,
        { kind: 'sobject', name: frame()?.objectName ?? 'SObject' },
        records.map((record): [unknown, unknown] => [record.id, record]),
      );
    };
    const is = (operation: string) => () => frame()?.operation === operation;
    return {
      new: rows('newRecords'),
      old: rows('oldRecords'),
      newMap: map('newRecords'),
      oldMap: map('oldRecords'),
      isExecuting: () => frame() !== undefined,
      isBefore: () => frame()?.timing === 'before',
      isAfter: () => frame()?.timing === 'after',
      isInsert: is('insert'),
      isUpdate: is('update'),
      isDelete: is('delete'),
      isUndelete: is('undelete'),
      size: () => (frame()?.newRecords ?? frame()?.oldRecords ?? []).length,
      operationType: () => {
        const current = frame();
        return current === undefined
          ? null
          : runtime.platformEnum('System.TriggerOperation', `${current.timing}_${current.operation}`.toUpperCase());
      },
    };
  },
};

class TriggerContextObject extends PlatformObject {
  override readonly typeName = 'EventBus.TriggerContext';
  constructor(readonly runtime: ApexRuntime) {
    super();
  }
  get retries(): number {
    return this.runtime.events.currentDelivery().retries;
  }
  get lastError(): string | null {
    return this.runtime.events.currentDelivery().lastError;
  }
}

export const eventBusModules: readonly LibraryModule[] = [
  {
    owner: 'System.EventBus',
    members: (runtime) => ({
      publish: (events: unknown) => {
        const rows =
          events instanceof SObject ? [events] : elementsOf(required(events)).filter((row) => row instanceof SObject);
        for (const row of rows)
          if (row.object.kind !== 'platformEvent')
            throw apexError('TypeException', `EventBus.publish needs platform events, not ${row.object.name}`);
        const results = performDml(runtime, 'insert', rows, {
          allOrNone: false,
          externalId: null,
          userMode: false,
        }).map((outcome) => resultOf(runtime, 'insert', outcome));
        return events instanceof SObject
          ? (results[0] ?? null)
          : new ApexList({ kind: 'platform', name: 'Database.SaveResult', args: [] }, results);
      },
    }),
  },
  {
    owner: 'EventBus.TriggerContext',
    members: (runtime) => ({
      currentContext: () => new TriggerContextObject(runtime),
      setResumeCheckpoint: (_self: TriggerContextObject, replayId: string) => {
        const delivery = runtime.events.currentDelivery();
        if (!delivery.replayIds.has(replayId))
          throw apexError('EventBus.InvalidReplayIdException', `No event of the batch has the Replay ID ${replayId}`);
        delivery.resumeCheckpoint = replayId;
      },
      getResumeCheckpoint: () => runtime.events.currentDelivery().resumeCheckpoint,
    }),
  },
];

/** Rows of a custom setting or custom metadata type. */
function settingRows(runtime: ApexRuntime, object: ObjectSchema): readonly SObject[] {
  return [...runtime.data.store.table(object).all()]
    .filter((row) => !row.deleted)
    .map((row) => settingRecord(object, row.values));
}

/** Like a row of a query with every field, so that it can be inserted again once its Id is gone. */
function settingRecord(object: ObjectSchema, values: Row['values']): SObject {
  const record = new SObject(object);
  for (const field of object.fields.values()) record.set(field.name, values[field.name] ?? null);
  record.queried = true;
  return record;
}

function objectOf(runtime: ApexRuntime, type: ApexType): ObjectSchema {
  if (type.kind !== 'sobject') throw new Unsupported(`Custom setting access on ${type.kind}`);
  return runtime.object(type.name);
}

/** `getInstance()` of a hierarchy setting: the running user's values over the profile's over the org's. */
function hierarchyInstance(runtime: ApexRuntime, object: ObjectSchema, owner: string | undefined): SObject {
  const { store } = runtime.data;
  const user = owner ?? runtime.tx.userId;
  const profile = store.rowOfId(user)?.row.values['ProfileId'];
  const { values } = mergedSetting(store, object, [runtime.options.identity.organizationId, profile, user]);
  const merged = values['Id'] === undefined ? new SObject(object) : settingRecord(object, values);
  if (merged.get('SetupOwnerId') !== user) merged.values.delete('Id');
  merged.set('SetupOwnerId', user);
  return merged;
}

const named = (rows: readonly SObject[], field: string, name: string): SObject | null =>
  rows.find((row) => String(row.get(field)).toLowerCase() === name.toLowerCase()) ?? null;

function allByName(runtime: ApexRuntime, type: ApexType, field: string): ApexMap {
  const rows = settingRows(runtime, objectOf(runtime, type));
  return new ApexMap(
    PRIMITIVES.String,
    type,
    rows.map((row): [unknown, unknown] => [row.get(field), row]),
  );
}

/** Custom setting access counts no query (Apex Developer Guide: Custom Settings Methods). */
const customSettings = (runtime: ApexRuntime): LibraryTable => ({
  getAll: (type: ApexType) => allByName(runtime, type, 'Name'),
  getInstance: (type: ApexType, key?: string | null) => {
    const object = objectOf(runtime, type);
    if (object.kind === 'hierarchySetting') return hierarchyInstance(runtime, object, key ?? undefined);
    return named(settingRows(runtime, object), 'Name', required(key));
  },
  getValues: (type: ApexType, key: string | null) => {
    const object = objectOf(runtime, type);
    return named(
      settingRows(runtime, object),
      object.kind === 'hierarchySetting' ? 'SetupOwnerId' : 'Name',
      required(key),
    );
  },
  getOrgDefaults: (type: ApexType) => {
    const object = objectOf(runtime, type);
    const organization = runtime.options.identity.organizationId;
    return (
      named(settingRows(runtime, object), 'SetupOwnerId', organization) ??
      runtime.record(object.name, { SetupOwnerId: organization })
    );
  },
});

export const settingModules: readonly LibraryModule[] = [
  { owner: 'System.CustomSetting', members: customSettings },
  {
    owner: 'System.CustomMetadata',
    members: (runtime) => ({
      getAll: (type: ApexType) => allByName(runtime, type, 'DeveloperName'),
      getInstance: (type: ApexType, name: string | null) => {
        const rows = settingRows(runtime, objectOf(runtime, type));
        return (
          rows.find((row) => row.id === name) ??
          named(rows, 'DeveloperName', required(name)) ??
          named(rows, 'QualifiedApiName', required(name))
        );
      },
    }),
  },
];
