import type { Row } from './row.js';

const RECORD = 'customMetadata/Policy.Api.md';
const CONFIG = 'PlatformEventSubscriberConfigs/Ping.platformEventSubscriberConfig';
const META = 'classes/Send.cls-meta.xml';
const ROOT =
  '<CustomMetadata xmlns="http://soap.sforce.com/2006/04/metadata" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">';
const value = (field: string, type: string): string =>
  `<field>${field}</field>\n        <value xsi:type="xsd:${type}">`;

const NO_TYPE =
  'Error parsing file:  Only the following configurations are supported : 1) if the type is mentioned i.g. type="xsi:boolean" 2) With metadata CRUD API with fullName required';

export const otherRows: readonly Row[] = [
  {
    rule: 'api-name-form',
    file: 'customPermissions/Override.customPermission',
    from: '<label>Override<',
    to: '<label>Second<',
    as: 'customPermissions/2nd_Override.customPermission',
    problems: [
      {
        at: 'metadata">',
        message:
          'The CustomPermission API Name can only contain underscores and alphanumeric characters. It must be unique, begin with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.',
      },
    ],
  },
  {
    rule: 'object-exists',
    file: 'objects/Line__c.object',
    from: '<label>Line<',
    to: '<label>Shipment<',
    as: 'objects/Shipment.object',
    problems: [{ at: 'metadata">', message: "Entity of type 'CustomObject' named 'Shipment' cannot be found" }],
  },
  {
    rule: 'object-exists',
    file: 'objects/Line__c.object',
    from: '<label>Line<',
    to: '<label>Outside<',
    as: 'objects/Outside__x.object',
    problems: [{ at: 'metadata">', message: 'Objects with the suffix __x are not supported by the local org' }],
  },
  {
    rule: 'subscriber-unique-per-trigger',
    file: CONFIG,
    from: '<masterLabel>Ping<',
    to: '<masterLabel>Pong<',
    as: 'PlatformEventSubscriberConfigs/Pong.platformEventSubscriberConfig',
    problems: [
      { at: '<platformEventConsumer>', message: 'The trigger PingTrigger already has the configuration Ping.' },
      {
        at: '<platformEventConsumer>',
        message: 'The trigger PingTrigger already has the configuration Pong.',
        file: CONFIG,
      },
    ],
  },
  {
    rule: 'record-value-types',
    file: RECORD,
    from: value('Enabled__c', 'boolean'),
    to: value('Enabled__c', 'string'),
    problems: [{ at: value('Enabled__c', 'string'), message: 'Enabled: value not of required type: true' }],
  },
  {
    rule: 'record-value-types',
    file: RECORD,
    from: value('Handler__c', 'string'),
    to: '<field>Handler__c</field>\n        <value>',
    problems: [{ at: '<field>Handler__c</field>\n        <value>', message: NO_TYPE }],
  },
  {
    rule: 'record-value-types',
    file: RECORD,
    from: `${value('Attempts__c', 'double')}5`,
    to: `${value('Attempts__c', 'double')}five`,
    problems: [
      {
        at: value('Attempts__c', 'double'),
        message: "Error parsing file: 'five' is not valid for the type xsd:double",
      },
    ],
  },
  {
    rule: 'record-value-types',
    file: RECORD,
    from: '>Helper<',
    to: '>MuchTooLongName<',
    problems: [
      {
        at: value('Handler__c', 'string'),
        message: 'Handler: data value too large: MuchTooLongName (max length=10)',
      },
    ],
  },
  {
    rule: 'record-value-types',
    file: RECORD,
    from: '>fast<',
    to: '>slow<',
    problems: [{ at: value('Mode__c', 'string'), message: 'Mode: bad value for restricted picklist field: slow' }],
  },
  {
    rule: 'record-required-fields',
    file: RECORD,
    from: '<value xsi:type="xsd:string">Helper</value>',
    to: '<value xsi:nil="true"/>',
    problems: [
      {
        at: 'true</value>\n    </values>\n    <values>',
        message: 'Required fields are missing: [Handler__c]',
      },
    ],
  },
  {
    rule: 'record-required-fields',
    file: RECORD,
    from: '    <label>Api</label>\n',
    to: '',
    problems: [{ at: ROOT, message: 'Required fields are missing: [MasterLabel]' }],
  },
  {
    rule: 'record-fields-unique',
    file: RECORD,
    from: '<field>Mode__c<',
    to: '<field>handler__c<',
    problems: [{ at: 'Helper</value>\n    </values>\n    <values>', message: 'Duplicate values found for handler__c' }],
  },
  {
    rule: 'record-names',
    file: RECORD,
    from: '<label>Api<',
    to: '<label>A label that is longer than forty characters<',
    problems: [{ at: '<label>', message: 'Value too long for field: MasterLabel maximum length is:40' }],
  },
  {
    rule: 'record-relationships-exist',
    file: RECORD,
    from: '>Api</value>',
    to: '>Nope</value>',
    problems: [{ at: value('Parent__c', 'string'), message: 'Parent: no Policy__mdt named Nope found' }],
  },
  {
    rule: 'references-exist',
    file: RECORD,
    from: '<field>Mode__c<',
    to: '<field>Moode__c<',
    problems: [
      {
        at: 'Helper</value>\n    </values>\n    <values>\n        <field>',
        message: 'Policy__mdt: could not find fields: Moode__c',
      },
    ],
  },
  {
    rule: 'subscriber-batch-size',
    file: CONFIG,
    from: '>200<',
    to: '>2001<',
    problems: [{ at: '<batchSize>', message: 'batchSize must be between 1 and 2000, but is 2001' }],
  },
  {
    rule: 'subscriber-partitions',
    file: CONFIG,
    from: '>2<',
    to: '>11<',
    problems: [{ at: '<numPartitions>', message: 'numPartitions must be between 1 and 10, but is 11' }],
  },
  {
    rule: 'subscriber-user-exists',
    file: CONFIG,
    from: 'integration@example.com',
    to: 'nobody@example.com',
    problems: [{ at: '<user>', message: 'In field: user - no User named nobody@example.com found' }],
  },
  {
    rule: 'references-exist',
    file: CONFIG,
    from: '>PingTrigger<',
    to: '>PongTrigger<',
    problems: [
      {
        at: '<platformEventConsumer>',
        message: 'In field: platformEventConsumer - no ApexTrigger named PongTrigger found',
      },
    ],
  },
  {
    rule: 'queue-members-exist',
    file: 'queues/Desk.queue',
    from: 'admin@example.com',
    to: 'gone@example.com',
    problems: [{ at: '<user>', message: 'In field: user - the user gone@example.com is inactive' }],
  },
  {
    rule: 'apex-file-has-api-version',
    file: META,
    from: '66.0',
    to: '67.0',
    problems: [
      {
        at: '<apiVersion>',
        message: 'API version 67.0 of the component is newer than version 66.0 of the package',
      },
    ],
  },
  {
    rule: 'apex-file-has-api-version',
    file: META,
    from: '    <apiVersion>66.0</apiVersion>\n',
    to: '',
    problems: [{ at: 'metadata">', message: 'Required field is missing: apiVersion' }],
  },
  {
    rule: 'apex-file-status',
    file: META,
    from: 'Active',
    to: 'Deleted',
    problems: [
      { at: '<status>', message: 'Cannot deploy a component with status Deleted; use destructiveChanges.xml' },
    ],
  },
  {
    rule: 'references-exist',
    file: 'permissionsetgroups/Callers.permissionsetgroup',
    from: '>Caller<',
    to: '>Calller<',
    problems: [{ at: '<permissionSets>', message: 'In field: permissionSets - no PermissionSet named Calller found' }],
  },
  {
    rule: 'references-exist',
    file: 'layouts/Order__c-Order Layout.layout',
    from: 'Status__c',
    to: 'Stat__c',
    problems: [{ at: '<field>', message: 'In field: field - no CustomField named Order__c.Stat__c found' }],
  },
];
