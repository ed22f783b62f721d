import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { childrenOf, parseXml, type XmlNode } from './xml-tree.js';

/** The Metadata API's WSDL, which is not part of the project: download it from an org (Setup, API) or name it in METADATA_WSDL. */
const WSDL =
  process.env['METADATA_WSDL'] ??
  fileURLToPath(new URL('../../../../../shared/reference/metadata-v66.wsdl', import.meta.url));

interface ElementRule {
  readonly type: string;
  readonly isRequired: boolean;
  readonly isList: boolean;
}

interface Schema {
  readonly types: ReadonlyMap<
    string,
    { readonly base: string | undefined; readonly elements: ReadonlyMap<string, ElementRule> }
  >;
  readonly enums: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The check of a document against the schema of the WSDL, or undefined when there is no WSDL. */
export function schemaCheck(): ((xml: string) => string[]) | undefined {
  if (!existsSync(WSDL)) return undefined;
  const schema = readSchema(readFileSync(WSDL, 'utf8'));
  return (xml) => {
    const root = parseXml(xml);
    if (root.attributes['xmlns'] !== 'http://soap.sforce.com/2006/04/metadata') return ['wrong namespace'];
    return checkElement(schema, root.name, root, root.name);
  };
}

function readSchema(wsdl: string): Schema {
  const definitions = parseXml(wsdl);
  const schemas = childrenOf(definitions, 'types').flatMap((types) => childrenOf(types, 'xsd:schema'));
  const types = new Map<string, { base: string | undefined; elements: Map<string, ElementRule> }>();
  const enums = new Map<string, ReadonlySet<string>>();
  for (const node of schemas.flatMap(({ children }) => children)) {
    const name = node.attributes['name'] ?? '';
    if (node.name === 'xsd:complexType') types.set(name, readComplexType(node));
    if (node.name === 'xsd:simpleType') {
      const values = childrenOf(node, 'xsd:restriction').flatMap((restriction) =>
        childrenOf(restriction, 'xsd:enumeration'),
      );
      if (values.length > 0) enums.set(name, new Set(values.map(({ attributes }) => attributes['value'] ?? '')));
    }
  }
  return { types, enums };
}

function readComplexType(node: XmlNode): { base: string | undefined; elements: Map<string, ElementRule> } {
  const extension = childrenOf(node, 'xsd:complexContent').flatMap((content) =>
    childrenOf(content, 'xsd:extension'),
  )[0];
  const elements = childrenOf(extension ?? node, 'xsd:sequence').flatMap((sequence) =>
    childrenOf(sequence, 'xsd:element'),
  );
  return {
    base: extension?.attributes['base']?.replace('tns:', ''),
    elements: new Map(
      elements.map(({ attributes }) => [
        attributes['name'] ?? '',
        {
          type: attributes['type'] ?? '',
          isRequired: attributes['minOccurs'] !== '0',
          isList: attributes['maxOccurs'] === 'unbounded',
        },
      ]),
    ),
  };
}

/** All elements of a type, inherited ones included. */
function elementsOf(schema: Schema, type: string): ReadonlyMap<string, ElementRule> | undefined {
  const found = schema.types.get(type);
  if (found === undefined) return undefined;
  return new Map([...(found.base === undefined ? [] : (elementsOf(schema, found.base) ?? [])), ...found.elements]);
}

/** Unknown, missing and repeated elements, gaps between elements of one name, wrong values. Order is not checked: orgs accept any. */
function checkElement(schema: Schema, type: string, node: XmlNode, path: string): string[] {
  const rules = elementsOf(schema, type);
  if (rules === undefined) return [`${path}: unknown type ${type}`];
  const problems: string[] = [];
  const names = node.children.map(({ name }) => name);
  for (const [name, rule] of rules) {
    const count = names.filter((other) => other === name).length;
    if (rule.isRequired && !rule.isList && count === 0) problems.push(`${path}: ${name} is missing`);
    if (!rule.isList && count > 1) problems.push(`${path}: ${name} is repeated`);
    if (count > 1 && names.lastIndexOf(name) - names.indexOf(name) + 1 !== count) {
      problems.push(`${path}: ${name} is not contiguous`);
    }
  }
  for (const child of node.children) {
    const rule = rules.get(child.name);
    if (rule === undefined) problems.push(`${path}: unknown element ${child.name}`);
    else problems.push(...checkValue(schema, rule.type, child, `${path}.${child.name}`));
  }
  return problems;
}

const SIMPLE: Readonly<Record<string, RegExp>> = {
  'xsd:boolean': /^(true|false)$/,
  'xsd:int': /^-?\d+$/,
  'xsd:double': /^-?\d+(\.\d+)?$/,
  'xsd:date': /^\d{4}-\d{2}-\d{2}$/,
  'xsd:time': /^\d{2}:\d{2}:\d{2}\.\d{3}Z$/,
  'xsd:dateTime': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?(Z|[+-]\d{2}:\d{2})$/,
  'xsd:string': /[\s\S]*/,
  'xsd:anyType': /[\s\S]*/,
};

function checkValue(schema: Schema, type: string, node: XmlNode, path: string): string[] {
  const pattern = SIMPLE[type];
  const name = type.replace('tns:', '');
  if (pattern !== undefined) {
    if (node.children.length > 0) return [`${path}: holds elements, not a value`];
    return pattern.test(node.text) ? [] : [`${path}: ${node.text} is no ${type}`];
  }
  const values = schema.enums.get(name);
  if (values !== undefined) return values.has(node.text) ? [] : [`${path}: ${node.text} is no ${name}`];
  return checkElement(schema, name, node, path);
}
