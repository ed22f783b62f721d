import { expect } from 'chai';

import { field, metadataRecord, object } from './metadata.js';
import { run } from './run.js';

const PARCEL = object(
  'Parcel__c',
  field('Note__c', 'LongTextArea', '<length>32768</length><inlineHelpText>What to say</inlineHelpText>') +
    field('Weight__c', 'Number', '<precision>9</precision><scale>2</scale><defaultValue>1.5</defaultValue>') +
    field('Fragile__c', 'Checkbox', '<defaultValue>true</defaultValue>') +
    field('Account__c', 'Lookup', '<referenceTo>Account</referenceTo><relationshipName>Parcels</relationshipName>') +
    '<sharingModel>Private</sharingModel><fieldSets><fullName>Card</fullName><label>Card</label><description>d</description><displayedFields><field>Weight__c</field><isRequired>true</isRequired></displayedFields><displayedFields><field>Account__r.Name</field></displayedFields></fieldSets>',
);

describe('describes of the schema', () => {
  // Apex Reference Guide: DescribeFieldResult Class.
  it('tell the types, limits and uses of fields', () => {
    const shown = run(
      `Schema.DescribeFieldResult note = Parcel__c.Note__c.getDescribe();
      System.debug(note.getSoapType() + ' ' + note.getType() + ' ' + note.getInlineHelpText() + ' ' + note.isFilterable() + ' ' + note.isSortable() + ' ' + note.isGroupable());
      System.debug(Parcel__c.Weight__c.getDescribe().getDefaultValue() + ' ' + Parcel__c.Fragile__c.getDescribe().getDefaultValue() + ' ' + Parcel__c.Account__c.getDescribe().getSoapType());
      System.debug(Account.Name.getDescribe().isPermissionable() + ' ' + Account.AnnualRevenue.getDescribe().isPermissionable() + ' ' + Account.AnnualRevenue.getDescribe().getLabel() + ' ' + Account.OwnerId.getDescribe().getLabel());`,
      PARCEL,
    );
    expect(shown).to.deep.equal([
      'STRING TEXTAREA What to say false false false',
      '1.5 true ID',
      'false true Annual Revenue Owner ID',
    ]);
  });

  // Apex Reference Guide: FieldSet Class.
  it('have field sets with members over parents', () => {
    const shown = run(
      `for (Schema.FieldSetMember m : SObjectType.Parcel__c.fieldSets.Card.getFields()) System.debug(m.getFieldPath() + '|' + m.getLabel() + '|' + m.getRequired() + '|' + m.getType());
      System.debug(Parcel__c.SObjectType.getDescribe().fieldSets.getMap().get('CARD').getName());`,
      PARCEL,
    );
    expect(shown).to.deep.equal(['Weight__c|Weight|true|DOUBLE', 'Account__r.Name|Name|false|STRING', 'Card']);
  });

  // Apex Reference Guide: SObjectType.newSObject(recordTypeId, loadDefaults).
  it('make records with the fields default values', () => {
    const shown = run(
      `Parcel__c full = (Parcel__c) Parcel__c.SObjectType.newSObject(null, true); System.debug(full.Weight__c + ' ' + full.Fragile__c);
      Parcel__c empty = (Parcel__c) Parcel__c.SObjectType.newSObject(null, false); System.debug(empty.Weight__c + ' ' + empty.Fragile__c);`,
      PARCEL,
    );
    expect(shown).to.deep.equal(['1.50 true', 'null false']);
  });

  // Object Reference: EntityDefinition, FieldDefinition.
  it('can be queried as rows, also through metadata relationships', () => {
    const rule = object(
      'Rule__mdt',
      field('Object__c', 'MetadataRelationship', '<referenceTo>EntityDefinition</referenceTo>') +
        field(
          'Field__c',
          'MetadataRelationship',
          '<referenceTo>FieldDefinition</referenceTo><metadataRelationshipControllingField>Object__c</metadataRelationshipControllingField>',
        ),
    );
    const shown = run(
      `Rule__mdt r = [SELECT Object__r.QualifiedApiName, Field__r.QualifiedApiName, Field__r.DataType FROM Rule__mdt];
      System.debug(r.Object__r.QualifiedApiName + ' ' + r.Field__r.QualifiedApiName + ' ' + r.Field__r.DataType);
      System.debug([SELECT QualifiedApiName, KeyPrefix FROM EntityDefinition WHERE QualifiedApiName = 'Account'].KeyPrefix);
      System.debug([SELECT COUNT() FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = 'Parcel__c' AND QualifiedApiName = 'Note__c']);`,
      PARCEL,
      rule,
      metadataRecord('Rule.First', { Object__c: 'Parcel__c', Field__c: 'Weight__c' }),
    );
    expect(shown).to.deep.equal(['Parcel__c Weight__c Number(7, 2)', '001', '1']);
  });

  it('hold API names where custom metadata refers to definitions, and Ids where it refers to records', () => {
    const reference = (target: string): string => `<referenceTo>${target}</referenceTo>`;
    const shown = run(
      `Rule__mdt read = (Rule__mdt) JSON.deserialize('{"Object__c":"Account"}', Rule__mdt.class);
      read.put('Object__c', 'Contact');
      System.debug(read.Object__c);
      System.debug(Rule__mdt.Label.getDescribe().isNameField());
      Rule__mdt first = Rule__mdt.getInstance('First');
      System.debug(first.Group__c == Group__mdt.getInstance('Late').Id);
      System.debug([SELECT Group__r.Label FROM Rule__mdt WHERE Group__r.DeveloperName = 'Late'].Group__r.Label);`,
      object(
        'Rule__mdt',
        field('Object__c', 'MetadataRelationship', reference('EntityDefinition')) +
          field('Group__c', 'MetadataRelationship', reference('Group__mdt')),
      ),
      object('Group__mdt', ''),
      metadataRecord('Rule.First', { Object__c: 'Account', Group__c: 'Late' }),
      metadataRecord('Group.Late', {}),
    );
    expect(shown).to.deep.equal(['Contact', 'true', 'true', 'Group.Late']);
  });

  it('know what activities are about, and how stages and channels are called', () => {
    expect(
      run(
        `Schema.DescribeFieldResult about = Task.WhatId.getDescribe(); System.debug(about.getReferenceTo().contains(Opportunity.SObjectType) + ' ' + about.isNamePointing());
        System.debug(Opportunity.StageName.getDescribe().getLabel() + ' ' + QuickText.Channel.getDescribe().getType());`,
      ),
    ).to.deep.equal(['true true', 'Stage MULTIPICKLIST']);
  });

  it('list references whose relationship has no name', () => {
    expect(
      run(
        `for (Schema.ChildRelationship child : Account.SObjectType.getDescribe().getChildRelationships())
          if (child.getChildSObject() == Task.SObjectType) System.debug(child.getRelationshipName() + ' ' + child.getField());`,
      ),
    ).to.deep.equal(['Tasks WhatId', 'null AccountId']);
  });

  it('know whose contact points are', () => {
    expect(
      run(
        `Schema.DescribeFieldResult parent = ContactPointPhone.ParentId.getDescribe(); System.debug(parent.getReferenceTo() + ' ' + parent.isNamePointing());`,
      ),
    ).to.deep.equal(['(Account, Individual) true']);
  });

  it('know the objects that the platform derives from a custom one', () => {
    const shown = run(
      `Parcel__c p = new Parcel__c(); insert p;
      insert new Parcel__Share(ParentId = p.Id, UserOrGroupId = UserInfo.getUserId(), AccessLevel = 'Read');
      System.debug([SELECT RowCause FROM Parcel__Share WHERE ParentId = :p.Id].RowCause);
      System.debug(Schema.getGlobalDescribe().get('parcel__history').getDescribe().getAssociateParentEntity());`,
      PARCEL,
    );
    expect(shown).to.deep.equal(['Manual', 'Parcel__c']);
  });

  // Apex Reference Guide: PicklistEntry and FieldSet; code of older API versions reads properties.
  it('answer properties as the getters beside them', () => {
    expect(
      run(`Schema.PicklistEntry entry = Account.Industry.getDescribe().getPicklistValues()[0];
        System.debug(entry.label + ' ' + entry.value + ' ' + entry.active);`),
    ).to.deep.equal(['Agriculture Agriculture true']);
  });

  it('list the objects and fields of a new Developer Edition org, without those of features that are off', () => {
    expect(
      run(`Map<String, SObjectType> objects = Schema.getGlobalDescribe();
        System.debug(objects.containsKey('account') + ' ' + objects.keySet().contains('accountshare') + ' ' + objects.keySet().contains('actionplan') + ' ' + (objects.size() > 300));
        Set<String> fields = Account.SObjectType.getDescribe().fields.getMap().keySet();
        System.debug(fields.contains('industry') + ' ' + fields.contains('ispersonaccount') + ' ' + fields.contains('currencyisocode') + ' ' + fields.contains('billingstatecode'));`),
    ).to.deep.equal(['true true false true', 'true false false false']);
  });

  it('are equal for the same field and object', () => {
    expect(
      run(`System.debug(new Set<DescribeFieldResult>{ Account.Name.getDescribe() } == new Set<DescribeFieldResult>{ SObjectType.Account.fields.Name });
        System.debug(Account.SObjectType.getDescribe() == SObjectType.Account);`),
    ).to.deep.equal(['true', 'true']);
  });

  // Object Reference: Contact, Lead, Opportunity.
  it('know the types of common standard fields', () => {
    const types = (object: string, names: readonly string[]): readonly string[] =>
      run(names.map((name) => `System.debug(${object}.${name}.getDescribe().getType());`).join(''));
    expect(types('Contact', ['Salutation', 'LeadSource', 'OtherPhone', 'Fax', 'MailingStreet', 'Email'])).to.deep.equal(
      ['PICKLIST', 'PICKLIST', 'PHONE', 'PHONE', 'TEXTAREA', 'EMAIL'],
    );
    expect(types('Opportunity', ['Type', 'ForecastCategoryName', 'NextStep', 'Amount'])).to.deep.equal([
      'PICKLIST',
      'PICKLIST',
      'STRING',
      'CURRENCY',
    ]);
  });
});

describe('picklists', () => {
  const values = (...names: readonly string[]): string =>
    names.map((name) => `<fullName>${name}</fullName><default>false</default><label>${name}</label>`).join('|');
  const set = {
    type: 'GlobalValueSet',
    fullName: 'Countries',
    fileName: 'globalValueSets/Countries.globalValueSet',
    metaXml: undefined,
    content: `<GlobalValueSet>${values('US', 'Canada')
      .split('|')
      .map((value) => `<customValue>${value}</customValue>`)
      .join('')}<masterLabel>Countries</masterLabel><sorted>false</sorted></GlobalValueSet>`,
  };
  const place = object(
    'Place__c',
    field(
      'Country__c',
      'Picklist',
      '<valueSet><restricted>true</restricted><valueSetName>Countries</valueSetName></valueSet>',
    ) +
      field(
        'State__c',
        'Picklist',
        `<valueSet><controllingField>Country__c</controllingField><valueSetDefinition><sorted>false</sorted>${values(
          'Ohio',
          'Quebec',
        )
          .split('|')
          .map((value) => `<value>${value}</value>`)
          .join(
            '',
          )}</valueSetDefinition><valueSettings><controllingFieldValue>US</controllingFieldValue><valueName>Ohio</valueName></valueSettings><valueSettings><controllingFieldValue>Canada</controllingFieldValue><valueName>Quebec</valueName></valueSettings></valueSet>`,
      ),
  );

  it('have the values of their global value set', () => {
    expect(
      run(
        'for (Schema.PicklistEntry e : Place__c.Country__c.getDescribe().getPicklistValues()) System.debug(e.getValue());',
        place,
        set,
      ),
    ).to.deep.equal(['US', 'Canada']);
  });

  it('tell in their JSON for which controlling values an entry is valid', () => {
    expect(
      run(
        'for (Schema.PicklistEntry e : Place__c.State__c.getDescribe().getPicklistValues()) System.debug(JSON.serialize(e));',
        place,
        set,
      ),
    ).to.deep.equal([
      '{"validFor":"gA==","active":true,"defaultValue":false,"label":"Ohio","value":"Ohio"}',
      '{"validFor":"QA==","active":true,"defaultValue":false,"label":"Quebec","value":"Quebec"}',
    ]);
  });

  it('tell a length of every standard text', () => {
    expect(
      run(
        "System.debug(UserRole.DeveloperName.getDescribe().getLength() + ' ' + Product2.StockKeepingUnit.getDescribe().getLength() + ' ' + User.TimeZoneSidKey.getDescribe().getLength());",
      ),
    ).to.deep.equal(['80 255 255']);
  });
});
