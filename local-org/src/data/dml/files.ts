import { createHash } from 'node:crypto';

import type { ObjectSchema } from '../schema/index.js';
import { rowValues, type Row, type Store } from '../store/index.js';
import { ApexBlob, type FieldValue } from '../values/index.js';
import { dmlErrors } from './errors.js';
import type { SystemRule } from './types.js';

/** FileType by extension (Object Reference: ContentVersion, FileType). */
const FILE_TYPES: Readonly<Record<string, string>> = {
  csv: 'CSV',
  doc: 'WORD',
  docx: 'WORD_X',
  gif: 'GIF',
  html: 'HTML',
  jpeg: 'JPG',
  jpg: 'JPG',
  json: 'JSON',
  m4a: 'M4A',
  mp4: 'MP4',
  pdf: 'PDF',
  png: 'PNG',
  ppt: 'POWER_POINT',
  pptx: 'POWER_POINT_X',
  svg: 'SVG',
  txt: 'TEXT',
  xls: 'EXCEL',
  xlsx: 'EXCEL_X',
  xml: 'XML',
  zip: 'ZIP',
};

const textOf = (value: FieldValue | undefined): string => (typeof value === 'string' ? value : '');

/** What a version says about itself follows from its content and its path. */
function describeVersion(values: Map<string, FieldValue>): void {
  const path = textOf(values.get('PathOnClient'));
  const file = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const dot = file.lastIndexOf('.');
  const extension = dot < 0 ? '' : file.slice(dot + 1);
  const data = values.get('VersionData');
  if (textOf(values.get('Title')) === '' && file !== '') values.set('Title', dot < 0 ? file : file.slice(0, dot));
  values.set('FileExtension', extension === '' ? null : extension);
  values.set('FileType', FILE_TYPES[extension.toLowerCase()] ?? 'UNKNOWN');
  if (!(data instanceof ApexBlob)) return;
  values.set('ContentSize', data.bytes.length);
  values.set('Checksum', createHash('md5').update(data.bytes).digest('hex'));
}

/** Fields that a document has from its latest version. */
const SHARED = ['Title', 'Description', 'FileExtension', 'FileType', 'ContentSize'] as const;
const AUDIT = ['CreatedDate', 'CreatedById', 'LastModifiedDate', 'LastModifiedById', 'SystemModstamp'] as const;

function put(store: Store, object: ObjectSchema, id: string, values: Readonly<Record<string, FieldValue>>): void {
  store.put(object, { id, deleted: false, values: rowValues(Object.entries({ ...values, Id: id, IsDeleted: false })) });
}

const pick = (row: Row, names: readonly string[]): Record<string, FieldValue> =>
  Object.fromEntries(names.map((name) => [name, row.values[name] ?? null]));

function objectNamed(store: Store, name: string): ObjectSchema {
  const object = store.schema.object(name);
  if (object === undefined) throw new Error(`The org has no object ${name}.`);
  return object;
}

/** Makes the version the latest of its document. Returns how many the document has. */
function supersede(store: Store, documentId: string, latestId: string): number {
  const versions = objectNamed(store, 'ContentVersion');
  const field = versions.fields.get('contentdocumentid');
  const ids = field === undefined ? [] : [...store.table(versions).indexOf(field).find(documentId)];
  for (const id of ids) {
    const row = store.table(versions).get(id);
    if (row !== undefined && id !== latestId) put(store, versions, id, { ...row.values, IsLatest: false });
  }
  return new Set([...ids, latestId]).size;
}

function link(store: Store, version: Row, documentId: string, entityId: string, shareType: string): void {
  const links = objectNamed(store, 'ContentDocumentLink');
  put(store, links, store.nextId(links), {
    ...pick(version, AUDIT),
    ContentDocumentId: documentId,
    LinkedEntityId: entityId,
    ShareType: shareType,
    Visibility: 'AllUsers',
  });
}

/** The first version of a file makes its document, which belongs to whoever inserts it and to the place where it is first published. */
function publish(store: Store, version: Row): void {
  const documents = objectNamed(store, 'ContentDocument');
  const given = textOf(version.values['ContentDocumentId']);
  const documentId = given === '' ? store.nextId(documents) : given;
  const count = supersede(store, documentId, version.id);
  const before = store.table(documents).get(documentId)?.values ?? {
    ...pick(version, AUDIT),
    OwnerId: version.values['OwnerId'] ?? version.values['CreatedById'] ?? null,
    PublishStatus: 'P',
    SharingOption: 'A',
    SharingPrivacy: 'N',
  };
  put(store, documents, documentId, { ...before, ...pick(version, SHARED), LatestPublishedVersionId: version.id });
  put(store, objectNamed(store, 'ContentVersion'), version.id, {
    ...version.values,
    ContentDocumentId: documentId,
    IsLatest: true,
    VersionNumber: String(count),
  });
  if (given !== '') return;
  link(store, version, documentId, textOf(version.values['CreatedById']), 'I');
  const place = textOf(version.values['FirstPublishLocationId']);
  if (place !== '' && !place.startsWith('005')) link(store, version, documentId, place, 'V');
}

const contentVersion: SystemRule = {
  derive: describeVersion,
  check({ values }) {
    const data = values['VersionData'];
    const isEmpty = !(data instanceof ApexBlob) || data.bytes.length === 0;
    if (textOf(values['ContentUrl']) !== '' || (values['ContentDocumentId'] !== undefined && !isEmpty))
      return undefined;
    const missing = [
      ...(isEmpty ? ['VersionData'] : []),
      ...(textOf(values['PathOnClient']) === '' ? ['PathOnClient'] : []),
    ];
    return missing.length === 0 ? undefined : dmlErrors.requiredMissing(missing);
  },
  saved(row, before, store) {
    if (before === undefined) publish(store, row);
  },
};

/** What the platform does with files by itself (Object Reference: ContentVersion, ContentDocument, ContentDocumentLink). */
export function fileRule(object: ObjectSchema): SystemRule | undefined {
  return object.name === 'ContentVersion' ? contentVersion : undefined;
}
