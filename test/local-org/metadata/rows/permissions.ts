import type { Row } from './row.js';

const PS = 'permissionsets/Caller.permissionset';
const row = (object: string): string => `<object>${object}</object>`;
const LINE_ROW = `</objectPermissions>
    <objectPermissions>
        <allowCreate>false</allowCreate>`;
/** Where the row of Line__c starts. */
const AT_LINE =
  '<object>Order__c</object>\n        <viewAllRecords>false</viewAllRecords>\n    </objectPermissions>\n    <objectPermissions>';
const FIRST_FIELD = '<fieldPermissions>';

const flags = (create: boolean, remove: boolean, edit: boolean, read: boolean, all: boolean): string => `
        <allowCreate>${create}</allowCreate>
        <allowDelete>${remove}</allowDelete>
        <allowEdit>${edit}</allowEdit>
        <allowRead>${read}</allowRead>
        <modifyAllRecords>${all}</modifyAllRecords>
        `;

export const permissionRows: readonly Row[] = [
  {
    rule: 'object-permission-dependencies',
    file: PS,
    from: `${flags(true, false, true, true, false)}<object>Order__c`,
    to: `${flags(true, true, false, true, false)}<object>Order__c`,
    problems: [
      { at: '<objectPermissions>', message: 'Permission Delete Order__c depends on permission(s): Edit Order__c' },
    ],
  },
  {
    rule: 'object-permission-dependencies',
    file: PS,
    from: `${flags(true, false, true, true, false)}<object>Order__c`,
    to: `${flags(false, false, true, true, true)}<object>Order__c`,
    problems: [
      {
        at: '<objectPermissions>',
        message: 'Permission Modify All Order__c depends on permission(s): Delete Order__c, View All Order__c',
      },
    ],
  },
  {
    rule: 'detail-needs-read-on-master',
    file: PS,
    from: row('Order__c'),
    to: row('Account'),
    problems: [
      {
        at: AT_LINE.replace('Order__c', 'Account'),
        message: 'Permission Read Line__c depends on permission(s): Read Order__c',
      },
    ],
  },
  {
    rule: 'object-permission-grants-something',
    file: PS,
    from: `${flags(false, false, false, true, false)}<object>Line__c`,
    to: `${flags(false, false, false, false, false)}<object>Line__c`,
    problems: [{ at: AT_LINE, message: 'The object permissions for Line__c grant nothing; leave the row out.' }],
  },
  {
    rule: 'no-object-permissions-for-settings',
    file: PS,
    from: row('Line__c'),
    to: row('Token__c'),
    problems: [{ at: AT_LINE, message: "Object permissions can't be set for Token__c; use customSettingAccesses." }],
  },
  {
    rule: 'event-permissions-are-read-and-create',
    file: PS,
    from: `${flags(true, false, false, true, false)}<object>Ping__e`,
    to: `${flags(true, false, true, true, false)}<object>Ping__e`,
    problems: [
      {
        at: '<object>Line__c</object>\n        <viewAllRecords>false</viewAllRecords>\n    </objectPermissions>\n    <objectPermissions>',
        message: "Permission Edit can't be granted for the platform event Ping__e.",
      },
    ],
  },
  {
    rule: 'permission-rows-unique',
    file: PS,
    from: LINE_ROW,
    to: `</objectPermissions>
    <objectPermissions>${flags(false, false, false, true, false)}<object>Order__c</object>
        <viewAllRecords>false</viewAllRecords>
    ${LINE_ROW}`,
    problems: [{ at: AT_LINE, message: 'Duplicate objectPermissions found for Order__c' }],
  },
  {
    rule: 'no-permissions-for-required-fields',
    file: PS,
    from: 'Order__c.Amount__c',
    to: 'Order__c.Key__c',
    problems: [{ at: FIRST_FIELD, message: 'You cannot deploy to a required field: Order__c.Key__c' }],
  },
  {
    rule: 'no-permissions-for-required-fields',
    file: PS,
    from: 'Order__c.Amount__c',
    to: 'Line__c.Order__c',
    problems: [{ at: FIRST_FIELD, message: 'You cannot deploy to a required field: Line__c.Order__c' }],
  },
  {
    rule: 'computed-fields-not-editable',
    file: PS,
    from: 'Order__c.Amount__c',
    to: 'Order__c.Total__c',
    problems: [{ at: FIRST_FIELD, message: "Field Order__c.Total__c is computed and can't be editable" }],
  },
  {
    rule: 'editable-field-is-readable',
    file: PS,
    from: '<readable>true</readable>',
    to: '<readable>false</readable>',
    problems: [
      {
        at: FIRST_FIELD,
        message: 'Permission Edit Order__c.Amount__c depends on permission(s): Read Order__c.Amount__c',
      },
    ],
  },
  {
    rule: 'no-field-permissions-for-settings',
    file: PS,
    from: 'Order__c.Amount__c',
    to: 'Token__c.Seen_At__c',
    problems: [{ at: FIRST_FIELD, message: "Field permissions can't be set for Token__c.Seen_At__c" }],
  },
  {
    rule: 'principal-access-exists',
    file: PS,
    from: 'Api-Integration',
    to: 'Api-Writer',
    problems: [
      {
        at: '<externalCredentialPrincipal>',
        message: 'In field: externalCredentialPrincipal - no ExternalCredentialPrincipal named Api-Writer found',
      },
    ],
  },
  {
    rule: 'principal-needs-modify-all-to-refresh',
    file: PS,
    from: '<modifyAllRecords>true<',
    to: '<modifyAllRecords>false<',
    problems: [
      {
        at: '<object>Ping__e</object>\n        <viewAllRecords>false</viewAllRecords>\n    </objectPermissions>\n    <objectPermissions>',
        severity: 'Warning',
        message:
          'Without Modify All on UserExternalCredential the platform cannot store a refreshed token for a named principal: callouts of these users fail once the token has expired.',
      },
    ],
  },
  {
    rule: 'references-exist',
    file: PS,
    from: '<apexClass>Send<',
    to: '<apexClass>Sned<',
    problems: [{ at: '<apexClass>', message: 'In field: apexClass - no ApexClass named Sned found' }],
  },
  {
    rule: 'references-exist',
    file: PS,
    from: 'Order__c.Amount__c',
    to: 'Account.Foo__c',
    problems: [{ at: '<field>', message: 'In field: field - no CustomField named Account.Foo__c found' }],
  },
  {
    rule: 'references-exist',
    file: PS,
    from: '<tab>Order__c<',
    to: '<tab>Other__c<',
    problems: [{ at: '<tab>', message: 'In field: tab - no CustomTab named Other__c found' }],
  },
  {
    rule: 'references-exist',
    file: PS,
    from: row('Line__c'),
    to: row('Nope__c'),
    problems: [
      {
        at: `${AT_LINE}${flags(false, false, false, true, false)}<object>`,
        message: 'In field: object - no CustomObject named Nope__c found',
      },
    ],
  },
];
