import { expect } from 'chai';

import { runComponentTests } from '../../../local-org/src/apex/test-runner/index.js';
import { apex } from '../apex-run/run.js';
import {
  AccessOrg,
  customObject,
  customPermission,
  externalCredential,
  permissionSet,
  permissionSetGroup,
} from './kit.js';

const VAULT = customObject('Vault__c', {
  Secret__c: 'Text <length>20</length>',
  Code__c: 'Text <length>20</length><required>true</required>',
});
const NOTE = customObject('Note__c', {
  Vault__c:
    'MasterDetail <referenceTo>Vault__c</referenceTo><relationshipName>Notes</relationshipName><relationshipLabel>Notes</relationshipLabel>',
});
const READER = permissionSet('Reader', { objects: { Vault__c: 'R' }, fields: { 'Vault__c.Secret__c': 'read' } });
const EDITOR = permissionSet('Editor', { objects: { Vault__c: 'RCE' }, fields: { 'Vault__c.Secret__c': 'edit' } });
const BARE = permissionSet('Bare', { objects: { Vault__c: 'RCED', Note__c: 'RCED' } });

const vaultOrg = (): AccessOrg => new AccessOrg(VAULT, NOTE, READER, EDITOR, BARE);

describe('Permissions', () => {
  // Object Reference: PermissionSet, ObjectPermissions, FieldPermissions, SetupEntityAccess.
  it('shows what permission sets grant as rows that SOQL reads', () => {
    const org = new AccessOrg(
      VAULT,
      customPermission('Operate'),
      'public class Opened {}',
      permissionSet('Everything', {
        objects: { Vault__c: 'RCEDV' },
        fields: { 'Vault__c.Secret__c': 'edit' },
        userPermissions: ['ViewAllData'],
        customPermissions: ['Operate'],
        classes: ['Opened'],
      }),
    );
    const shown = org.run(
      org.admin,
      `PermissionSet p = [SELECT Id, Label, PermissionsViewAllData, PermissionsModifyAllData FROM PermissionSet WHERE Name = 'Everything'];
       System.debug(p.Label + ' ' + p.PermissionsViewAllData + ' ' + p.PermissionsModifyAllData);
       ObjectPermissions o = [SELECT PermissionsDelete, PermissionsModifyAllRecords FROM ObjectPermissions WHERE ParentId = :p.Id AND SobjectType = 'Vault__c'];
       System.debug(o.PermissionsDelete + ' ' + o.PermissionsModifyAllRecords);
       System.debug([SELECT COUNT() FROM FieldPermissions WHERE Parent.Name = 'Everything' AND Field = 'Vault__c.Secret__c' AND PermissionsEdit = true]);
       for (SetupEntityAccess a : [SELECT SetupEntityType FROM SetupEntityAccess WHERE ParentId = :p.Id ORDER BY SetupEntityType]) System.debug(a.SetupEntityType);`,
    );
    expect(shown).to.deep.equal(['Everything true false', 'true false', '1', 'ApexClass', 'CustomPermission']);
  });

  // Object Reference: PermissionSet, IsOwnedByProfile; help "Standard Profiles".
  it('gives each standard profile a permission set of its own', () => {
    const org = vaultOrg();
    const shown = org.run(
      org.admin,
      `for (ObjectPermissions o : [SELECT Parent.Profile.Name, PermissionsEdit, PermissionsDelete FROM ObjectPermissions WHERE SobjectType = 'Case' AND Parent.IsOwnedByProfile = true AND Parent.Profile.Name IN ('Standard User', 'Read Only', 'System Administrator', 'Minimum Access - Salesforce') ORDER BY Parent.Profile.Name])
         System.debug(o.Parent.Profile.Name + ' ' + o.PermissionsEdit + ' ' + o.PermissionsDelete);
       System.debug([SELECT PermissionsApiEnabled FROM Profile WHERE Name = 'Minimum Access - Salesforce'].PermissionsApiEnabled);
       System.debug([SELECT COUNT() FROM FieldPermissions WHERE Parent.Profile.Name = 'System Administrator' AND Field = 'Vault__c.Secret__c']);`,
    );
    expect(shown).to.deep.equal([
      'Read Only false false',
      'Standard User true false',
      'System Administrator true true',
      'false',
      '1',
    ]);
  });

  // Help "Permission Sets": permissions add up.
  it('adds up what profile, permission sets and groups grant', () => {
    const org = new AccessOrg(VAULT, READER, EDITOR, permissionSetGroup('Team', 'Reader', 'Editor'));
    const user = org.user({ sets: ['Reader'] });
    const vault = org.object('Vault__c');
    expect(org.access(user).rightsOn(vault)).to.include({ read: true, create: false, edit: false });
    org.insert('PermissionSetAssignment', {
      AssigneeId: user,
      PermissionSetGroupId: org.idOf('PermissionSetGroup', 'DeveloperName', 'Team'),
    });
    expect(org.access(user).rightsOn(vault)).to.include({ read: true, create: true, edit: true, delete: false });
  });

  // Apex Reference Guide: System.Test.calculatePermissionSetGroup. Groups, users and assignments change in one transaction (apex-recipes).
  it('counts what a test adds to a group after calculatePermissionSetGroup', async () => {
    const { tests, compileErrors } = await runComponentTests(
      [
        VAULT,
        READER,
        EDITOR,
        permissionSetGroup('Team', 'Reader'),
        apex(`@IsTest private class GroupTest {
          @IsTest static void adds() {
            Id team = [SELECT Id FROM PermissionSetGroup WHERE DeveloperName = 'Team'].Id;
            Id editor = [SELECT Id FROM PermissionSet WHERE Name = 'Editor'].Id;
            insert new PermissionSetGroupComponent(PermissionSetGroupId = team, PermissionSetId = editor);
            Test.calculatePermissionSetGroup(team);
            Test.calculatePermissionSetGroup(new List<String>{ team });
            User person = new User(Alias = 'p', Email = 'p@example.com', EmailEncodingKey = 'UTF-8', LanguageLocaleKey = 'en_US', LastName = 'P',
              LocaleSidKey = 'en_US', TimeZoneSidKey = 'GMT', Username = 'p@group.example.com',
              ProfileId = [SELECT Id FROM Profile WHERE Name = 'Minimum Access - Salesforce'].Id);
            insert person;
            insert new PermissionSetAssignment(AssigneeId = person.Id, PermissionSetGroupId = team);
            System.runAs(person) {
              Assert.isTrue(Schema.SObjectType.Vault__c.isCreateable());
            }
          }
          @IsTest static void refuses() {
            Test.calculatePermissionSetGroup(UserInfo.getUserId());
          }
        }`),
      ],
      {},
    );
    expect(compileErrors).to.deep.equal([]);
    expect(tests.map(({ outcome, message }) => [outcome, message?.split(':')[0]])).to.deep.equal([
      ['pass', undefined],
      ['fail', 'System.IllegalArgumentException'],
    ]);
  });

  // Help "View All and Modify All Permissions Overview".
  it('opens every object with Modify All Data, but no field', () => {
    const org = new AccessOrg(VAULT, permissionSet('All', { userPermissions: ['ViewAllData', 'ModifyAllData'] }));
    const access = org.access(org.user({ sets: ['All'] }));
    const vault = org.object('Vault__c');
    const secret = vault.fields.get('secret__c');
    expect(access.rightsOn(vault)).to.include({ create: true, delete: true, viewAll: true, modifyAll: true });
    expect(secret !== undefined && access.canReadField(vault, secret)).to.equal(false);
  });

  // Apex Developer Guide: Class Security; help "Author Apex".
  it('opens Apex classes by permission set, and every class with Author Apex', () => {
    const org = new AccessOrg(
      'public class Opened {}',
      'public class Closed {}',
      permissionSet('Some', { classes: ['Opened'] }),
    );
    const access = org.access(org.user({ sets: ['Some'] }));
    expect([access.hasClassAccess('opened'), access.hasClassAccess('Closed')]).to.deep.equal([true, false]);
    expect(org.access(org.admin).hasClassAccess('Closed')).to.equal(true);
  });

  // PLATFORM 1.5.1: administrators need the principal too.
  it('opens principals by permission set only, to administrators too', () => {
    const org = new AccessOrg(
      externalCredential('ERP', 'Integration'),
      permissionSet('Caller', { principals: ['ERP-Integration'], objects: { UserExternalCredential: 'RCEDVM' } }),
    );
    expect(org.access(org.admin).hasPrincipalAccess('ERP-Integration')).to.equal(false);
    const access = org.access(org.user({ sets: ['Caller'] }));
    expect(access.hasPrincipalAccess('ERP-Integration')).to.equal(true);
    expect(access.hasPrincipalAccess('ERP-Other')).to.equal(false);
    expect(access.rightsByName('UserExternalCredential').modifyAll).to.equal(true);
  });

  // PLATFORM 1.5.2: standard users may not modify all, which a refresh on behalf of a named principal needs.
  it('gives standard users the user external credentials without Modify All, and others none', () => {
    const org = new AccessOrg();
    const rights = (profile: string): object =>
      org.access(org.user({ profile })).rightsByName('UserExternalCredential');
    expect(rights('Standard User')).to.include({
      read: true,
      create: true,
      edit: true,
      delete: true,
      modifyAll: false,
    });
    expect(rights('Minimum Access - Salesforce')).to.include({ read: false });
    expect(org.access(org.admin).rightsByName('UserExternalCredential')).to.include({ modifyAll: true });
  });

  // PLATFORM 1.5.4: the Automated Process has no profile; only assigned permission sets count.
  it('gives the Automated Process what its permission sets grant, and nothing else', () => {
    const org = new AccessOrg(
      externalCredential('ERP', 'Integration'),
      permissionSet('Caller', { principals: ['ERP-Integration'] }),
    );
    const automated = org.engine.runtime.options.identity.automatedProcessId;
    expect(org.access(automated).hasPrincipalAccess('ERP-Integration')).to.equal(false);
    expect(org.access(automated).rightsOn(org.object('Account')).read).to.equal(false);
    org.assign(automated, 'Caller');
    expect(org.access(automated).hasPrincipalAccess('ERP-Integration')).to.equal(true);
  });

  // PLATFORM 3.6: custom metadata types and settings are granted as a whole.
  it('opens custom metadata types and custom settings by their accesses', () => {
    const org = new AccessOrg(
      customObject('Policy__mdt', { Limit__c: 'Text <length>9</length>' }),
      permissionSet('Policies', { types: ['Policy__mdt'] }),
    );
    const policy = org.object('Policy__mdt');
    expect(org.access(org.user()).rightsOn(policy).read).to.equal(false);
    expect(org.access(org.user({ sets: ['Policies'] })).rightsOn(policy)).to.include({ read: true, edit: false });
  });

  // Apex Reference: FeatureManagement.checkPermission.
  it('answers FeatureManagement.checkPermission for the running user', () => {
    const org = new AccessOrg(
      customPermission('Operate'),
      permissionSet('Operators', { customPermissions: ['Operate'] }),
    );
    const ask = "System.debug(FeatureManagement.checkPermission('Operate'));";
    expect(org.run(org.admin, ask)).to.deep.equal(['false']);
    expect(org.run(org.user({ sets: ['Operators'] }), ask)).to.deep.equal(['true']);
  });

  // Apex Reference: DescribeSObjectResult and DescribeFieldResult, isAccessible, isCreateable, isUpdateable, isDeletable.
  it('describes objects and fields as the running user may use them', () => {
    const org = vaultOrg();
    const ask = `Schema.DescribeSObjectResult v = Vault__c.SObjectType.getDescribe();
      Schema.DescribeFieldResult s = Vault__c.Secret__c.getDescribe();
      System.debug(v.isAccessible() + ' ' + v.isCreateable() + ' ' + v.isUpdateable() + ' ' + v.isDeletable());
      System.debug(s.isAccessible() + ' ' + s.isCreateable() + ' ' + s.isUpdateable());`;
    expect(org.run(org.user(), ask)).to.deep.equal(['false false false false', 'false false false']);
    expect(org.run(org.user({ sets: ['Reader'] }), ask)).to.deep.equal(['true false false false', 'true false false']);
    expect(org.run(org.user({ sets: ['Editor'] }), ask)).to.deep.equal(['true true true false', 'true true true']);
    expect(org.run(org.admin, ask)).to.deep.equal(['true true true true', 'true true true']);
  });

  // PLATFORM 5; help "Field-Level Security": required and master-detail fields cannot be hidden.
  it('shows required, name and master-detail fields to whoever may read the object', () => {
    const org = vaultOrg();
    const user = org.user({ sets: ['Bare'] });
    const shown = org.run(
      user,
      `System.debug([SELECT Name, Code__c FROM Vault__c WITH USER_MODE].size());
       System.debug([SELECT Vault__c FROM Note__c WITH USER_MODE].size());
       System.debug([SELECT Secret__c FROM Vault__c WITH USER_MODE].size());`,
    );
    expect(shown.slice(0, 2)).to.deep.equal(['0', '0']);
    expect(shown[2]).to.contain("No such column 'Secret__c' on entity 'Vault__c'");
  });

  it('grants a field of an address with the address', () => {
    const org = new AccessOrg(
      permissionSet('Shipping', { objects: { Account: 'R' }, fields: { 'Account.ShippingAddress': 'read' } }),
    );
    const shown = org.run(
      org.user({ sets: ['Shipping'] }),
      `System.debug([SELECT ShippingCity FROM Account WITH USER_MODE].size());
       System.debug([SELECT BillingCity FROM Account WITH USER_MODE].size());`,
    );
    expect(shown[0]).to.equal('0');
    expect(shown[1]).to.contain("No such column 'BillingCity' on entity 'Account'");
  });

  it('counts what the running transaction has just granted', () => {
    const org = vaultOrg();
    const user = org.user();
    const shown = org.run(
      org.admin,
      `Id setId = [SELECT Id FROM PermissionSet WHERE Name = 'Bare'].Id;
       insert new PermissionSetAssignment(AssigneeId = '${user}', PermissionSetId = setId);`,
    );
    expect(shown).to.deep.equal([]);
    expect(org.access(user).rightsOn(org.object('Vault__c')).delete).to.equal(true);
  });
});
