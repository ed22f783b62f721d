import { ApexDecimal } from '../../data/index.js';
import type { Component } from '../../model/index.js';
import { followCustomMetadata } from './custom-metadata.js';
import type { SystemRow, SystemRows } from './system-rows.js';
import { rootOf, textOf } from './xml.js';

/** What the rows of deployed metadata are made from. */
export interface MetadataSource {
  readonly components: readonly Component[];
  /** Id that the org gave a component when it was deployed; undefined where there is no such org. */
  readonly componentId: (type: string, fullName: string) => string | undefined;
}

/** Rows by which deployed metadata of one type can be queried. */
export interface MetadataRows {
  readonly metadataType: string;
  readonly object: string;
  /** Fields by which a row is found again when its component changes. */
  readonly key: readonly string[];
  readonly rows: (component: Component, source: MetadataSource) => readonly SystemRow[];
}

function codeRow(component: Component, source: MetadataSource): SystemRow {
  const version = /<apiVersion>\s*([\d.]+)\s*<\/apiVersion>/.exec(component.metaXml ?? '')?.[1] ?? '66.0';
  return {
    id: source.componentId(component.type, component.fullName),
    values: {
      Name: component.fullName,
      Body: component.content,
      Status: /<status>\s*(\w+)\s*<\/status>/.exec(component.metaXml ?? '')?.[1] ?? 'Active',
      ApiVersion: ApexDecimal.of(version),
      IsValid: true,
      LengthWithoutComments: component.content.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '').length,
    },
  };
}

/** Flags of a trigger's row by the event in its source. */
const USAGES: Readonly<Record<string, string>> = {
  UsageBeforeInsert: 'before insert',
  UsageBeforeUpdate: 'before update',
  UsageBeforeDelete: 'before delete',
  UsageAfterInsert: 'after insert',
  UsageAfterUpdate: 'after update',
  UsageAfterDelete: 'after delete',
  UsageAfterUndelete: 'after undelete',
};

function triggerRow(component: Component, source: MetadataSource): SystemRow {
  const { id, values } = codeRow(component, source);
  const head = /\btrigger\s+\w+\s+on\s+(\w+)\s*\(([^)]*)\)/i.exec(component.content);
  const events = (head?.[2] ?? '').toLowerCase().replace(/\s+/g, ' ');
  const usages = Object.entries(USAGES).map(([field, event]) => [field, events.includes(event)] as const);
  return { id, values: { ...values, TableEnumOrId: head?.[1] ?? null, ...Object.fromEntries(usages) } };
}

/**
 * Which metadata shows as rows, one entry per kind of row. Rows keep their Ids while their components change, and go with them.
 * Custom metadata records, whose object depends on the record, have a file of their own, and permission sets are access's business.
 */
export const METADATA_ROWS: readonly MetadataRows[] = [
  {
    metadataType: 'ApexClass',
    object: 'ApexClass',
    key: ['Name'],
    rows: (component, source) => [codeRow(component, source)],
  },
  {
    metadataType: 'ApexTrigger',
    object: 'ApexTrigger',
    key: ['Name'],
    rows: (component, source) => [triggerRow(component, source)],
  },
  {
    metadataType: 'CustomNotificationType',
    object: 'CustomNotificationType',
    key: ['DeveloperName'],
    rows: (component) => {
      const root = rootOf(component.content, 'CustomNotificationType');
      const label = textOf(root, 'masterLabel') ?? component.fullName;
      return [
        {
          values: {
            DeveloperName: component.fullName,
            MasterLabel: label,
            CustomNotifTypeName: label,
            Desktop: textOf(root, 'desktop') === 'true',
            Mobile: textOf(root, 'mobile') === 'true',
          },
        },
      ];
    },
  },
];

/** Brings every row that deployed metadata shows as up to date. */
export function followMetadata(rows: SystemRows, source: MetadataSource): void {
  for (const kind of METADATA_ROWS) {
    const components = source.components.filter(({ type }) => type === kind.metadataType);
    const wanted = components.flatMap((component) => kind.rows(component, source));
    rows.follow(kind.object, kind.key, wanted);
  }
  followRecordTypes(rows, source);
  followCustomMetadata(rows, source.components);
}

/** Record types stand in the files of their objects. */
function followRecordTypes(rows: SystemRows, source: MetadataSource): void {
  const { schema } = rows.store;
  const wanted = source.components
    .filter(({ type }) => type === 'CustomObject')
    .flatMap(({ fullName }) => schema.object(fullName) ?? [])
    .flatMap((object) =>
      object.recordTypes.map(({ developerName, label, active }): SystemRow => ({
        values: { SobjectType: object.name, DeveloperName: developerName, Name: label, IsActive: active },
      })),
    );
  rows.follow('RecordType', ['DeveloperName', 'SobjectType'], wanted);
}
