import { XMLParser } from 'fast-xml-parser';

/** What Apex needs of one CustomField element. */
export interface CustomField {
  readonly fullName: string;
  readonly type: string;
  readonly formula: boolean;
  readonly scale: number | undefined;
  readonly referenceTo: readonly string[];
  readonly relationshipName: string | undefined;
  /** `Child__c.Field__c` of a roll-up summary that is a smallest or largest value. */
  readonly summarizes: string | undefined;
}

/** What Apex needs of a CustomObject file. */
export interface CustomObjectXml {
  readonly fields: readonly CustomField[];
  readonly fieldSets: readonly string[];
  readonly settingType: 'Hierarchy' | 'List' | undefined;
  readonly nameFieldType: string | undefined;
  readonly sharingReasons: readonly string[];
}

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  htmlEntities: true,
  processEntities: true,
  isArray: (name) => ['fields', 'fieldSets', 'referenceTo', 'sharingReasons'].includes(name),
});

type Node = Readonly<Record<string, unknown>>;

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(node: Node, name: string): string | undefined {
  const value = node[name];
  return typeof value === 'string' ? value.trim() : undefined;
}

function nodes(node: Node, name: string): readonly Node[] {
  const value = node[name];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function texts(node: Node, name: string): readonly string[] {
  const value = node[name];
  if (!Array.isArray(value)) return [];
  return value.filter((item): item is string => typeof item === 'string').map((item) => item.trim());
}

function field(node: Node): CustomField | undefined {
  const fullName = text(node, 'fullName');
  if (fullName === undefined) return undefined;
  const scale = text(node, 'scale');
  const metadata = text(node, 'metadataRelationshipControllingField');
  return {
    fullName,
    type: text(node, 'type') ?? (metadata === undefined ? 'Text' : 'MetadataRelationship'),
    formula: text(node, 'formula') !== undefined,
    scale: scale === undefined ? undefined : Number(scale),
    referenceTo: texts(node, 'referenceTo'),
    relationshipName: text(node, 'relationshipName'),
    summarizes: /^(min|max)$/.test(text(node, 'summaryOperation') ?? '') ? text(node, 'summarizedField') : undefined,
  };
}

function documentOf(xml: string, root: string): Node | undefined {
  try {
    const parsed: unknown = parser.parse(xml);
    const found = isNode(parsed) ? parsed[root] : undefined;
    return isNode(found) ? found : undefined;
  } catch {
    // A file that is no XML is reported by the metadata checks; to Apex it declares nothing.
    return undefined;
  }
}

/** Reads a CustomObject file of the metadata format; undefined when it is no such document. */
export function readCustomObject(xml: string): CustomObjectXml | undefined {
  const root = documentOf(xml, 'CustomObject');
  if (root === undefined) return undefined;
  const setting = text(root, 'customSettingsType');
  const nameField = root['nameField'];
  return {
    fields: nodes(root, 'fields').flatMap((node) => field(node) ?? []),
    fieldSets: nodes(root, 'fieldSets').flatMap((node) => text(node, 'fullName') ?? []),
    settingType: setting === 'Hierarchy' || setting === 'List' ? setting : undefined,
    sharingReasons: nodes(root, 'sharingReasons').flatMap((node) => text(node, 'fullName') ?? []),
    nameFieldType: isNode(nameField) ? text(nameField, 'type') : undefined,
  };
}

/** Reads one CustomField file of its own. */
export function readCustomField(xml: string): CustomField | undefined {
  const root = documentOf(xml, 'CustomField');
  return root === undefined ? undefined : field(root);
}

/** Names of the labels in a CustomLabels file. */
export function readLabels(xml: string): readonly string[] {
  const root = documentOf(xml, 'CustomLabels');
  if (root === undefined) return [];
  const labels = root['labels'];
  const list = Array.isArray(labels) ? labels : [labels];
  return list.filter(isNode).flatMap((label) => text(label, 'fullName') ?? []);
}
