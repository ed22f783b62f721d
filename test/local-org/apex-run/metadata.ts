import type { Component } from '../../../local-org/src/model/index.js';

/** An object from the inner XML of its file. */
export function object(fullName: string, inner: string): Component {
  return {
    type: 'CustomObject',
    fullName,
    fileName: `objects/${fullName}.object`,
    metaXml: undefined,
    content: `<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata"><label>${fullName.replace(/__c$/, '')}</label>${inner}</CustomObject>`,
  };
}

/** A field as it stands in its object's file. */
export function field(fullName: string, type: string, more = ''): string {
  return `<fields><fullName>${fullName}</fullName><label>${fullName.replace(/__c$/, '').replaceAll('_', ' ')}</label><type>${type}</type>${more}</fields>`;
}

/** A record of a custom metadata type: `Rule.First`. */
export function metadataRecord(fullName: string, values: Readonly<Record<string, string>>): Component {
  const entries = Object.entries(values).map(
    ([name, value]) => `<values><field>${name}</field><value>${value}</value></values>`,
  );
  return {
    type: 'CustomMetadata',
    fullName,
    fileName: `customMetadata/${fullName}.md`,
    metaXml: undefined,
    content: `<CustomMetadata><label>${fullName}</label>${entries.join('')}</CustomMetadata>`,
  };
}
