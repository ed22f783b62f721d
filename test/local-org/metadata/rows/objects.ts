import type { Row } from './row.js';

const ORDER = 'objects/Order__c.object';
const LINE = 'objects/Line__c.object';
const EVENT = 'objects/Ping__e.object';
const POLICY = 'objects/Policy__mdt.object';
const TOKEN = 'objects/Token__c.object';
const ROOT = 'metadata">';

/** Where the element of a field starts. */
const fieldStart = (name: string): string => `<fullName>${name}<`;

export const objectRows: readonly Row[] = [
  {
    rule: 'object-definition-complete',
    file: ORDER,
    from: '    <pluralLabel>Orders</pluralLabel>\n',
    to: '',
    problems: [{ at: ROOT, message: "Must specify 'pluralLabel' for a CustomObject" }],
  },
  {
    rule: 'object-definition-complete',
    file: EVENT,
    from: '    <eventType>HighVolume</eventType>\n',
    to: '',
    problems: [{ at: ROOT, message: "Must specify 'eventType' for a CustomObject" }],
  },
  {
    rule: 'object-kind-refuses-elements',
    file: EVENT,
    from: '    <pluralLabel>',
    to: '    <sharingModel>ReadWrite</sharingModel>\n    <pluralLabel>',
    problems: [{ at: '<sharingModel>', message: "Can not specify 'sharingModel' for a platform event" }],
  },
  {
    rule: 'object-kind-refuses-elements',
    file: POLICY,
    from: '    <label>Policy</label>',
    to: '    <deploymentStatus>Deployed</deploymentStatus>\n    <label>Policy</label>',
    problems: [{ at: '<deploymentStatus>', message: "Can not specify 'deploymentStatus' for a custom metadata type" }],
  },
  {
    rule: 'object-kind-field-types',
    file: TOKEN,
    from: '<type>DateTime<',
    to: '<type>Time<',
    problems: [{ at: '<type>', message: 'Fields of type Time are not allowed on a custom setting' }],
  },
  {
    rule: 'object-name-field',
    file: ORDER,
    from: 'O-{000000}',
    to: 'O-',
    problems: [
      {
        at: '<displayFormat>',
        message: 'The display format "O-" must contain one number in braces, such as {0000}',
      },
    ],
  },
  {
    rule: 'object-names',
    file: LINE,
    from: '<label>Line</label>',
    to: '<label>A line of an order with far too long a label</label>',
    problems: [
      {
        at: '</fields>\n    <label>',
        message: 'Value too long for field: label maximum length is:40',
      },
    ],
  },
  {
    rule: 'list-custom-settings-enabled',
    file: 'settings/Schema.settings',
    from: 'true',
    to: 'false',
    problems: [
      {
        at: '<customSettingsType>',
        file: TOKEN,
        message: 'List custom settings are not enabled: set enableListCustomSettingCreation in Schema.settings',
      },
    ],
  },
  {
    rule: 'compact-layout-size',
    file: ORDER,
    from: '        <fields>Name</fields>\n',
    to: '        <fields>Name</fields>\n'.repeat(10),
    problems: [
      {
        at: `${'        <fields>Name</fields>\n'.repeat(10)}        <fields>`,
        message: 'A compact layout can have at most 10 fields',
      },
    ],
  },
  {
    rule: 'field-attributes-by-type',
    file: ORDER,
    from: '        <length>64</length>\n',
    to: '',
    problems: [
      {
        at: '<type>DateTime</type>\n    </fields>\n    <fields>',
        message: "Must specify 'length' for a CustomField of type Text",
      },
    ],
  },
  {
    rule: 'field-attributes-by-type',
    file: LINE,
    from: '        <type>MasterDetail</type>',
    to: '        <required>true</required>\n        <type>MasterDetail</type>',
    problems: [{ at: '<required>', message: "Can not specify 'required' for a CustomField of type MasterDetail" }],
  },
  {
    rule: 'field-attributes-by-type',
    file: ORDER,
    from: '<precision>12<',
    to: '<precision>19<',
    problems: [
      {
        at: '<precision>',
        message: 'precision must be between 1 and 18 for a CustomField of type Number, but is 19',
      },
    ],
  },
  {
    rule: 'field-attributes-by-type',
    file: ORDER,
    from: '<relationshipName>Orders</relationshipName>',
    to: '<relationshipName>Orders</relationshipName>\n        <relationshipOrder>0</relationshipOrder>',
    problems: [
      { at: '<relationshipOrder>', message: "Can not specify 'relationshipOrder' for a CustomField of type Lookup" },
    ],
  },
  {
    rule: 'formula-field-attributes',
    file: ORDER,
    from: '        <label>Late</label>',
    to: '        <defaultValue>false</defaultValue>\n        <label>Late</label>',
    problems: [
      {
        at: '</formula>\n        <defaultValue>',
        message: "Can not specify 'defaultValue' for a formula CustomField",
      },
    ],
  },
  {
    rule: 'field-scale-within-precision',
    file: LINE,
    from: '<precision>12<',
    to: '<precision>1<',
    problems: [{ at: '<scale>', message: 'scale 2 must not be greater than precision 1' }],
  },
  {
    rule: 'checkbox-default',
    file: ORDER,
    from: '<defaultValue>true<',
    to: '<defaultValue>yes<',
    problems: [{ at: '<defaultValue>', message: 'The default value of a checkbox must be true or false, but is yes' }],
  },
  {
    rule: 'case-sensitive-needs-unique',
    file: ORDER,
    from: '        <label>Region</label>',
    to: '        <caseSensitive>true</caseSensitive>\n        <label>Region</label>',
    problems: [
      {
        at: `${fieldStart('Region__c')}/fullName>\n        <caseSensitive>`,
        message: 'caseSensitive can be specified only for a unique or external ID field',
      },
      {
        at: `${fieldStart('Region__c')}/fullName>\n        <caseSensitive>`,
        message: "Can not specify 'caseSensitive' for a CustomField of type Picklist",
      },
    ],
  },
  {
    rule: 'field-names',
    file: TOKEN,
    from: 'Seen_At__c',
    to: 'Seen__At__c',
    problems: [
      {
        at: '<fullName>',
        message:
          'The Field Name API Name can only contain underscores and alphanumeric characters. It must be unique, begin with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.',
      },
    ],
  },
  {
    rule: 'field-names',
    file: TOKEN,
    from: 'Seen_At__c',
    to: 'Seen_At',
    problems: [{ at: '<fullName>', message: 'Invalid fullName, must end in a custom suffix (e.g. __c): Seen_At' }],
  },
  {
    rule: 'field-labels',
    file: TOKEN,
    from: '        <label>Seen At</label>\n',
    to: '',
    problems: [{ at: '<fields>', message: 'Must specify a non-empty label for the CustomField' }],
  },
  {
    rule: 'object-children-unique',
    file: TOKEN,
    from: '    <label>Token</label>',
    to: '    <fields>\n        <fullName>seen_at__c</fullName>\n        <label>Again</label>\n        <type>Date</type>\n    </fields>\n    <label>Token</label>',
    problems: [{ at: '</fields>\n    <fields>', message: 'Duplicate name seen_at__c in fields' }],
  },
  {
    rule: 'picklist-values',
    file: POLICY,
    from: '<value>\n                    <fullName>fast</fullName>',
    to: '<value>\n                    <fullName>FAST</fullName>\n                    <default>false</default>\n                    <label>FAST</label>\n                </value>\n                <value>\n                    <fullName>fast</fullName>',
    problems: [
      {
        at: '<label>FAST</label>\n                </value>\n                <value>\n                    <fullName>',
        message: 'Duplicate label: fast',
      },
    ],
  },
  {
    rule: 'picklist-values',
    file: ORDER,
    from: '            <valueSetName>Regions</valueSetName>\n',
    to: '',
    problems: [
      {
        at: '<type>Picklist</type>\n        <valueSet>',
        message: 'A valueSet must have either a valueSetDefinition or a valueSetName',
      },
    ],
  },
  {
    rule: 'required-lookup-needs-delete-constraint',
    file: ORDER,
    from: '        <type>Lookup</type>',
    to: '        <required>true</required>\n        <type>Lookup</type>',
    problems: [
      {
        at: '<required>',
        message:
          'field integrity exception: unknown (must specify either cascade delete or restrict delete for required lookup foreign key)',
      },
    ],
  },
  {
    rule: 'detail-is-controlled-by-parent',
    file: LINE,
    from: 'ControlledByParent',
    to: 'ReadWrite',
    problems: [
      {
        at: '<sharingModel>',
        message:
          'ReadWrite is not a valid sharing model for Line__c: it is the detail of a master, use ControlledByParent',
      },
    ],
  },
  {
    rule: 'at-most-two-masters',
    file: LINE,
    from: '    <label>Line</label>',
    to: ['A', 'B']
      .map(
        (name) => `    <fields>
        <fullName>${name}__c</fullName>
        <label>${name}</label>
        <referenceTo>Account</referenceTo>
        <relationshipName>${name}s</relationshipName>
        <type>MasterDetail</type>
    </fields>
`,
      )
      .join('')
      .concat('    <label>Line</label>'),
    problems: [
      {
        at: '<relationshipName>As</relationshipName>\n        <type>MasterDetail</type>\n    </fields>\n    <fields>',
        message: 'A custom object can have at most two master-detail relationships',
      },
      {
        at: '<object>Order__c</object>\n        <viewAllRecords>false</viewAllRecords>\n    </objectPermissions>\n    <objectPermissions>',
        message: 'Permission Read Line__c depends on permission(s): Read Account',
        file: 'permissionsets/Caller.permissionset',
      },
      {
        at: '<object>Order__c</object>\n        <viewAllRecords>false</viewAllRecords>\n    </objectPermissions>\n    <objectPermissions>',
        message: 'Permission Read Line__c depends on permission(s): Read Account',
        file: 'permissionsets/Caller.permissionset',
      },
    ],
  },
  {
    rule: 'relationship-targets-record-object',
    file: ORDER,
    from: '<referenceTo>Account<',
    to: '<referenceTo>Token__c<',
    problems: [
      {
        at: '<referenceTo>',
        message: "A relationship field can't refer to Token__c: it is no object with records of its own",
      },
    ],
  },
  {
    rule: 'relationship-names-unique',
    file: ORDER,
    from: '    <label>Order</label>',
    to: `    <fields>
        <fullName>Payer__c</fullName>
        <label>Payer</label>
        <referenceTo>Account</referenceTo>
        <relationshipName>orders</relationshipName>
        <type>Lookup</type>
    </fields>
    <label>Order</label>`,
    problems: [
      {
        at: '<label>Payer</label>\n        <referenceTo>Account</referenceTo>\n        <relationshipName>',
        message: 'There is already a Child Relationship named orders on Account.',
      },
    ],
  },
  {
    rule: 'object-formulas',
    file: ORDER,
    from: 'ISPICKVAL(Status__c, "Open")',
    to: 'ISPICKVALUE(Status__c, "Open")',
    problems: [{ at: '<formula>', message: 'Error: Unknown function ISPICKVALUE. Check spelling.' }],
  },
  {
    rule: 'object-formulas',
    file: ORDER,
    from: 'NOT($Permission.Override))',
    to: 'NOT($Permission.Override)',
    problems: [{ at: '<errorConditionFormula>', message: "Error: Syntax error. Missing ')'" }],
  },
  {
    rule: 'validation-rule-message',
    file: ORDER,
    from: 'Fill the amount first.',
    to: 'x'.repeat(256),
    problems: [{ at: '<errorMessage>', message: 'Value too long for field: errorMessage maximum length is:255' }],
  },
  {
    rule: 'list-view-filter-logic',
    file: ORDER,
    from: '1 AND 2',
    to: '1 AND 3',
    problems: [{ at: '<booleanFilter>', message: 'The filter logic "1 AND 3" is not valid: there is no condition 3' }],
  },
  {
    rule: 'platform-event-volume',
    file: EVENT,
    from: 'HighVolume',
    to: 'StandardVolume',
    problems: [
      {
        at: '<eventType>',
        message: 'Standard-volume platform events can no longer be created. Use HighVolume.',
      },
    ],
  },
  {
    rule: 'references-exist',
    file: ORDER,
    from: '<columns>Status__c<',
    to: '<columns>CREATEDDATE<',
    problems: [
      { at: '<columns>NAME</columns>\n        <columns>', message: 'Could not resolve list view column: CREATEDDATE' },
    ],
  },
  {
    rule: 'references-exist',
    file: ORDER,
    from: 'Account__r.Name &lt;&gt;',
    to: 'Account__r.Nmae &lt;&gt;',
    problems: [{ at: '<formula>', message: 'Field Account__r.Nmae does not exist. Check spelling.' }],
  },
  {
    rule: 'references-exist',
    file: ORDER,
    from: '<compactLayoutAssignment>Main',
    to: '<compactLayoutAssignment>Other',
    problems: [
      {
        at: '<compactLayoutAssignment>',
        message: 'In field: compactLayoutAssignment - no CompactLayout named Order__c.Other found',
      },
    ],
  },
  {
    rule: 'references-exist',
    file: ORDER,
    from: '<valueSetName>Regions',
    to: '<valueSetName>Zones',
    problems: [{ at: '<valueSetName>', message: 'In field: valueSetName - no GlobalValueSet named Zones found' }],
  },
  {
    rule: 'references-exist',
    file: ORDER,
    from: '        <summaryForeignKey>',
    to: `        <summaryFilterItems>
            <field>Line__c.Pirce__c</field>
            <operation>greaterThan</operation>
            <value>0</value>
        </summaryFilterItems>
        <summaryForeignKey>`,
    problems: [
      {
        at: '<summaryFilterItems>\n            <field>',
        message: 'In field: field - no CustomField named Line__c.Pirce__c found',
      },
    ],
  },
];
