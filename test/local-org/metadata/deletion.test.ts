import { expect } from 'chai';
import { checkDeletion, checkMetadata } from '../../../local-org/src/metadata/index.js';
import type { Deletion } from '../../../local-org/src/model/index.js';
import { catalog, orgOf, packageOf, readFiles, type Files } from './kit.js';

const base = readFiles(new URL('./fixtures/base/', import.meta.url));
const post = (type: string, fullName: string): Deletion => ({ type, fullName, when: 'post' });
const none: Files = new Map();

function deleting(deletions: readonly Deletion[], files: Files = none): readonly string[] {
  return checkDeletion(packageOf(files, deletions), orgOf(base), catalog).map(
    ({ severity, type, fullName, message }) => `${severity} ${type} ${fullName}: ${message}`,
  );
}

const inUse = (title: string, users: string): string =>
  `This ${title} is referenced elsewhere in salesforce.com. Remove the usage and try again. : ${users}`;

interface Case {
  readonly type: string;
  readonly fullName: string;
  readonly message: string;
}

const refused: readonly Case[] = [
  {
    type: 'CustomField',
    fullName: 'Order__c.Due_At__c',
    message: inUse('custom field', 'Custom Field - Order__c.Late__c, Flow - Order_Sync'),
  },
  {
    type: 'CustomField',
    fullName: 'Line__c.Price__c',
    message: inUse('custom field', 'Custom Field - Order__c.Total__c, Flow - Ask'),
  },
  {
    type: 'CustomField',
    fullName: 'Policy__mdt.Mode__c',
    message: inUse('custom field', 'Custom Metadata - Policy.Api'),
  },
  { type: 'ApexClass', fullName: 'Send', message: inUse('apex class', 'Flow - Order_Sync') },
  { type: 'ExternalCredential', fullName: 'Api', message: inUse('external credential', 'Named Credential - Api') },
  { type: 'Flow', fullName: 'Child', message: inUse('flow', 'Flow - Ask') },
  {
    type: 'ApexTrigger',
    fullName: 'PingTrigger',
    message: inUse('apex trigger', 'Platform Event Subscriber Config - Ping'),
  },
  { type: 'CustomLabel', fullName: 'Greeting', message: inUse('custom label', 'Flow - Ask') },
  {
    type: 'CustomPermission',
    fullName: 'Override',
    message: inUse('custom permission', 'Validation Rule - Order__c.Done_Needs_Amount'),
  },
  { type: 'CustomTab', fullName: 'Order__c', message: inUse('custom tab', 'Custom Application - Desk') },
];

describe('deleting what is in use', () => {
  for (const { type, fullName, message } of refused) {
    it(`refuses ${type} ${fullName} and names its users`, () => {
      expect(deleting([post(type, fullName)])).to.deep.equal([`Error ${type} ${fullName}: ${message}`]);
    });
  }

  it('allows what only permission sets grant, since the platform drops those grants', () => {
    expect(deleting([post('CustomField', 'Token__c.Seen_At__c')])).to.deep.equal([]);
    expect(deleting([post('CustomApplication', 'Desk')])).to.deep.equal([]);
  });

  it('allows a thing that goes together with all its users', () => {
    expect(
      deleting([
        post('Flow', 'Order_Sync'),
        post('CustomField', 'Order__c.Late__c'),
        post('CustomField', 'Order__c.Due_At__c'),
      ]),
    ).to.deep.equal([]);
  });

  it('allows a thing whose user is deployed without it', () => {
    const app = (base.get('applications/Desk.app') ?? '').replace('    <tabs>Order__c</tabs>\n', '');
    expect(deleting([post('CustomTab', 'Order__c')], new Map([['applications/Desk.app', app]]))).to.deep.equal([]);
  });

  it('refuses an object that others refer to', () => {
    const [problem] = deleting([post('CustomObject', 'Line__c')]);
    expect(problem).to.include('This custom object is referenced elsewhere in salesforce.com.');
    expect(problem).to.include('Custom Field - Order__c.Total__c');
    expect(problem).to.include('Flow - Ask');
  });

  it('warns about what is not there', () => {
    expect(deleting([post('ApexClass', 'Gone')])).to.deep.equal([
      'Warning ApexClass Gone: No ApexClass named: Gone found',
    ]);
  });

  it('makes what is deleted beforehand unavailable to the package', () => {
    const deletions: readonly Deletion[] = [{ type: 'ApexClass', fullName: 'Send', when: 'pre' }];
    const files = new Map([['flows/Order_Sync.flow', base.get('flows/Order_Sync.flow') ?? '']]);
    const found = checkMetadata(packageOf(files, deletions), orgOf(base), catalog);
    expect(found.map(({ message }) => message)).to.deep.equal([
      "Enqueue (Action) - We can't find an action with the name and action type that you specified.",
    ]);
  });
});
