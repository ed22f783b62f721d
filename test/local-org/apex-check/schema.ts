import type { Component } from '../../../local-org/src/model/index.js';

function object(fullName: string, body: string): Component {
  return {
    type: 'CustomObject',
    fullName,
    fileName: `objects/${fullName}.object`,
    content: `<?xml version="1.0" encoding="UTF-8"?>\n<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">${body}</CustomObject>`,
    metaXml: undefined,
  };
}

function field(name: string, type: string, more = ''): string {
  return `<fields><fullName>${name}</fullName><type>${type}</type>${more}</fields>`;
}

/** Objects that the defective and the good classes use. */
export const SCHEMA: readonly Component[] = [
  object(
    'Parcel__c',
    field('Weight__c', 'Number', '<precision>9</precision><scale>2</scale>') +
      field('Notes__c', 'LongTextArea', '<length>32768</length>') +
      field('Label__c', 'Text', '<formula>Name</formula>') +
      field('Key__c', 'Text', '<externalId>true</externalId>') +
      field('Account__c', 'Lookup', '<referenceTo>Account</referenceTo><relationshipName>Parcels</relationshipName>') +
      '<fieldSets><fullName>Card</fullName></fieldSets>',
  ),
  object('Limit__mdt', field('Value__c', 'Number')),
  object('Settings__c', `<customSettingsType>Hierarchy</customSettingsType>${field('On__c', 'Checkbox')}`),
  object('Moved__e', `<eventType>HighVolume</eventType>${field('Key__c', 'Text')}`),
  { type: 'CustomLabels', fullName: 'CustomLabels', fileName: 'labels/CustomLabels.labels', content: '<CustomLabels><labels><fullName>Greeting</fullName></labels></CustomLabels>', metaXml: undefined },
  { type: 'Flow', fullName: 'Parcel_Flow', fileName: 'flows/Parcel_Flow.flow', content: '<Flow/>', metaXml: undefined },
];
